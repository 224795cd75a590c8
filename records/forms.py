"""A form: what a record looks like, as data. Cells flow onto a grid of 24 units; 24 units are one row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agreement.words import Record, Role

UNITS: Final = 24
MARGINS: Final = (24, 22)  # of a form that does not say its own


class LabelIn(StrEnum):
    """Where the label of a table stands."""

    BAND = "band"  # across, above its heads
    HEAD = "head"  # in the head of that name, which saves the row


class Mark(StrEnum):
    """Whether a cell must be filled (records, head)."""

    REQUIRED = "●"  # before the record can be closed
    WHERE_IT_APPLIES = "○"  # else printed as ／
    LATE = "◐"  # only when the case ends


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A label with its value. `label_units` 0: the label stands inside the cell, at its top left (signatures)."""

    label: str
    key: str
    label_units: int
    units: int
    height: float  # at least, millimetres
    mark: Mark
    owed: Role  # who has to fill it
    options: Mapping[str, str]  # of a choice: key → what is printed


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows below their heads, which repeat on the next page, and above the heads mostly a band with the label."""

    label: str
    key: str
    heads: tuple[str, ...]
    units: tuple[int, ...]
    mark: Mark
    owed: Role
    label_in: LabelIn = LabelIn.BAND
    ticks: tuple[str, ...] = ()  # what the last column offers: all of it is printed, the chosen one ticked


@dataclass(frozen=True, kw_only=True)
class Band:
    """A line across the whole width that names what stands below."""

    label: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Paragraphs without a grid; {key} is filled in. `labels` names each key in registers and lists."""

    paragraphs: tuple[str, ...]
    labels: Mapping[str, str]
    owed: Role
    align: str  # left, right


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A line to cut along, above a slip that comes back."""

    label: str


Part = Entry | Table | Band | Letter | Cut


@dataclass(frozen=True, kw_only=True)
class Form:
    """One version of one form. An edition names it by number and version and is printed with it for ever."""

    record: Record
    number: str  # YN-QR-04
    version: str  # A/0
    title: str
    secrecy: str  # 密级, where the policy names none
    kept: str  # 保存期限, as the footer says it
    copies: str  # 一式两份…; empty where nobody signs
    parts: tuple[Part, ...]
    margins: tuple[int, int] = MARGINS  # top and bottom of the page, millimetres
    source: str  # the file, for complaints

    def rows(self) -> Iterator[tuple[Part, ...]]:
        """Parts as they stand beside each other: entries up to 24 units, everything else alone."""
        row: list[Part] = []
        for part in self.parts:
            if not isinstance(part, Entry):
                yield (part,)
                continue
            row.append(part)
            if sum(one.label_units + one.units for one in row if isinstance(one, Entry)) == UNITS:
                yield tuple(row)
                row = []

    def labels(self) -> dict[str, str]:
        """Key → label of everything that this form prints, in its order."""
        found: dict[str, str] = {}
        for part in self.parts:
            match part:
                case Entry(key=key, label=label) | Table(key=key, label=label):
                    found.setdefault(key, label)
                case Letter(labels=labels):
                    found.update({key: label for key, label in labels.items() if key not in found})
                case _:
                    pass
        return found
