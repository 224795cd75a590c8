"""Exporting case files: seconds beside zipping the same bytes in the same order, and the most memory it takes.

Ten cases are real, brought about by acts; the others are copies of their rows under numbers of their own, each sealed
by the house. Export and floor run in processes of their own, and time is theirs, not the wall's.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Table as SqlTable
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bot.archive_command import archive
from bot.archive_place import ArchivePlace
from bot.clock import RealClock
from bot.house import open_work
from bot.waking import Waking
from desk import heads
from desk.alerting import sitting
from desk.rulebook import Rulebook
from desk.sealing import seal
from records.archive_zip import PACKED
from records.office import Office
from storage.tables import (
    Archived,
    Attachment,
    Confirmation,
    Event,
    Number,
    PromiseRow,
    RecordEdition,
    Table,
    Ticket,
)
from storage.work import Work
from tests.databases import fresh_sqlite, lay_sqlite_template
from tests.records import cases

REAL = 10
TARGET = 3.0  # times the floor
UNIQUE = ("number", "file_number")
COPIED = (Event, Attachment, Confirmation, PromiseRow, Number, RecordEdition, Archived)


@dataclass(frozen=True)
class Export:
    """What one export came to: seconds of its process and of the floor's, megabytes at its highest."""

    cases: int
    megabytes: float
    seconds: float
    floor: float
    start_mb: float
    peak_mb: float


def exports(folder: Path, sizes: tuple[int, ...]) -> list[Export]:
    """An archive that grows from size to size, exported whole each time."""
    return asyncio.run(_grown(folder, sizes))


async def _grown(folder: Path, sizes: tuple[int, ...]) -> list[Export]:
    url = fresh_sqlite(lay_sqlite_template(folder), folder)
    place = ArchivePlace(folder / "media", "应诺")
    work = open_work(url, Waking())
    await work.run(lambda session: _real(session, Office(shelf=place.shelf)))
    found, made = [], REAL
    for size in sizes:
        await _copied(work, made, size)
        made = max(made, size)
        found.append(await asyncio.to_thread(_measured, url, folder, size))
    await work.close()
    return found


def _real(session: Session, office: Office) -> None:
    desk = cases.office_at(session)
    for number in range(REAL):
        cases.not_needed(desk) if number % 4 == 3 else cases.settled_at_once(desk)
    cases.close_records(desk, office, times=100)


async def _copied(work: Work, made: int, size: int) -> None:
    """Some at a time: a transaction is as long as those of the house."""
    for first in range(made, size, 50):
        await work.run(lambda session: _copies(session, first, min(first + 50, size)))  # noqa: B023


def _copies(session: Session, first: int, until: int) -> None:
    house = sitting(session, Rulebook(), cases.NOW + timedelta(days=2))
    for number in range(first, until):
        ticket_id = _copy(session, number % REAL + 1, number + 1)
        while seal(house, ticket_id):
            pass
    heads.keep(house)


def _copy(session: Session, original: int, number: int) -> int:
    """The rows of that case once more: the ticket, then whatever belongs to a ticket, but for its links."""
    highest = session.scalar(select(func.max(Ticket.id))) or 0
    row = session.execute(select(Ticket.__table__).where(Ticket.id == original)).one()._asdict()
    again = {"id": highest + 1, "ordinal": number, "number": f"ZXFK-2026-{number:06d}"}
    session.execute(insert(Ticket), row | again)
    for kind in COPIED:
        _rows(session, Table.metadata.tables[kind.__tablename__], original, highest + 1, number)
    return highest + 1


def _rows(session: Session, table: SqlTable, original: int, ticket_id: int, number: int) -> None:
    for found in session.execute(select(table).where(table.c.ticket_id == original)):
        row = {key: value for key, value in found._asdict().items() if key != "id"} | {"ticket_id": ticket_id}
        for column in UNIQUE:
            if row.get(column):
                row[column] = f"{row[column]}.{number}"
        session.execute(insert(table), row)


def _measured(url: str, folder: Path, size: int) -> Export:
    out, again = folder / "export.zip", folder / "floor.zip"
    made = _child("export", url, str(folder / "media"), str(out))
    with zipfile.ZipFile(out) as file:
        file.extractall(folder / "unpacked")
    floor = _child("floor", str(out), str(folder / "unpacked"), str(again))
    size_mb = out.stat().st_size / 2**20
    return Export(size, size_mb, made["seconds"], floor["seconds"], made["start_mb"], made["peak_mb"])


def _child(*line: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "bench.exporting", *line], stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def export(url: str, media: str, out: str) -> None:
    """In a process of its own: what `python -m bot archive export` does."""
    work = open_work(url, Waking())
    asked = argparse.Namespace(what="export", file=Path(out), case=[], school="", since=None, until=None)
    place = ArchivePlace(Path(media), "应诺")

    async def whole() -> None:
        code = await archive(work, place, RealClock().now(), asked, lambda _: None)
        await work.close()
        if code:
            raise SystemExit(code)

    _told(lambda: asyncio.run(whole()))


def floor(source: str, unpacked: str, out: str) -> None:
    """The same names in the same order with the same packing, from a folder."""

    def whole() -> None:
        with zipfile.ZipFile(source) as found, zipfile.ZipFile(out, "w") as made:
            for name in found.namelist():
                packing = zipfile.ZIP_DEFLATED if name.endswith(PACKED) else zipfile.ZIP_STORED
                made.writestr(name, (Path(unpacked) / name).read_bytes(), packing)

    _told(whole)


def _told(work: Callable[[], None]) -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the highest so far, the parent's too
    start, began = highest_mb(), time.process_time()
    work()
    print(json.dumps({"seconds": time.process_time() - began, "start_mb": start, "peak_mb": highest_mb()}))


def highest_mb() -> float:
    """The most memory that this process had at once."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    {"export": export, "floor": floor}[sys.argv[1]](*sys.argv[2:])
