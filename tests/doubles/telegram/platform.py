"""The platform of a story: people with Telegram on one side, the desk's address on the other."""

import asyncio
import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from tests.doubles.platform import Said, Screens, Sequence, Shown, Traffic
from tests.doubles.telegram.api import Api
from tests.doubles.telegram.chats import Chats
from tests.doubles.telegram.files import Files
from tests.doubles.telegram.methods import Methods
from tests.doubles.telegram.people import BOT, Person
from tests.doubles.telegram.phones import Phones
from tests.doubles.telegram.pushing import Pushing
from tests.doubles.telegram.taps import Taps
from tests.doubles.telegram.updates import Updates, Waiting

TOKEN = "123456789:AAdoubledoubledoubledoubledoubledou"
SECRET = "a_secret_of_the_double"
PATIENCE_SECONDS = 20.0  # of the wall clock, for a desk that has not told where it listens


class TelegramPlatform:
    """See `tests.doubles.platform.Platform`. `api` takes orders from a test."""

    name = "telegram"

    def __init__(self, sequence: Sequence, mode: str = "webhook") -> None:
        start = datetime(2000, 1, 1, tzinfo=UTC)
        self.mode = mode
        self.traffic = Traffic()
        self.people: dict[int, Person] = {}
        self.files, self.taps = Files(), Taps()
        self.chats = Chats(Screens(sequence), start)
        self.updates = Updates(start)
        self.pushing = Pushing(self.updates, self.traffic)
        self.methods = Methods(self.people, self.chats, self.files, self.taps, self.updates, self.pushing)
        self.api = Api(TOKEN, self.methods, self.files, self.traffic, self.people)
        self._phones = Phones(self.chats, self.files, self.taps)
        self._ids = itertools.count(5_000_000_001)
        self._last: Waiting | None = None

    async def start(self) -> None:
        await self.pushing.open()
        self._server = web.AppRunner(self.api.application(), access_log=None, shutdown_timeout=0.1)
        await self._server.setup()
        await web.TCPSite(self._server, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._server.addresses[0][1]}"

    async def stop(self) -> None:
        self.api.closing.set()
        await self.pushing.close()
        await self._server.cleanup()

    def settings(self) -> Mapping[str, str]:
        return {
            "YINGNUO_TELEGRAM_TOKEN": TOKEN,
            "YINGNUO_TELEGRAM_SECRET": SECRET,
            "YINGNUO_TELEGRAM_BASE_URL": self.url,
            "YINGNUO_TELEGRAM_MODE": self.mode,
        }

    def connect(self, house_url: str) -> None:
        self.pushing.house_url = house_url

    def set_clock(self, now: datetime) -> None:
        self.chats.now = self.updates.now = now

    async def enrol(self, name: str) -> str:
        """A person who has pressed Start."""
        person = Person(next(self._ids), name)
        self.people[person.id] = person
        return person.account

    async def say(self, account: str, said: Said) -> None:
        person = self.people[int(account)]
        await self.emit(*self._phones.does(person, said), person.id)

    async def insist(self, account: str, said: Said) -> None:
        """Say it and wait until the desk has confirmed it, however often it must be pushed (see `look`)."""
        person = self.people[int(account)]
        one = await self.emit(*self._phones.does(person, said), person.id)
        await one.done.wait()

    async def emit(self, kind: str, content: dict[str, Any], chat: object) -> Waiting:
        """Tell the bot and wait until it has heard; a refused push stays and is tried again by `look`."""
        one = self._last = self.updates.put(kind, content, chat)
        if self.mode == "polling":
            async with asyncio.timeout(PATIENCE_SECONDS):
                await one.done.wait()
        else:
            await self._hooked()
            await self.pushing.pump(one.queue)
        return one

    async def resend(self) -> None:
        """The same update once more: its answer was lost on the way."""
        assert self._last is not None
        if self.mode == "polling":
            self.updates.again(self._last)
            return
        await self._hooked()
        await self.pushing.post(self._last)

    async def look(self) -> None:
        """Push again what the desk did not take, when its time has come."""
        if self.pushing.webhook is not None:
            for queue in {one.queue for one in self.updates.heads()}:
                await self.pushing.pump(queue)

    async def _hooked(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.pushing.hooked.wait()

    async def block(self, account: str) -> None:
        """The person stops the bot."""
        await self._membership(account, "member", "kicked")
        self.refuse(account, "blocked")

    async def unblock(self, account: str) -> None:
        """The person starts it again."""
        self.refuse(account, "")
        await self._membership(account, "kicked", "member")

    async def _membership(self, account: str, old: str, new: str) -> None:
        person = self.people[int(account)]
        content = {
            "chat": person.chat(),
            "from": person.user(),
            "date": self.chats.date,
            "old_chat_member": _member(old),
            "new_chat_member": _member(new),
        }
        await self.emit("my_chat_member", content, person.id)

    def screen(self, account: str) -> list[Shown]:
        return self.chats.screens.of(account)

    def refuse(self, account: str, reason: str) -> None:
        self.people[int(account)].refused = reason


def _member(status: str) -> dict[str, object]:
    more: dict[str, object] = {"until_date": 0} if status == "kicked" else {}
    return {"user": BOT, "status": status, **more}
