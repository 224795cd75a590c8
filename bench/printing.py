"""The printers: one record warm in each format, and memory over many PDFs.

Time of this process, not of the wall: a machine that is shared with others would measure the others. Beside each PDF
the floor: the same words by typst in one plain table (`bare.typ`), for the machine decides most of it.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median

import typst

from agreement.words import Record
from records.cells import Cell, Words
from records.glyphs import fonts
from records.grid import Grid, Printing, Row, Sheet
from records.office import Office
from records.papers import Edition, Paper, project
from records.register_lines import Line
from records.sheets import sheet
from records.typesetting import STANDARD
from records.writing_docx import docx
from records.writing_pdf import pages, press
from records.writing_xlsx import register
from tests.records import cases

PAGE_BYTES = 4096
FIRST = 100  # PDFs, after which everything is warm
TARGETS = {"PDF": 30, "DOCX": 40, "XLSX": 20}  # milliseconds

Make = Callable[[Sheet], bytes]


@dataclass(frozen=True)
class Kind:
    """One of the seven records in one format: milliseconds of the median, and pages where the format has them."""

    format: str
    record: Record
    pages: int
    milliseconds: float


@dataclass(frozen=True)
class Printed:
    """Each record of a case in each format, and megabytes in memory after so many PDFs."""

    kinds: Sequence[Kind]
    floors: Mapping[Record, float]  # milliseconds of the same words in a plain table, as PDF
    resident: Mapping[int, float]

    def warm(self, name: str) -> float:
        """Milliseconds of one record in this format: the median over the seven."""
        return median([one.milliseconds for one in self.kinds if one.format == name])


def printing(rounds: int, many: int) -> Printed:
    """The seven records of a case that went through everything, with other words in every cell each time."""
    office = Office()
    papers = _papers(office)
    made = {record: _sheets(paper, office) for record, paper in papers.items()}
    kinds = [_timed(name, record, make, made[record], rounds)
             for name, make in {"PDF": press().pdf, "DOCX": docx}.items() for record in papers]
    kinds += [_register(paper, office, rounds) for paper in papers.values()]
    resident = _memory(press().pdf, made[Record.WORK_ORDER], many)
    return Printed(kinds, _floors(made, rounds), resident)


def _floors(made: Mapping[Record, Callable[[int], Sheet]], rounds: int) -> dict[Record, float]:
    bare = _bare()
    for one in made.values():  # fonts are read with the first
        bare(one(0))

    def of(record: Record) -> float:
        return _median(lambda number: bare(made[record](number)), rounds)

    return {record: of(record) for record in made}


def _papers(office: Office) -> Mapping[Record, Paper]:
    """Brought about by acts: a plan, an acceptance that failed, another round."""
    desk = cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 2)
    case = desk.file(ticket)
    desk.leave()
    return {record: project(record, 1, case, office) for record in Record}


def _sheets(paper: Paper, office: Office) -> Callable[[int], Sheet]:
    form = office.forms.current(paper.record)

    def made(number: int) -> Sheet:
        cells = {name: _other(cell, number) for name, cell in paper.cells.items()}
        return sheet(replace(paper, cells=cells), form, Printing(at=cases.NOW, edition=EDITION))

    return made


EDITION = Edition(number=1, reason="", by="陈静", made_at=cases.NOW)


def _other(cell: Cell, number: int) -> Cell:
    """Other words in it, so that no layout can be remembered from the sheet before."""
    return replace(cell, text=f"{cell.text}（{number}）") if isinstance(cell, Words) else cell


def _timed(name: str, record: Record, make: Make, made: Callable[[int], Sheet], rounds: int) -> Kind:
    first = make(made(0))
    taken = _median(lambda number: make(made(number)), rounds)
    return Kind(name, record, pages(first) if name == "PDF" else 0, taken)


def _bare() -> Make:
    """typst with the same fonts and the same standard, and nothing of a form."""
    folder = Path(__file__).parent
    faces = [str(one) for one in fonts(None).folders]
    compiler = typst.Compiler(str(folder / "bare.typ"), root=str(folder), font_paths=faces, ignore_system_fonts=True)

    def made(one: Sheet) -> bytes:
        words = json.dumps([_plain(block.rows) for block in one.blocks if isinstance(block, Grid)], ensure_ascii=False)
        pdf = compiler.compile(format="pdf", pdf_standards=STANDARD, sys_inputs={"sheet": words})
        return pdf if isinstance(pdf, bytes) else b""

    return made


def _plain(rows: Sequence[Row]) -> list[tuple[int, str]]:
    return [(box.units, box.text or "".join(label for _, label in box.options)) for row in rows for box in row.boxes]


def _register(paper: Paper, office: Office, rounds: int) -> Kind:
    """A workbook with this one record in it."""
    lines, day = [Line(paper, EDITION, cases.NOW)], date(2026, 11, 30)
    taken = _median(lambda _: register(lines, office.forms, period="2026-11", made_on=day), rounds)
    return Kind("XLSX", paper.record, 0, taken)


def _median(make: Callable[[int], object], rounds: int) -> float:
    taken = []
    for number in range(1, rounds + 1):
        started = time.process_time()
        make(number)
        taken.append(time.process_time() - started)
    return median(taken) * 1000


def _memory(make: Make, made: Callable[[int], Sheet], many: int) -> dict[int, float]:
    found = {}
    for number in range(1, many + 1):
        make(made(number))
        if number in {FIRST, many}:
            found[number] = _resident() / 2**20
    return found


def _resident() -> int:
    """Bytes of this process in memory now, not at its highest."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES
