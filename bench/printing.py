"""The printers: one record warm in each format, and memory over many PDFs.

Time of this process, not of the wall: a machine that is shared with others would measure the others.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median

from agreement.words import Record
from records.cells import Words
from records.grid import Printing, Sheet, sheet
from records.office import Office
from records.papers import Edition, Paper, project
from records.writing_docx import docx
from records.writing_pdf import press
from records.writing_xlsx import Line, register
from tests.records import cases

PAGE_BYTES = 4096
FIRST = 100  # PDFs, after which everything is warm
TARGETS = {"PDF": 30, "DOCX": 40, "XLSX": 20}  # milliseconds


@dataclass(frozen=True)
class Printed:
    """The median of each format in milliseconds, and megabytes in memory after so many PDFs."""

    warm: Mapping[str, float]
    resident: Mapping[int, float]


def printing(rounds: int, many: int) -> Printed:
    """The same work order with other words each time, as a day's records are."""
    formats = _formats()
    warm = {name: _warm(make, rounds) for name, make in formats.items()}
    return Printed(warm, _memory(formats["PDF"], many))


def _formats() -> dict[str, Callable[[int], object]]:
    office = Office()
    paper, form = _paper(office), office.forms.current(Record.WORK_ORDER)
    edition = Edition(number=1, reason="", by="陈静", made_at=cases.NOW)

    def made(number: int) -> Sheet:
        words = Words(f"{cases.REPORT}（第{number}次）")
        one = replace(paper, cells={**paper.cells, "problem": words})
        return sheet(one, form, Printing(at=cases.NOW, edition=edition))

    lines, day = [Line(paper, edition, cases.NOW)], date(2026, 11, 30)
    return {
        "PDF": lambda number: press().pdf(made(number)),
        "DOCX": lambda number: docx(made(number)),
        "XLSX": lambda _: register(lines, office.forms, period="2026-11", made_on=day),
    }


def _paper(office: Office) -> Paper:
    """A work order of one page and a half, brought about by acts."""
    desk = cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 2)
    case = desk.file(ticket)
    desk.leave()
    return project(Record.WORK_ORDER, 1, case, office)


def _warm(make: Callable[[int], object], rounds: int) -> float:
    make(0)
    taken = []
    for number in range(rounds):
        started = time.process_time()
        make(number)
        taken.append(time.process_time() - started)
    return median(taken) * 1000


def _memory(make: Callable[[int], object], many: int) -> dict[int, float]:
    found = {}
    for number in range(1, many + 1):
        make(number)
        if number in {FIRST, many}:
            found[number] = _resident() / 2**20
    return found


def _resident() -> int:
    """Bytes of this process in memory now, not at its highest."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES
