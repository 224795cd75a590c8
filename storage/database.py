"""Opening the database: SQLite with exactly one writing connection, or PostgreSQL by asyncpg.

Both run the same plain synchronous bodies over a `Session` (see `work.py`). The URL decides:
`sqlite:///data/yingnuo.db` or `postgresql+asyncpg://…`.
"""

import fcntl
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool


class DatabaseError(Exception):
    """The database cannot be opened; the text says which and what to do."""


class DatabaseAwayError(Exception):
    """The connection was lost in the middle of a statement; the next one gets another."""


@dataclass(frozen=True)
class Lock:
    """Held for the life of the process: a second process on one SQLite file is refused at the start."""

    file: IO[str]

    def release(self) -> None:
        self.file.close()


def _make_room(url: str) -> None:
    """The folder of the file. Raises DatabaseError where it cannot be made."""
    path = make_url(url).database
    if not path or path == ":memory:":
        return
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"{path}: its folder cannot be made ({error.strerror}).") from error


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def lock_file(url: str) -> Lock | None:
    """Take the process lock beside the SQLite file. Raises DatabaseError if another process has it."""
    path = make_url(url).database
    if not path or path == ":memory:":
        return None
    _make_room(url)
    file = Path(f"{path}.lock").open("w", encoding="ascii")  # noqa: SIM115 - held until the process ends
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as taken:
        file.close()
        raise DatabaseError(
            f"{path} is in use by another process. SQLite has one writer: stop the other one, or use PostgreSQL."
        ) from taken
    return Lock(file)


def open_sqlite(url: str, begin: str = "BEGIN IMMEDIATE") -> Engine:
    """An engine of one connection. `begin` is IMMEDIATE for the writer, DEFERRED for readers."""
    _make_room(url)
    engine = create_engine(
        url,
        poolclass=StaticPool,
        # Not autocommit=True, which Python 3.12 brought: with it the driver's commit() does nothing at all.
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    _plain_savepoints(engine.dialect)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _beginner(begin))
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _beginner(statement: str) -> Callable[[Connection], None]:
    return partial(_tell, statement)


def open_postgres(url: str, size: int = 10) -> AsyncEngine:
    """A pool of at most `size` connections; more brought nothing when measured."""
    engine = create_async_engine(url, pool_size=size, max_overflow=0, pool_use_lifo=True)
    _plain_savepoints(engine.dialect)
    return engine


def _plain_savepoints(dialect: Dialect) -> None:
    """Savepoints as plain text: SQLAlchemy compiles them anew each time, six statements in every message.

    Their names are SQLAlchemy's own (sa_savepoint_1, …), never anybody's words.
    """
    for method, words in SAVEPOINTS.items():
        setattr(dialect, method, partial(_say, words))


SAVEPOINTS = {
    "do_savepoint": "SAVEPOINT",
    "do_rollback_to_savepoint": "ROLLBACK TO SAVEPOINT",
    "do_release_savepoint": "RELEASE SAVEPOINT",
}


def _say(words: str, connection: Connection, name: str) -> None:
    _tell(f"{words} {name}", connection)


def _tell(statement: str, connection: Connection) -> None:
    """By the driver's own cursor: SQLAlchemy would make an execution context for each BEGIN."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement)
    except Exception as error:
        look_at(connection, error)
        raise
    finally:
        cursor.close()


def look_at(connection: Connection, error: Exception) -> None:
    """What the driver's own cursor raised: if the server went away, the connection does not go back to the pool.

    Raises DatabaseAwayError for it; any other error is the caller's to raise.
    """
    driver = connection.dialect.loaded_dbapi
    if isinstance(error, driver.Error) and connection.dialect.is_disconnect(error, None, None):
        connection.invalidate(error)
        raise DatabaseAwayError(str(error)) from error
