"""Measures the desk against the floors of the same run: `python -m bench --only messages --seconds 5`.

messages: webhook to commit beside the bare floor, on PostgreSQL also in two processes ·
ageing: a desk with 20,000 tickets behind it beside one that has just begun ·
sending: commit to the start of sending · start: start to ready ·
tick: 1,000 alarms due among 10,000, 100,000 and a million open promises · alarms: how late they leave at 30 a second,
and 100,000 among four workers, each sent once · printing: a record warm in each format,
memory over 1,500 PDFs · archive: 1,000 case files exported beside zipping the same bytes, 100,000 records checked
beside SHA-256.
"""

import argparse
import asyncio
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench import ageing, alarms, archive, exporting, printing, sending, starting, ticking
from bench.contender import Result
from bench.floor import postgres_floor, sqlite_floor
from bench.load import Load, measure
from bench.product import delivering, product, receiving
from bench.twins import desk_twins, floor_twins
from tests.databases import PostgresServer, postgres_server

PARTS = ("messages", "ageing", "sending", "start", "tick", "alarms", "printing", "archive")
OF_DATABASES = frozenset({"messages", "ageing", "sending", "tick", "alarms"})
OPEN = (10_000, 100_000, 1_000_000)
WORKERS = 4


def main() -> None:
    """Run what was asked for and print a table of each."""
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a tick may find the last one at work
    asked = _asked()
    load = Load(connections=asked.connections, seconds=asked.seconds, rounds=asked.rounds)
    wanted = asked.only or PARTS
    if OF_DATABASES & set(wanted):
        _databases(load, wanted, asked)
    if "start" in wanted:
        show_start(starting.starts())
    if "printing" in wanted:
        show_printing(printing.printing(asked.prints // 50 or 1, asked.prints))
    if "archive" in wanted:
        with tempfile.TemporaryDirectory(prefix="yn-bench-") as folder:
            show_exports(exporting.exports(Path(folder), (max(asked.cases // 10, exporting.REAL), asked.cases)))
        show_checking(archive.checking(asked.records))


def _databases(load: Load, wanted: Sequence[str], asked: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="yn-bench-") as folder, postgres_server() as server:
        if "messages" in wanted:
            show(asyncio.run(_sqlite(Path(folder), load)))
            show(asyncio.run(_postgres(server, load)))
            show(asyncio.run(_postgres_twins(server, load)))
        if "ageing" in wanted:
            show(asyncio.run(_aged_sqlite(Path(folder), load, asked.tickets)))
            show(asyncio.run(_aged_postgres(server, load, asked.tickets)))
        if "sending" in wanted:
            asyncio.run(_sending(Path(folder), server))
        if "tick" in wanted:
            show_ticks([asyncio.run(ticking.tick(server, one)) for one in asked.open])
        if "alarms" in wanted:
            show_lateness(asyncio.run(_lateness(server, asked.late_seconds)))
            show_once(asyncio.run(_once(server, asked.alarms)))


async def _lateness(server: PostgresServer, seconds: int) -> list[float]:
    async with server.fresh() as url:
        return await alarms.lateness(url, seconds)


async def _once(server: PostgresServer, count: int) -> alarms.Once:
    async with server.fresh() as url:
        return await alarms.exactly_once(url, count, WORKERS)


async def _sending(folder: Path, server: PostgresServer) -> None:
    print(f"{'commit to sending, ms':28}{'p50':>9}{'p99':>9}{'target':>9}")
    show_waits("one process, SQLite", await sending.in_one_process(f"sqlite:///{folder}/sending.db"), 20)
    async with server.empty() as one, server.empty() as two:
        show_waits("one process, PostgreSQL", await sending.in_one_process(one), 20)
        show_waits("two by NOTIFY", await sending.in_two_processes(two), 50)


def show_waits(name: str, took: list[float], target: int) -> None:
    """A line: the median and the hundredth part, in milliseconds."""
    print(f"{name:28}{took[len(took) // 2]:9.2f}{took[int(len(took) * 0.99)]:9.2f}{target:9}")


def show_ticks(ticks: list[ticking.Tick]) -> None:
    """A table; targets: at most 6 of the floor, 2.0 of the smallest, an empty tick in 2 ms."""
    columns = ("floor ms", "tick ms", "of floor", "of least", "empty ms")
    print(f"{'open promises':>16}{''.join(f'{one:>10}' for one in columns)}  index")
    for one in ticks:
        ratios = f"{one.tick / one.floor:10.1f}{one.tick / ticks[0].tick:10.2f}"
        print(f"{one.open:16,}{one.floor:10.1f}{one.tick:10.1f}{ratios}{one.empty:10.2f}  {one.index}")


def show_lateness(took: list[float]) -> None:
    """A line: at most a second for all but a hundredth of them."""
    print(f"{len(took):,} alarms, {alarms.A_SECOND} a second: from due to sending, seconds")
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    print(f"{'p50':>12}{p50:9.3f}{'p99':>9}{p99:9.3f}{'worst':>9}{took[-1]:9.3f}{'p99 at most':>14}{1:5}")


def show_once(one: alarms.Once) -> None:
    """Once must be all of them."""
    shared = ", ".join(f"{each:,}" for each in one.by_worker)
    rate = one.alarms / one.seconds
    print(f"{one.alarms:,} alarms, {one.workers} workers ({shared}), {one.seconds:.0f} s, {rate:.0f} a second")
    print(f"messages={one.messages} once={one.once} twice={one.twice} never={one.never}")


def show_start(start: starting.Start) -> None:
    """Lines with their targets, and what the bare libraries take."""
    print(f"{'start to ready, s':28}{start.seconds:9.2f}{'target':>9}{starting.TARGETS['ready s']:9}")
    print(f"{'the bare libraries, s':28}{start.floor:9.2f}")
    of_floor, most = start.seconds / start.floor, starting.TARGETS["of floor"]
    print(f"{'start, of the libraries':28}{of_floor:9.2f}{'target':>9}{most:9.1f}")
    print(f"{'memory then, MB':28}{start.megabytes:9.0f}{'target':>9}{starting.TARGETS['RSS MB']:9}")


def show_printing(one: printing.Printed) -> None:
    """A line for each format with each of the seven records, then what memory came to: flat is right."""
    print(f"{'one record warm, ms':28}{'median':>9}{'target':>9}  of the seven, with their pages")
    for name, target in printing.TARGETS.items():
        kinds = [kind for kind in one.kinds if kind.format == name]
        each = " ".join(f"{kind.milliseconds:.1f}{f'/{kind.pages}' if kind.pages else ''}" for kind in kinds)
        print(f"{name:28}{one.warm(name):9.1f}{target:9}  {each}")
    floors = " ".join(f"{one.floors[kind.record]:.1f}" for kind in one.kinds if kind.format == "PDF")
    print(f"{'PDF, the bare words':28}{median(one.floors.values()):9.1f}{'':9}  {floors}")
    for count, megabytes in one.resident.items():
        print(f"{f'memory after {count} PDFs, MB':28}{megabytes:9.0f}")


def show_exports(found: list[exporting.Export]) -> None:
    """A line for each size: the memory above the start must not grow with it."""
    columns = ("MB", "seconds", "ms a case", "of floor", "at most", "start MB", "peak MB")
    print(f"{'case files exported':>20}{''.join(f'{one:>11}' for one in columns)}")
    for one in found:
        took = f"{one.seconds:11.2f}{one.seconds / one.cases * 1000:11.2f}{one.seconds / one.floor:11.2f}"
        print(f"{one.cases:20,}{one.megabytes:11.0f}{took}{exporting.TARGET:11}{one.start_mb:11.0f}{one.peak_mb:11.0f}")


def show_checking(one: archive.Checked) -> None:
    """Both times, the ratio and its target."""
    print(f"{one.records:,} records, {one.links:,} links, {one.gibibytes:.2f} GiB, {one.problems} problems")
    ratio = f"{one.checked / one.bare:.2f} (at most {archive.TARGET})"
    print(f"bare SHA-256 {one.bare:.1f} s, verified {one.checked:.1f} s, ratio {ratio}")


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


async def _postgres_twins(server: PostgresServer, load: Load) -> list[Result]:
    async with server.empty() as floor, server.empty() as both, server.empty() as desk:
        one = postgres_floor(floor)
        return await measure([one, floor_twins(postgres_floor(both), both), desk_twins(desk)], load)


async def _aged_sqlite(folder: Path, load: Load, tickets: int) -> list[Result]:
    fresh, aged = f"sqlite:///{folder}/fresh.db", f"sqlite:///{folder}/aged.db"
    return await measure(ageing.both(fresh, aged, tickets), load)


async def _aged_postgres(server: PostgresServer, load: Load, tickets: int) -> list[Result]:
    async with server.empty() as fresh, server.empty() as aged:
        return await measure(ageing.both(fresh, aged, tickets), load)


def show(results: list[Result]) -> None:
    """A table; the first row is what the others are held against."""
    print(f"{'':28}{'messages/s':>12}{'of floor':>10}{'p50 ms':>9}{'p99 ms':>9}{'failed':>8}")
    for one in results:
        of_floor = one.rate / results[0].rate
        print(f"{one.name:28}{one.rate:12.0f}{of_floor:10.3f}{one.p50:9.2f}{one.p99:9.2f}{one.failed:8}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these parts; all of them without it")
    parser.add_argument("--connections", type=int, default=Load.connections)
    parser.add_argument("--seconds", type=float, default=Load.seconds, help="of one round")
    parser.add_argument("--rounds", type=int, default=Load.rounds)
    parser.add_argument("--tickets", type=int, default=20_000, help="behind the desk that has aged")
    parser.add_argument("--open", type=int, nargs="+", default=OPEN, help="promises of the ticks")
    parser.add_argument("--late-seconds", type=int, default=30, help="for which alarms fall due")
    parser.add_argument("--alarms", type=int, default=100_000, help="among the workers")
    parser.add_argument("--prints", type=int, default=1500)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--records", type=int, default=100_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
