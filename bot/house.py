"""The composition root: database, rules, channels and jobs put together for one process.

`House` does nothing by itself: `settle` does whatever is due and returns, so that a story can hold the clock.
`bot/running.py` keeps a house going in earnest.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.archive_place import SHELF
from bot.channel import Channel
from bot.clock import Clock
from bot.closing import Closing
from bot.delivery import Delivery
from bot.fetching import Fetching
from bot.notifying import Notifying
from bot.paper_links import PaperLinks
from bot.papers import Papers
from bot.reader import Reader
from bot.receiving import Receiving
from bot.server import runner
from bot.voice.callbacks import callback_routes
from bot.voice.port import VoicePort
from bot.voicing import Voicing
from bot.waking import Waking
from conversations.buttons import Signer
from conversations.expiry import expire_what_is_due
from desk.rulebook import Rulebook
from desk.sitting import Sitting
from records.office import Office
from scheduler.days import Days
from scheduler.due_rows import DueRows
from scheduler.runner import Runner
from storage import falling_due
from storage.database import Lock, is_sqlite, lock_file
from storage.work import PostgresWork, SqliteWork, Work

log = logging.getLogger(__name__)

GOODBYE_SECONDS = 1.0  # open event streams are cut after this; pages come back by themselves
PASSES = 1000  # of settling; more means that two jobs feed each other


def open_work(url: str, waking: Waking | Notifying) -> Work:
    """The unit of work for this database URL."""
    return SqliteWork(url, waking.wake) if is_sqlite(url) else PostgresWork(url, waking.wake)


class ListeningError(Exception):
    """Nobody can listen there: another program does, or it is not allowed. The text names the variable."""


class House:
    """One running desk. Give it channels before `start`."""

    def __init__(
        self,
        *,
        database_url: str,
        secret_key: str,
        media_dir: Path,
        clock: Clock,
        release: str,
        public_url: str = "",
        office: Office | None = None,
    ) -> None:
        self.clock = clock
        self.waking = Waking()
        self._lock: Lock | None = lock_file(database_url) if is_sqlite(database_url) else None
        # On PostgreSQL other processes may share the database: they are woken too.
        self._notifying = (
            None if self._lock or is_sqlite(database_url) else Notifying(database_url, self.waking)
        )
        self.work = open_work(database_url, self._notifying or self.waking)
        self.rulebook = Rulebook(public_url, secret_key)
        self.office = replace(office or Office(), shelf=media_dir / SHELF)
        links = PaperLinks(secret_key, public_url)
        self.papers = Papers(self.office, self.rulebook, links, media_dir / "records")
        signer = Signer(hashlib.sha256(secret_key.encode()).digest())
        self.reader = Reader(self.rulebook, signer, release, self.papers)
        self.receiving = Receiving(self.work, clock, self.reader)
        self.runner = Runner(self.work, self.rulebook, [DueRows("dialogs", self._expire_dialogs, falling_due.DIALOGS)])
        self.days = Days(self.work, self.rulebook)
        self.channels: dict[str, Channel] = {}
        self.delivery = Delivery(self.work, clock, self.reader, self.channels)
        self.closing = Closing(self.work, clock, self.rulebook, self.office)
        self.fetching = Fetching(self.work, clock, self.channels, media_dir)
        self.voicing: Voicing | None = None
        self._server: web.AppRunner | None = None
        self.port = 0

    def _expire_dialogs(self, sitting: Sitting) -> int:
        return expire_what_is_due(sitting.session, self.rulebook, self.reader.signer, sitting.now)

    def add(self, channel: Channel) -> None:
        self.channels[channel.name] = channel

    def ring_by(self, voice: VoicePort) -> None:
        """The last rung rings by this port."""
        self.rulebook.has_voice = True
        self.voicing = Voicing(self.work, self.clock, self.rulebook, voice)

    async def ring(self) -> int:
        """Make the phone calls that are due; 0 where the installation has no voice provider."""
        return await self.voicing.drain() if self.voicing is not None else 0

    async def start(self, host: str, port: int, extra: Sequence[web.RouteDef] = ()) -> None:
        """Listen; `port` 0 takes a free one (see `self.port`). Then the channels begin."""
        routes = [route for channel in self.channels.values() for route in channel.routes(self.receiving)]
        if self.voicing is not None:
            routes += callback_routes(self.voicing)
        self._server = runner([*routes, *extra], goodbye_seconds=GOODBYE_SECONDS)
        await self._server.setup()
        site = web.TCPSite(self._server, host, port)
        try:
            await site.start()
        except OSError as error:
            raise ListeningError(f"YINGNUO_PORT should be a port that is free at {host}: {error}") from error
        self.port = _port(self._server)
        await self.days.introduce(self.clock.now())
        await self.runner.beat(self.clock.now())
        if self._notifying is not None:
            self._notifying.start()
        for channel in self.channels.values():
            await channel.start(self.receiving)

    async def stop(self) -> None:
        """Stop listening, let what is being sent finish, close the database."""
        if self._server is not None:
            await self._server.cleanup()
        for channel in self.channels.values():
            await channel.stop()
        if self._notifying is not None:
            await self._notifying.stop()
        await self.work.close()
        if self._lock is not None:
            self._lock.release()

    async def settle(self) -> None:
        """Do everything that is due now, until nothing is left and all that can leave has left.

        Whoever calls this holds the clock: the desk was up for all the time that it has moved.
        """
        await self.runner.go_on(self.clock.now())
        await self.days.begin(self.clock.now())
        for _ in range(PASSES):
            if await self._is_quiet():
                return
            await self.days.run(self.clock.now())
            await self.runner.run(self.clock.now())
            await self.fetching.drain()
            await self.closing.drain()
            await self.delivery.drain()
            await self.ring()
        log.error("the house does not settle")

    async def _is_quiet(self) -> bool:
        """Nothing is due: no row, no message, no page of a daily job."""
        now = self.clock.now()
        moments = [await self.runner.next_due(), await self.days.next_due(now)]
        return all(moment is None or moment > now for moment in moments)

    async def next_due(self) -> datetime | None:
        """The next moment at which anything falls due, the jobs of the day included."""
        moments = [await self.runner.next_due(), await self.days.next_due(self.clock.now())]
        return min((one for one in moments if one is not None), default=None)


def _port(server: web.AppRunner) -> int:
    address = server.addresses[0]
    return int(address[1])
