"""Measures messages a second against the floors of the same run: `python -m bench --seconds 5`."""

import argparse
import asyncio
import logging
import tempfile
from pathlib import Path

from bench.contender import Result
from bench.floor import postgres_floor, sqlite_floor
from bench.load import Load, measure
from bench.product import delivering, product, receiving
from tests.databases import PostgresServer, postgres_server


def main() -> None:
    """Run both databases one after the other and print a table of each."""
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a tick may find the last one at work
    load = _asked()
    with tempfile.TemporaryDirectory(prefix="yn-bench-") as folder:
        show(asyncio.run(_sqlite(Path(folder), load)))
    with postgres_server() as server:
        show(asyncio.run(_postgres(server, load)))


async def _sqlite(folder: Path, load: Load) -> list[Result]:
    return await measure([
        sqlite_floor(folder / "floor.db"),
        product("SQLite, receiving", f"sqlite:///{folder}/receiving.db", receiving),
        product("SQLite, and delivering", f"sqlite:///{folder}/delivering.db", delivering),
    ], load)


async def _postgres(server: PostgresServer, load: Load) -> list[Result]:
    async with server.empty() as floor, server.empty() as first, server.empty() as second:
        return await measure([
            postgres_floor(floor),
            product("PostgreSQL, receiving", first, receiving),
            product("PostgreSQL, and delivering", second, delivering),
        ], load)


def show(results: list[Result]) -> None:
    """A table; the first row is the floor that the others are held against."""
    print(f"{'':28}{'messages/s':>12}{'of floor':>10}{'p50 ms':>9}{'p99 ms':>9}{'failed':>8}")
    for one in results:
        of_floor = one.rate / results[0].rate
        print(f"{one.name:28}{one.rate:12.0f}{of_floor:10.3f}{one.p50:9.2f}{one.p99:9.2f}{one.failed:8}")


def _asked() -> Load:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--connections", type=int, default=Load.connections)
    parser.add_argument("--seconds", type=float, default=Load.seconds, help="of one round")
    parser.add_argument("--rounds", type=int, default=Load.rounds)
    given = parser.parse_args()
    return Load(connections=given.connections, seconds=given.seconds, rounds=given.rounds)


if __name__ == "__main__":
    main()
