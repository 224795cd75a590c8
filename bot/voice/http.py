"""The voice port over HTTP: one JSON request a call, signed; the provider's callbacks are signed the same way.

The message of both ways is described in docs/voice.md. A cloud provider with forms of its own needs a few lines in
front of it (a function of the cloud is enough), and nothing here changes.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.voice.port import PhoneCall, Placed, Told
from bot.voice.settings import VoiceSettings
from bot.voice.signing import check, signed

CALLBACK: Final = "/voice/callback"
SECONDS: Final = 10
TAKEN: Final = range(200, 300)
MOST: Final = 200  # characters of any field that comes back


class HttpVoice:
    """A provider at an address."""

    def __init__(self, settings: VoiceSettings, public_url: str, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._callback = f"{public_url}{CALLBACK}"
        self._now = now

    async def call(self, call: PhoneCall) -> Placed:
        """See `VoicePort`."""
        body = json.dumps(self._request(call), ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._settings.key}",
            **signed(self._settings.secret, body, self._now()),
        }
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=SECONDS)) as client,
                client.post(self._settings.url, data=body, headers=headers) as answer,
            ):
                return Placed("" if answer.status in TAKEN else f"http {answer.status}")
        except (ClientError, TimeoutError, OSError) as error:
            return Placed(type(error).__name__)

    def _request(self, call: PhoneCall) -> dict[str, str]:
        return {
            "to": call.phone,
            "from": self._settings.caller,
            "language": call.language,
            "text": call.text,
            "key": call.key,
            "reference": call.reference,
            "callback": self._callback,
        }

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        """See `VoicePort`."""
        check(self._settings.secret, headers, body, self._now())
        said = json.loads(body)
        if not isinstance(said, dict):
            raise ValueError("a callback is an object")
        return Told(
            event=_word(said, "event"),
            reference=_word(said, "reference"),
            status=_word(said, "status"),
            digits=str(said.get("digits", ""))[:MOST],
        )


def _word(said: Mapping[str, object], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= MOST:
        raise ValueError(f"{name} should be a word")
    return value
