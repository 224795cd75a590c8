"""Measures the printers: one record warm in each format, and memory over many: `python -m bench.printing`.

Time of this process, not of the wall: a machine that is shared with others would measure the others.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
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
TARGETS = {"PDF": 30, "DOCX": 40, "XLSX": 20}  # milliseconds


def main() -> None:
    """Print the median of each format beside its target, then what memory came to."""
    asked = _asked()
    office = Office()
    paper = _paper(office)
    edition = Edition(number=1, reason="", by="陈静", made_at=cases.NOW)

    def made(number: int) -> Sheet:
        """The same work order with other words each time, as a day's records are."""
        words = Words(f"{cases.REPORT}（第{number}次）")
        one = replace(paper, cells={**paper.cells, "problem": words})
        form = office.forms.current(Record.WORK_ORDER)
        return sheet(one, form, Printing(at=cases.NOW, edition=edition))

    day = date(2026, 11, 30)
    formats: dict[str, Callable[[int], object]] = {
        "PDF": lambda number: press().pdf(made(number)),
        "DOCX": lambda number: docx(made(number)),
        "XLSX": lambda _: register(
            [Line(paper, edition, cases.NOW)], office.forms, period="2026-11", made_on=day
        ),
    }
    print(f"{'':8}{'ms':>8}{'target':>8}")
    for name, make in formats.items():
        print(f"{name:8}{_warm(make, asked.rounds):8.1f}{TARGETS[name]:8}")
    _memory(formats["PDF"], asked.many)


def _paper(office: Office) -> Paper:
    """A work order of one page and a half, brought about by acts."""
    desk = cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 2)
    return project(Record.WORK_ORDER, 1, desk.file(ticket), office)


def _warm(make: Callable[[int], object], rounds: int) -> float:
    make(0)
    taken = []
    for number in range(rounds):
        started = time.process_time()
        make(number)
        taken.append(time.process_time() - started)
    return median(taken) * 1000


def _memory(make: Callable[[int], object], many: int) -> None:
    for number in range(1, many + 1):
        make(number)
        if number in {100, many}:
            print(f"RSS after {number} PDFs: {_resident() / 2**20:.0f} MB")


def _resident() -> int:
    """Bytes of this process in memory now, not at its highest."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.printing", description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--many", type=int, default=1500)
    return parser.parse_args()


if __name__ == "__main__":
    main()
