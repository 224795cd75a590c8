"""The floor and the desk as two processes over one PostgreSQL (docs/decisions, 5): the load goes to both in turn.

Both are doubled, so that the ratio says what a second process gives to the desk and not to the machine.
"""

import asyncio
import multiprocessing
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from bench.contender import Contender, Started
from bench.floor import postgres_pool, postgres_site
from bench.product import delivering, listening, product, web_house

Serve = Callable[[str, Connection], None]


def floor_twins(one: Contender, url: str) -> Contender:
    """That floor with a second process beside it."""
    return _twins(one, "floor, two processes", serve_floor, url)


def desk_twins(url: str) -> Contender:
    """The desk that delivers, with a second process beside it."""
    return _twins(product("", url, delivering), "PostgreSQL, two processes", serve_desk, url)


def _twins(one: Contender, name: str, serve: Serve, url: str) -> Contender:
    @asynccontextmanager
    async def start() -> AsyncIterator[Started]:
        async with one.start() as first, _beside(serve, url) as port:
            yield Started((*first.ports, port), first.rest)

    return Contender(name, start, one.make_request)


@asynccontextmanager
async def _beside(serve: Serve, url: str) -> AsyncIterator[int]:
    """A second process that serves until the block ends; its port."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=serve, args=(url, there), daemon=True)
    process.start()
    yield await asyncio.to_thread(here.recv)
    here.send("")
    await asyncio.to_thread(process.join)


def serve_floor(url: str, told: Connection) -> None:
    """In the second process: the floor over the table that the first has made."""
    asyncio.run(_serve_floor(url, told))


async def _serve_floor(url: str, told: Connection) -> None:
    async with postgres_pool(url) as pool, postgres_site(pool) as port:
        await _until_told(told, port)


def serve_desk(url: str, told: Connection) -> None:
    """In the second process: a desk over the database that the first has seeded."""
    asyncio.run(_serve_desk(url, told))


async def _serve_desk(url: str, told: Connection) -> None:
    with tempfile.TemporaryDirectory(prefix="yn-bench-") as folder:
        house = web_house(url, Path(folder))
        async with listening(house), delivering(house):
            await _until_told(told, house.port)


async def _until_told(told: Connection, port: int) -> None:
    told.send(port)
    await asyncio.to_thread(told.recv)
