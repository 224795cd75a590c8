"""Wake-ups between processes on PostgreSQL: NOTIFY after the commit, on a connection of its own.

Inside the transaction it would hold one lock through the sync and cost two thirds of the commit rate. Wakes that come
close together are sent as one. Losing the connection loses nothing: every process also looks by itself.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from typing import Any

import asyncpg

from bot.waking import Waking
from storage.postgres_url import for_driver

log = logging.getLogger(__name__)

NAME = "yingnuo"
TOGETHER_SECONDS = 0.005
BACK_OFF_SECONDS = 5.0


class Notifying:
    """Tells the other processes of this database what was committed, and wakes this one for what they tell."""

    def __init__(self, database_url: str, waking: Waking) -> None:
        self._url = for_driver(database_url)
        self._waking = waking
        self._names: set[str] = set()
        self._pending = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def wake(self, names: Iterable[str]) -> None:
        """Here at once, elsewhere a moment later."""
        wanted = frozenset(names)
        self._waking.wake(wanted)
        self._names |= wanted
        self._pending.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep_on())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _keep_on(self) -> None:
        while True:
            try:
                await self._talk()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("wake-ups between processes are interrupted: %s", type(error).__name__)
                await asyncio.sleep(BACK_OFF_SECONDS)

    async def _talk(self) -> None:
        connection = await asyncpg.connect(self._url)
        own = connection.get_server_pid()
        try:
            await connection.add_listener(NAME, lambda *told: self._told(own, told))
            while True:
                await self._pending.wait()
                await asyncio.sleep(TOGETHER_SECONDS)
                self._pending.clear()
                names, self._names = self._names, set()
                await connection.execute("SELECT pg_notify($1, $2)", NAME, " ".join(sorted(names)))
        finally:
            await connection.close()

    def _told(self, own: int, told: tuple[Any, ...]) -> None:
        """(connection, process, channel, payload); what this process itself committed it knows already."""
        _, process, _, payload = told
        if process != own:
            self._waking.wake(str(payload).split())
