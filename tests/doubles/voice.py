"""A voice provider over HTTP: checks what the desk signs, rings nobody, and calls back signed as a real one does.

It signs by the words of docs/voice.md, not with the code that it tests. People are a list of what they do at each
ring: a key, or "" for letting it ring.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import ClientSession, web

SECRET = "a-secret-of-the-line-between-desk-and-provider"
KEY = "access-key"


@dataclass
class VoiceProvider:
    """`rings` holds every request it took; `refuses` an HTTP status to answer with instead."""

    now: datetime
    hands: list[str] = field(default_factory=list)
    rings: list[dict[str, str]] = field(default_factory=list)
    refuses: int = 0

    async def start(self) -> None:
        app = web.Application()
        app.add_routes([web.post("/calls", self._ring)])
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/calls"
        self._answered = 0

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _ring(self, request: web.Request) -> web.Response:
        body = await request.read()
        timestamp = request.headers["X-Yingnuo-Timestamp"]
        is_signed = request.headers["X-Yingnuo-Signature"] == signature(timestamp, body)
        if not is_signed or request.headers["Authorization"] != f"Bearer {KEY}":
            return web.Response(status=401)
        if self.refuses:
            return web.Response(status=self.refuses)
        self.rings.append(json.loads(body))
        return web.Response(status=202)

    async def answer(self) -> int:
        """What people did at the rings since the last look, told to the desk; how many that were."""
        fresh = self.rings[self._answered :]
        self._answered = len(self.rings)
        for ring in fresh:
            digits = self.hands.pop(0) if self.hands else ""
            said = {
                "event": f"event-{ring['reference']}",
                "reference": ring["reference"],
                "status": "pressed" if digits else "no_answer",
                "digits": digits,
            }
            assert await self.tell(ring["callback"], said) == 204
        return len(fresh)

    async def tell(
        self, callback: str, said: Mapping[str, str], *, secret: str = SECRET, at: datetime | None = None
    ) -> int:
        """One callback; the status of the desk's answer."""
        body = json.dumps(said).encode()
        timestamp = str(int((at or self.now).timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Yingnuo-Timestamp": timestamp,
            "X-Yingnuo-Signature": signature(timestamp, body, secret),
        }
        async with ClientSession() as client, client.post(callback, data=body, headers=headers) as answer:
            return answer.status


def signature(timestamp: str, body: bytes, secret: str = SECRET) -> str:
    """As the page says: HMAC-SHA256 of the timestamp, a dot and the body."""
    return "sha256=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
