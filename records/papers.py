"""One record at one moment: its cells, projected from the case, ready to be kept, printed or listed.

A paper is content only. What a printer decides (which copy, which edition, the address of the QR) is not part of it
and not under its digest.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agreement.canonical import canonical_json
from agreement.chain import sha256
from agreement.words import Record, Role
from desk.case_file import CaseFile
from records import (
    cells_acceptance,
    cells_archive,
    cells_opinion,
    cells_receipt,
    cells_register,
    cells_review,
    cells_work_order,
)
from records.cells import Blank, Cell, Cells, Chosen, Json, Kind, Words, from_json, to_json
from records.fields import FIELDS
from records.forms import Entry, Form, Letter, Mark, Table
from records.letterhead import Letterhead
from records.office import Office

Project = Callable[[CaseFile, int, Letterhead], dict[str, Cell]]
PROJECTS: Final[Mapping[Record, Project]] = {
    Record.REGISTER: cells_register.cells,
    Record.REVIEW: cells_review.cells,
    Record.RECEIPT: cells_receipt.cells,
    Record.WORK_ORDER: cells_work_order.cells,
    Record.OPINION: cells_opinion.cells,
    Record.ACCEPTANCE: cells_acceptance.cells,
    Record.ARCHIVE: cells_archive.cells,
}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One record. `attempt` counts rounds or tries where a case has several; `form` is (number, version)."""

    record: Record
    attempt: int
    number: str  # empty until the act that fills it first gave it one
    case_number: str
    vendor: str
    form: tuple[str, str]
    cells: Cells
    secrecy: str = ""  # 密级 by the policy; empty in editions that were kept before it was: the form's stands

    def to_json(self) -> dict[str, Json]:
        """All of it as plain JSON values: what an edition keeps."""
        return {
            "record": self.record.value,
            "attempt": self.attempt,
            "number": self.number,
            "case": self.case_number,
            "vendor": self.vendor,
            "form": list(self.form),
            "cells": {key: to_json(cell) for key, cell in self.cells.items()},
            **({"secrecy": self.secrecy} if self.secrecy else {}),  # an old content keeps its digest
        }


def project(record: Record, attempt: int, case: CaseFile, office: Office) -> Paper:
    """The record as the case stands; nothing is invented, what nobody has said yet is an open cell."""
    form = office.forms.current(record)
    cells = PROJECTS[record](case, attempt, office.letterhead) | _filled(record, attempt, case)
    return Paper(
        record=record,
        attempt=attempt,
        number=case.numbers.get((record, attempt), ""),
        case_number=case.number,
        vendor=office.letterhead.vendor,
        form=(form.number, form.version),
        cells=cells,
        secrecy=_secrecy(case, cells),
    )


def _secrecy(case: CaseFile, cells: Cells) -> str:
    """密级 has one source: what 《归档记录》 says in its cell stands in the header of every record."""
    own = cells.get("secrecy")
    if isinstance(own, Words):
        return own.text
    return case.archived.secrecy if case.archived is not None else case.secrecy


def _filled(record: Record, attempt: int, case: CaseFile) -> dict[str, Cell]:
    """Cells that somebody completed or corrected by hand (`desk.record_editions.fill`); the last word counts."""
    found: dict[str, Cell] = {}
    for one in case.happened("cell_filled"):
        key, text = str(one.data.get("key")), str(one.data.get("text"))
        field = FIELDS[record].get(key)
        if field is not None and (one.data.get("record"), one.data.get("attempt")) == (record.value, attempt):
            found[key] = Chosen((text,)) if field.kind is Kind.CHOICE else Words(text)
    return found


def attempts(record: Record, case: CaseFile) -> tuple[int, ...]:
    """Which of this record the case has been given a number for: each round, each try."""
    return tuple(sorted(attempt for kept, attempt in case.numbers if kept is record))


def canonical(paper: Paper) -> str:
    """The one text of this content, which its digest is of (records §9)."""
    return canonical_json(paper.to_json())


def digest(content: str) -> str:
    """SHA-256 of a canonical content, in hex."""
    return sha256(content.encode())


def paper_of(content: str) -> Paper:
    """The inverse of `canonical`. Raises ValueError or KeyError for what it never wrote."""
    kept = json.loads(content)
    number, version = kept["form"]
    return Paper(
        record=Record(kept["record"]),
        attempt=kept["attempt"],
        number=kept["number"],
        case_number=kept["case"],
        vendor=kept["vendor"],
        form=(number, version),
        cells={key: from_json(cell) for key, cell in kept["cells"].items()},
        secrecy=kept.get("secrecy", ""),
    )


@dataclass(frozen=True)
class Owed:
    """A cell that is still empty, and who owes it."""

    label: str
    by: Role
    key: str


def open_cells(paper: Paper, form: Form) -> tuple[Owed, ...]:
    """Required cells that nobody has filled yet, in the form's order; late ones are not owed before the end."""
    found: list[Owed] = []
    for part in form.parts:
        match part:
            case Entry() | Table() if part.mark is Mark.REQUIRED and _is_open(paper, part.key):
                found.append(Owed(part.label, part.owed, part.key))
            case Letter():
                found += [
                    Owed(label, part.owed, key) for key, label in part.labels.items() if _is_open(paper, key)
                ]
            case _:
                pass
    return tuple(found)


def _is_open(paper: Paper, key: str) -> bool:
    return paper.cells.get(key, Blank.OPEN) is Blank.OPEN


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Which edition of the record is printed, and why there is another one after the first."""

    number: int
    reason: str
    by: str
    made_at: datetime
