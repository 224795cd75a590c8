"""The unit of work of one who works alone: SQLite in the caller's own thread, each body in a transaction.

The house's own has a writer thread that many share; a year is one body after the other, and on a busy machine the
way from thread to thread takes longer than the work.
"""

from typing import TypeVar

from bot.house import open_work
from bot.waking import Waking
from storage.database import is_sqlite, open_sqlite
from storage.session import DeskSession
from storage.work import Body, Work

T = TypeVar("T")


class InlineWork:
    """`storage.work.Work` without a thread. Nobody sleeps here, so nobody is woken."""

    def __init__(self, url: str) -> None:
        self._engine = open_sqlite(url)

    async def run(self, body: Body[T]) -> T:
        with DeskSession(self._engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            return body(session)

    async def run_in_turn(self, body: Body[T]) -> T:
        return await self.run(body)

    async def read(self, body: Body[T]) -> T:
        return await self.run(body)

    async def close(self) -> None:
        self._engine.dispose()


def alone(url: str) -> Work:
    """A unit of work for one who works alone on this database."""
    return InlineWork(url) if is_sqlite(url) else open_work(url, Waking())
