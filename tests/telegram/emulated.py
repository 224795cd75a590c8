"""A second opinion: the emulator `telemelya`, written by others, as the platform of a story.

It runs in this process without its servers: a fake Redis, a dict for its files. A relay stands before the desk, as
a proxy would: it adds the secret, which the emulator never sends, and the story's time, which it cannot know.
"""

import asyncio
import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import fakeredis
import uvicorn
from aiohttp import ClientSession, FormData, web
from telemelya.server.app import app
from telemelya.server.config import settings
from telemelya.server.media import media_manager
from telemelya.server.state import state_manager

from bot.telegram.account import PATH
from bot.telegram.channel import SECRET_HEADER
from tests.doubles.files import bytes_of
from tests.doubles.platform import Said, Screens, Sequence, Shown, ShownButton, Traffic
from tests.doubles.telegram.platform import SECRET, TOKEN

KEY = "a-key-of-the-test"
CONTROL = "/api/v1/test"


class MemoryMedia:
    """The emulator's files without its S3."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    async def upload(
        self, session_id: str, file_id: str, filename: str, data: bytes, content_type: str = ""
    ) -> str:
        key = f"{session_id}/{file_id}/{filename}"
        self.files[key] = data
        return key

    async def download(self, session_id: str, file_id: str, filename: str) -> bytes | None:
        return self.files.get(f"{session_id}/{file_id}/{filename}")

    async def download_by_key(self, key: str) -> bytes | None:
        return self.files.get(key)


class EmulatedPlatform:
    """See `tests.doubles.platform.Platform`; `say` knows words, taps, links and photos."""

    name = "telegram"

    def __init__(self, sequence: Sequence) -> None:
        self.traffic = Traffic()
        self._screens = Screens(sequence)
        self._ids = itertools.count(6_000_000_001)
        self._names: dict[str, str] = {}
        self._read = 0
        self._now = datetime(2000, 1, 1, tzinfo=UTC)
        self._last: dict[str, Any] = {}
        self._house_url = ""

    async def start(self) -> None:
        state_manager._redis = fakeredis.FakeAsyncRedis(decode_responses=True)
        media = MemoryMedia()
        for name in ("upload", "download", "download_by_key"):
            setattr(media_manager, name, getattr(media, name))
        settings.auth_keys = KEY
        config = uvicorn.Config(app, port=0, lifespan="off", log_config=None, access_log=False)
        self._emulator = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._emulator.serve())
        while not self._emulator.started:  # noqa: ASYNC110 - uvicorn tells nobody when it listens
            await asyncio.sleep(0.01)
        port = self._emulator.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        settings.mock_server_url = self.url
        self._session = ClientSession(headers={"Authorization": f"Bearer {KEY}"})
        relay = web.Application()
        relay.add_routes([web.post(PATH, self._relay)])
        self._relaying = web.AppRunner(relay, access_log=None, shutdown_timeout=0.1)
        await self._relaying.setup()
        await web.TCPSite(self._relaying, "127.0.0.1", 0).start()
        self.public_url = f"http://127.0.0.1:{self._relaying.addresses[0][1]}"

    async def stop(self) -> None:
        await self._session.close()
        await self._relaying.cleanup()
        self._emulator.should_exit = True
        await self._serving

    def settings(self) -> Mapping[str, str]:
        return {
            "YINGNUO_TELEGRAM_TOKEN": TOKEN,
            "YINGNUO_TELEGRAM_SECRET": SECRET,
            "YINGNUO_TELEGRAM_BASE_URL": self.url,
            "YINGNUO_TELEGRAM_MODE": "webhook",
            "YINGNUO_PUBLIC_URL": self.public_url,
        }

    def connect(self, house_url: str) -> None:
        self._house_url = house_url

    def set_clock(self, now: datetime) -> None:
        self._now = now

    async def enrol(self, name: str) -> str:
        account = str(next(self._ids))
        self._names[account] = name
        return account

    async def say(self, account: str, said: Said) -> None:
        """The emulator's own hands: one update, delivered before it answers."""
        user = {"id": int(account), "first_name": self._names[account]}
        body: dict[str, Any] = {"chat_id": int(account), "from_user": user}
        if said.tap is not None:
            body |= {"callback_data": said.tap.data, "callback_message_id": int(said.tap_message_id)}
        elif said.scan:
            body["command"] = f"/start {said.scan}"
        elif said.media_kind == "photo":
            body |= {"photo_file_id": await self._upload(said.media_name), "photo_caption": said.text or None}
        else:
            assert said.text, "the emulator cannot do this"
            assert not said.edits, "the emulator cannot do this"
            body["text"] = said.text
        await self._hooked()
        answer = await self._post("/send_update", json=body)
        assert answer["delivery"]["status_code"] == 200, answer
        # Its update numbers are its clock's milliseconds: two in one would be taken for a repetition.
        await asyncio.sleep(0.002)

    async def _upload(self, name: str) -> str:
        form = FormData()
        form.add_field("file", b"\xff\xd8\xff" + bytes_of(name), filename=name or "photo.jpg")
        return str((await self._post("/upload_media", data=form))["file_id"])

    async def _hooked(self) -> None:
        while not await state_manager.get_webhook(TOKEN):  # noqa: ASYNC110 - nor the emulator when it is called
            await asyncio.sleep(0.01)

    async def _post(self, path: str, **sent: Any) -> dict[str, Any]:
        async with self._session.post(
            f"{self.url}{CONTROL}{path}", params={"bot_token": TOKEN}, **sent
        ) as answer:
            given: dict[str, Any] = await answer.json()
            assert answer.status == 200, given
            return given

    async def resend(self) -> None:
        await self._forward(self._last)

    async def _relay(self, request: web.Request) -> web.Response:
        update = await request.json()
        for holder in (update.get("message"), update.get("callback_query", {}).get("message")):
            if holder is not None:
                holder["date"] = int(self._now.timestamp())
        self._last = update
        return web.Response(status=await self._forward(update))

    async def _forward(self, update: dict[str, Any]) -> int:
        self.traffic.to_house += 1
        address = self._house_url + PATH
        async with self._session.post(address, json=update, headers={SECRET_HEADER: SECRET}) as answer:
            return answer.status

    async def look(self) -> None:
        """Show what the bot has said since."""
        async with self._session.get(f"{self.url}{CONTROL}/responses") as answer:
            said = (await answer.json())["responses"]
        for one in said[self._read :]:
            self.traffic.from_house += 1
            self._take(one)
        self._read = len(said)

    def _take(self, one: dict[str, Any]) -> None:
        if one["method"] not in {"sendMessage", "editMessageText", "sendPhoto"}:
            return
        words = str(one.get("text") or one.get("caption") or "")
        rows = (one.get("reply_markup") or {}).get("inline_keyboard", [])
        buttons = tuple(ShownButton(label=b["text"], data=b["callback_data"]) for row in rows for b in row)
        shown = f"<photo>\n{words}" if one["method"] == "sendPhoto" else words
        self._screens.show(
            account=str(one["chat_id"]),
            message_id=str(one["message_id"]),
            text=shown,
            buttons=buttons,
            is_edit=one["method"] == "editMessageText",
            at=self._now,
        )

    def screen(self, account: str) -> list[Shown]:
        return self._screens.of(account)

    def refuse(self, account: str, reason: str) -> None:
        raise AssertionError("the emulator refuses nobody")
