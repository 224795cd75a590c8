"""What checking an archive costs beside bare SHA-256 over the same bytes.

A record is what is sealed of one: its content and its print. Both sides read from memory, in one process; time of this
process, not of the wall.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agreement.chain import Sealed, Thing, links, sha256
from agreement.words import Record
from records.grid import Printing
from records.office import Office
from records.papers import Edition, canonical, project
from records.sheets import sheet
from records.verify_archive import verify
from records.writing_pdf import press
from tests.records import cases

TARGET: Final = 5.0
PER_CASE: Final = 5


@dataclass
class Memory:
    """An export that lies in memory."""

    files: dict[str, bytes]

    def names(self) -> Sequence[str]:
        return list(self.files)

    def read(self, name: str) -> bytes:
        return self.files[name]


@dataclass(frozen=True)
class Checked:
    """Seconds of both over that many bytes, and what was found wrong: nothing."""

    records: int
    links: int
    gibibytes: float
    problems: int
    bare: float
    checked: float


def checking(records: int) -> Checked:
    """An archive of so many records, hashed and verified."""
    export = _export(records)
    bare = _taken(lambda: [hashlib.sha256(one).hexdigest() for one in export.files.values()])
    checked = _taken(lambda: verify(export, {}))
    report = verify(export, {})
    total = sum(map(len, export.files.values()))
    return Checked(records, report.links, total / 2**30, len(report.problems), bare, checked)


def _taken(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _export(records: int) -> Memory:
    """Contents differ by a number, prints are one real PDF: what is hashed is as long as in earnest."""
    content, printed = _real()
    things: list[Thing] = []
    files: dict[str, bytes] = {}
    for kind, path, made in _parts(records, content, printed):
        files[path] = made
        things.append(Thing(kind=kind, path=path, sha256=sha256(made), salt=f"{len(things):032x}"))
    chain = [vars(one) for one in links(None, cases.NOW, things)]
    items = [{"n": n} | vars(one) for n, one in enumerate(things, start=1)]
    files["chain.jsonl"] = "\n".join(map(json.dumps, chain)).encode()
    files["items.jsonl"] = "\n".join(map(json.dumps, items)).encode()
    files["manifest.json"] = json.dumps({"format": "yingnuo-archive 1", "scope": "all"}).encode()
    return Memory(files)


def _parts(records: int, content: str, printed: bytes) -> Iterator[tuple[Sealed, str, bytes]]:
    for number in range(records):
        place = f"cases/ZXFK-2026-{number // PER_CASE:06d}/records/{number}"
        yield Sealed.RECORD, f"{place}.json", f"{content}{number}".encode()
        yield Sealed.PRINT, f"{place}.pdf", printed


def _real() -> tuple[str, bytes]:
    """A work order of one page and a half, brought about by acts."""
    office, desk = Office(), cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 2)
    paper = project(Record.WORK_ORDER, 1, desk.file(ticket), office)
    desk.leave()
    edition = Edition(number=1, reason="", by="陈静", made_at=cases.NOW)
    made = sheet(paper, office.forms.current(Record.WORK_ORDER), Printing(at=cases.NOW, edition=edition))
    return canonical(paper), press().pdf(made)

