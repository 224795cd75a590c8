"""The floors: the least that a stored message can cost on each database, behind the same HTTP server.

PostgreSQL: one INSERT and COMMIT through a pool of asyncpg. SQLite: the same through one writer thread that
commits for all who wait, synchronous=NORMAL. No signature, no rules, no texts.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from aiohttp import web
from aiohttp.typedefs import Handler

from bench.contender import Contender, Request, Started, serving

TOGETHER = 16  # messages that may share a commit, as in storage/work.py
POOL = 10  # more connections a process gave nothing

MAKE_TABLE = "CREATE TABLE floor (external_id text PRIMARY KEY, body text NOT NULL)"
WORDS = "302教室的投影仪打不开，下午两点有公开课，麻烦尽快。"
INSERT = "INSERT INTO floor (external_id, body) VALUES ({}, {})"


def a_message(connection: int, number: int) -> Request:
    """A message of usual length under an id of its own."""
    return Request("/message", f"{connection}-{number}|{WORDS}".encode())


def postgres_floor(url: str) -> Contender:
    """The floor on an empty PostgreSQL database, given its URL as the house writes it."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Started]:
        async with postgres_pool(url) as pool:
            await pool.execute(MAKE_TABLE)
            async with postgres_site(pool) as port:
                yield Started((port,))

    return Contender("floor, PostgreSQL", start, a_message)


@asynccontextmanager
async def postgres_pool(url: str) -> AsyncIterator[asyncpg.Pool]:
    """Connections to this database, closed after the block."""
    pool = await asyncpg.create_pool(url.replace("+asyncpg", ""), min_size=POOL, max_size=POOL)
    yield pool
    await pool.close()


@asynccontextmanager
async def postgres_site(pool: asyncpg.Pool) -> AsyncIterator[int]:
    """The floor's server over these connections; its port."""
    insert = INSERT.format("$1", "$2")

    async def take(request: web.Request) -> web.Response:
        external_id, _, body = (await request.text()).partition("|")
        await pool.execute(insert, external_id, body)
        return web.Response(text="ok")

    async with serving(_application(take)) as port:
        yield port


def sqlite_floor(path: Path) -> Contender:
    """The floor on a SQLite file that does not exist yet."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Started]:
        writer = _Writer(path)

        async def take(request: web.Request) -> web.Response:
            external_id, _, body = (await request.text()).partition("|")
            await writer.insert(external_id, body)
            return web.Response(text="ok")

        async with serving(_application(take)) as port:
            yield Started((port,))
        await asyncio.to_thread(writer.stop)

    return Contender("floor, SQLite", start, a_message)


def _application(take: Handler) -> web.Application:
    app = web.Application()
    app.router.add_post("/message", take)
    return app


Row = tuple[str, str]
Waiting = tuple[Row, asyncio.Future[None]]


class _Writer:
    """The one writing connection and its thread."""

    def __init__(self, path: Path) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, args=(path,), name="floor-writer", daemon=True)
        self._thread.start()

    async def insert(self, *row: str) -> None:
        """Store one row; returns after its commit."""
        committed: asyncio.Future[None] = self._loop.create_future()
        self._waiting.put(((row[0], row[1]), committed))
        await committed

    def stop(self) -> None:
        """Finish what waits, close."""
        self._waiting.put(None)
        self._thread.join()

    def _write(self, path: Path) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(MAKE_TABLE)
        while (first := self._waiting.get()) is not None:
            batch = [first]
            while len(batch) < TOGETHER and not self._waiting.empty():
                if (more := self._waiting.get()) is None:
                    self._waiting.put(None)
                    break
                batch.append(more)
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(INSERT.format("?", "?"), [row for row, _ in batch])
            connection.execute("COMMIT")
            self._loop.call_soon_threadsafe(_tell, [committed for _, committed in batch])
        connection.close()


def _tell(committed: list[asyncio.Future[None]]) -> None:
    for one in committed:
        if not one.done():
            one.set_result(None)
