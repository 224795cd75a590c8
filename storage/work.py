"""The unit of work: one plain function over one `Session` in one transaction, run from asyncio.

On PostgreSQL the body runs in a greenlet, as under `AsyncSession.run_sync`; on SQLite in the one writer thread, where
several bodies that wait share one commit and each keeps its own savepoint: a body that fails takes nobody with it,
and no answer is given before the commit. Leaving a body by an exception rolls it back.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from enum import IntEnum
from operator import itemgetter
from typing import Any, Protocol, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.util import greenlet_spawn

from storage.database import DatabaseAwayError, open_postgres, open_sqlite
from storage.session import DeskSession
from storage.waiting import carry_out, settle
from storage.writes import wrote

T = TypeVar("T")
Item = TypeVar("Item")
Body = Callable[[Session], T]

WAKE = "wake"  # key of Session.info: names of what must be woken after the commit
LAST = "last"  # the same: what is done just before the commit
SERIALISATION_FAILURES = frozenset({"40001", "40P01"})
OUTDATED = "InvalidCachedStatementError"  # asyncpg calls it so, and the cursor that SQLAlchemy has around it
AWAY = ("08", "53", "55", "57")  # classes of SQLSTATE: connection, resources, not now, the operator stepped in
TRIES = 3
# Messages at once, of ten connections: Python's share of one is larger than the server's, so more of them only wait for
# each other with locks in their hands. The clocks, delivery and who only reads wait for nobody's turn.
TURNS = 5


def wake(session: Session, name: str) -> None:
    """Ask that sleepers on `name` be woken after the commit (inside it, NOTIFY costs two thirds of the rate)."""
    session.info.setdefault(WAKE, set()).add(name)


class Last(IntEnum):
    """What waits for the end of its transaction, for others wait for it: in the order of locks (storage/ledger.py)."""

    COUNTERS = 1
    LANES = 2


# In which transaction it was asked for, what it is, and what is to be done with which item.
Asked = tuple[SessionTransaction | None, Last, Callable[[Session, Sequence[Any]], None], Any]


def last(session: Session, what: Last, do: Callable[[Session, Sequence[Item]], None], item: Item) -> None:
    """Ask that `do` be called just before the commit, once with all the items that were given to it till then.

    What is taken back with a savepoint takes back what it asked for.
    """
    wrote(session)
    asked_in = session.get_nested_transaction() or session.get_transaction()
    session.info.setdefault(LAST, []).append((asked_in, what, do, item))


def do_last(session: Session) -> None:
    """Do now whatever was asked for before the commit; within a savepoint, what was asked for in it."""
    within = session.get_nested_transaction()
    asked: list[Asked] = []
    left: list[Asked] = []
    for one in session.info.pop(LAST, ()):
        (asked if within is None or within in _around(one[0]) else left).append(one)
    session.info[LAST] = left
    for _, do in sorted(dict.fromkeys((what, do) for _, what, do, _ in asked), key=itemgetter(0)):
        do(session, [item for _, _, its, item in asked if its == do])


@event.listens_for(Session, "before_commit")
def _before_commit(session: Session) -> None:
    if not session.in_nested_transaction():
        do_last(session)
    settle(session)


@event.listens_for(Session, "after_soft_rollback")
def _after_rollback(session: Session, undone: SessionTransaction) -> None:
    asked = session.info.get(LAST, ())
    session.info[LAST] = [one for one in asked if undone not in _around(one[0])]


def _around(transaction: SessionTransaction | None) -> Iterator[SessionTransaction]:
    """It and those it is nested in."""
    while transaction is not None:
        yield transaction
        transaction = transaction.parent


class Work(Protocol):
    """Runs bodies. `on_wake` is called in the event loop after each commit that asked for it."""

    async def run(self, body: Body[T]) -> T: ...

    async def run_in_turn(self, body: Body[T]) -> T: ...

    async def read(self, body: Body[T]) -> T: ...

    async def close(self) -> None: ...


class PostgresWork:
    """Each body in a transaction of its own on a pooled connection."""

    def __init__(self, url: str, on_wake: Callable[[frozenset[str]], None]) -> None:
        self._engine: AsyncEngine = open_postgres(url)
        # Reads need no transaction of their own: each statement sees what is committed, and two round trips are saved.
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._on_wake = on_wake
        self._turn = asyncio.Semaphore(TURNS)

    async def run(self, body: Body[T]) -> T:
        """Run and commit; what `may_repeat` is run again, at most three times."""
        return await self._tried(self._once, body)

    async def run_in_turn(self, body: Body[T]) -> T:
        """The same for a message: few at a time, the others wait for their turn before they begin."""
        async with self._turn:
            return await self.run(body)

    async def read(self, body: Body[T]) -> T:
        return await self._tried(self._seen, body)

    async def _tried(self, how: Callable[[Body[T]], Awaitable[T]], body: Body[T]) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                return await how(body)
            except Exception as error:
                if attempt == TRIES or not may_repeat(error):
                    raise
                if _is_outdated(error):  # all connections remember such statements: others take their place
                    await self._engine.dispose()
        raise AssertionError("unreachable")

    async def _once(self, body: Body[T]) -> T:
        done: tuple[T, frozenset[str]] = await greenlet_spawn(self._within, body)
        answer, woken = done
        if woken:
            self._on_wake(woken)
        return answer

    def _within(self, body: Body[T]) -> tuple[T, frozenset[str]]:
        """In a greenlet, in which the engine's statements wait for the loop; an AsyncSession would start another one
        and a task for each close."""
        with DeskSession(self._engine.sync_engine, expire_on_commit=False, autoflush=False) as session:
            try:
                answer = body(session)
                session.commit()
            except asyncio.CancelledError:
                # A BEGIN under way begins all the same and nobody knows: the next commits would only be savepoints.
                session.invalidate()
                raise
            return answer, frozenset(session.info.get(WAKE, ()))

    async def _seen(self, body: Body[T]) -> T:
        answer: T = await greenlet_spawn(self._reads, body)
        return answer

    def _reads(self, body: Body[T]) -> T:
        with Session(self._reading.sync_engine, expire_on_commit=False, autoflush=False) as session:
            answer = body(session)
            carry_out(session)
            return answer

    async def close(self) -> None:
        await self._engine.dispose()


def may_repeat(error: Exception) -> bool:
    """A deadlock, a serialisation failure, an outdated statement: nobody's mistake, and all of it may run again."""
    return _sqlstate(error) in SERIALISATION_FAILURES or _is_outdated(error)


def _is_outdated(error: Exception) -> bool:
    """A statement was prepared before a migration changed what it returns."""
    return type(_of_driver(error)).__name__ == OUTDATED


def _sqlstate(error: Exception) -> str:
    return getattr(_of_driver(error), "sqlstate", None) or ""


def _of_driver(error: Exception) -> BaseException | None:
    """A prepared statement raises the driver's own error (`storage/driving.py`), any other SQLAlchemy's around it."""
    return error.orig if isinstance(error, DBAPIError) else error


def is_of_database(error: Exception) -> bool:
    """Raised by the database or on the way to it: nothing more can be said in this transaction."""
    of_driver = bool(_sqlstate(error)) or _is_outdated(error)
    return of_driver or isinstance(error, DBAPIError | DatabaseAwayError | sqlite3.Error)


def is_away(error: Exception) -> bool:
    """The database is not there, or has no room for us now: what was asked is no worse for it and may come again."""
    if isinstance(error, DatabaseAwayError | ConnectionError | TimeoutError | PoolTimeoutError):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return _sqlstate(error).startswith(AWAY)


class SqliteWork:
    """One writer thread with group commit; reads go to the same thread, for they are short."""

    def __init__(self, url: str, on_wake: Callable[[frozenset[str]], None], together: int = 16) -> None:
        self._engine: Engine = open_sqlite(url)
        self._on_wake = on_wake
        self._together = together
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._write, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def run(self, body: Body[T]) -> T:
        """Queue the body and wait for its commit. Raises DatabaseAwayError once it is closed."""
        if self._closed:
            raise DatabaseAwayError("the database is closed")
        job = _Job(body)
        self._waiting.put(job)
        answer, woken = await job.done
        if woken:
            self._on_wake(woken)
        return answer  # type: ignore[return-value]  # a job's future gives what its own body gave

    async def run_in_turn(self, body: Body[T]) -> T:
        """The same: there is one writer."""
        return await self.run(body)

    async def read(self, body: Body[T]) -> T:
        return await self.run(body)

    async def close(self) -> None:
        self._closed = True
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)
        self._engine.dispose()

    def _write(self) -> None:
        while (job := self._waiting.get()) is not None:
            batch = [job, *self._more()]
            try:
                self._commit(batch)
            except BaseException as error:  # noqa: BLE001 - every waiter must learn that its commit failed
                for one in batch:
                    one.error = one.error or error
            _tell(batch)

    def _more(self) -> list["_Job"]:
        batch: list[_Job] = []
        while len(batch) < self._together - 1:
            try:
                job = self._waiting.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._waiting.put(None)
                break
            batch.append(job)
        return batch

    def _commit(self, batch: list["_Job"]) -> None:
        with self._engine.connect() as connection, connection.begin():
            for job in batch:
                session = DeskSession(
                    connection,
                    join_transaction_mode="create_savepoint",
                    expire_on_commit=False,
                    autoflush=False,
                )
                with session:
                    job.run(session)


class _Job:
    """One body on its way through the writer thread, and what came of it."""

    def __init__(self, body: Callable[[Session], object]) -> None:
        self.body = body
        self.loop = asyncio.get_running_loop()
        self.done: asyncio.Future[tuple[object, frozenset[str]]] = self.loop.create_future()
        self.error: BaseException | None = None
        self._answer: object = None
        self._woken: frozenset[str] = frozenset()

    def run(self, session: Session) -> None:
        """Run in a savepoint; an exception is the caller's and touches nobody else in the batch."""
        try:
            self._answer = self.body(session)
            session.commit()
            self._woken = frozenset(session.info.get(WAKE, ()))
        except BaseException as error:  # noqa: BLE001 - handed to the caller as it is
            session.rollback()
            self.error = error

    def tell(self) -> None:
        """In the loop of whoever waits, if anybody still does."""
        if self.done.done():
            return
        if isinstance(self.error, StopIteration):  # which no future takes: the others of the batch would wait for ever
            self.error = RuntimeError("a body raised StopIteration")
        if self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result((self._answer, self._woken))


def _tell(batch: Sequence[_Job]) -> None:
    """Wake each loop once for all who wait in it: each waking costs a write to its pipe and a change of threads."""
    for loop in {job.loop for job in batch}:
        with suppress(RuntimeError):  # a loop that has closed meanwhile: nobody waits in it
            loop.call_soon_threadsafe(_tell_all, [job for job in batch if job.loop is loop])


def _tell_all(batch: Sequence[_Job]) -> None:
    for job in batch:
        job.tell()
