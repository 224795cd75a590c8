"""A paper on its form: rows of cells on 24 units, the one thing that every writer sets in its own format.

Everything is text by now. What a writer may decide is type and ink, never words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from records.cells import Blank, Cell, Chosen, Kind, Rows, Signed, Words
from records.conventions import masked, moment, word
from records.fields import FIELDS
from records.forms import MARGINS, UNITS, Band, Cut, Entry, Form, LabelIn, Letter, Mark, Part, Table
from records.papers import Edition, Paper
from texts.formats import SHANGHAI

BLANKS: Final = {Blank.NOT_APPLICABLE: "／", Blank.NOTHING: "无", Blank.OPEN: ""}
LINE_MM: Final = 7.5
COMPANY: Final = 2  # rows that stay with the signatures below them
SHORT: Final = 120  # characters of such a row


class Copy(StrEnum):
    """Whose copy it is: on one that leaves the house phone numbers are masked (records §1)."""

    HOUSE = "house"
    OUTSIDE = "outside"


@dataclass(frozen=True, kw_only=True)
class Printing:
    """What is decided at the printer. `verify_url` "" prints no QR; `under` are the lines of 电子确认 (records §9).

    `edition` None: the record is still open and is printed as of `at`.
    """

    at: datetime
    copy: Copy = Copy.HOUSE
    edition: Edition | None = None
    is_void: bool = False  # open for ever: its case was withdrawn or merged
    verify_url: str = ""
    under: tuple[str, ...] = ()
    zone: ZoneInfo = SHANGHAI


class Ink(StrEnum):
    """What kind of cell it is to a writer."""

    LABEL = "label"
    VALUE = "value"
    OPTIONS = "options"
    HEAD = "head"
    ITEM = "item"  # in a table below heads
    BAND = "band"
    SIGNATURE = "signature"


@dataclass(frozen=True, kw_only=True)
class Box:
    """One cell. `options` are (ticked, label); `name`, `how` and `day` stand in a signature."""

    ink: Ink
    units: int
    text: str = ""
    options: tuple[tuple[bool, str], ...] = ()
    name: str = ""
    how: str = ""
    day: str = ""

    def line(self) -> str:
        """The cell as one text: ☑现场　□远程."""
        if self.ink is Ink.OPTIONS:
            ticked = "　".join(("☑" if on else "□") + label for on, label in self.options)
            return f"{ticked}　{self.text}" if self.text else ticked
        if self.ink is Ink.SIGNATURE:
            return " ".join(one for one in (self.name, self.how, self.day) if one)
        return self.text


@dataclass(frozen=True)
class Row:
    """Cells beside each other, 24 units together. `is_whole`: never broken by a page; `repeats`: on every page."""

    height: float  # at least, millimetres
    boxes: tuple[Box, ...]
    is_whole: bool = False
    repeats: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows that hang together. `is_whole`: all of them on one page, and with what stands below."""

    rows: tuple[Row, ...]
    is_whole: bool = False


@dataclass(frozen=True)
class Prose:
    """Paragraphs of a letter."""

    paragraphs: tuple[str, ...]
    align: str


@dataclass(frozen=True)
class CutLine:
    """Where the slip is cut off."""

    label: str


Block = Grid | Prose | CutLine


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A record ready to be set. The date in its properties is `made_on`, so that the same sheet is the same file."""

    title: str
    vendor: str
    form_line: str
    kept: str
    number: str
    number_line: str
    case_line: str
    verify_url: str
    under: tuple[str, ...]
    made_on: date
    blocks: tuple[Block, ...]
    margins: tuple[int, int] = MARGINS  # top and bottom, millimetres


def sheet(paper: Paper, form: Form, printing: Printing) -> Sheet:
    """The paper on that form. Pure: the same three give the same sheet."""
    filling = _Filling(paper, printing)
    return Sheet(
        title=form.title,
        vendor=paper.vendor,
        form_line=word("paper.form", number=form.number, version=form.version, secrecy=_secrecy(paper, form)),
        kept=_kept(paper, form),
        number=paper.number,
        number_line=_number_line(paper, printing),
        case_line=word("paper.case", number=paper.case_number),
        verify_url=printing.verify_url,
        under=_under(form, printing),
        made_on=_made_at(printing).astimezone(printing.zone).date(),
        blocks=tuple(_blocks(form, filling)),
        margins=form.margins,
    )


def _secrecy(paper: Paper, form: Form) -> str:
    """密级: the policy's; the form's own only where the policy named none."""
    return paper.secrecy or form.secrecy


def _kept(paper: Paper, form: Form) -> str:
    """保存期限: the form's, until the case was filed with its own."""
    own = paper.cells.get("kept_for")
    return word("paper.kept", kept=own.text) if isinstance(own, Words) else form.kept


def _made_at(printing: Printing) -> datetime:
    return printing.edition.made_at if printing.edition is not None else printing.at


def _number_line(paper: Paper, printing: Printing) -> str:
    if printing.is_void:
        return word("paper.void", number=paper.number)
    if printing.edition is None:
        return word("paper.open", number=paper.number, at=moment(printing.at, printing.zone))
    return word("paper.closed", number=paper.number, edition=printing.edition.number)


def _under(form: Form, printing: Printing) -> tuple[str, ...]:
    """The lines below the table: why there is another edition, who confirmed, how many copies."""
    found = list(printing.under)
    edition = printing.edition
    if edition is not None and edition.number > 1:
        at = moment(edition.made_at, printing.zone)
        found.insert(
            0, word("paper.again", edition=edition.number, reason=edition.reason, by=edition.by, at=at)
        )
    return (*found, form.copies) if form.copies else tuple(found)


def _blocks(form: Form, filling: "_Filling") -> list[Block]:
    """Rows gather into a grid until something else stands between; a table with heads is a grid of its own."""
    blocks: list[Block] = []
    rows: list[Row] = []
    for parts in form.rows():
        made = filling.block(parts)
        if isinstance(made, Row):
            rows.append(made)
            continue
        blocks += _grids(rows)
        rows = []
        blocks.append(made)
    return blocks + _grids(rows)


def _grids(rows: list[Row]) -> list[Block]:
    """Signatures never stand alone on a page: short rows before them go along (a page of nothing but names
    could be put under anything)."""
    signed = [place for place, row in enumerate(rows) if row.is_whole]
    first = signed[0] if signed else len(rows)
    while signed and first > max(0, signed[0] - COMPANY) and _is_short(rows[first - 1]):
        first -= 1
    last = signed[-1] + 1 if signed else len(rows)
    parts = (Grid(tuple(rows[:first])), Grid(tuple(rows[first:last]), is_whole=True), Grid(tuple(rows[last:])))
    return [part for part in parts if part.rows]


def _is_short(row: Row) -> bool:
    return sum(len(box.line()) for box in row.boxes) <= SHORT


@dataclass(frozen=True)
class _Filling:
    """What the parts of the form are filled with."""

    paper: Paper
    printing: Printing

    def block(self, parts: tuple[Part, ...]) -> Row | Block:
        match parts[0]:
            case Band(label=label):
                return Row(LINE_MM, (Box(ink=Ink.BAND, units=UNITS, text=label),))
            case Table() as part:
                return self._table(part)
            case Letter() as part:
                return Prose(tuple(self._filled(one, part.labels) for one in part.paragraphs), part.align)
            case Cut(label=label):
                return CutLine(label)
            case _:
                entries = [one for one in parts if isinstance(one, Entry)]
                return self._row(entries)

    def _row(self, entries: list[Entry]) -> Row:
        boxes = tuple(box for one in entries for box in self._entry(one))
        is_signed = any(box.ink is Ink.SIGNATURE for box in boxes)
        return Row(max(one.height for one in entries), boxes, is_whole=is_signed)

    def _entry(self, part: Entry) -> tuple[Box, ...]:
        cell = self._cell(part.key)
        if not part.label_units:
            return (_signature(part, cell),)
        label = Box(ink=Ink.LABEL, units=part.label_units, text=part.label)
        return (label, self._value(part, cell))

    def _value(self, part: Entry, cell: Cell) -> Box:
        if part.options and cell not in {Blank.NOT_APPLICABLE, Blank.NOTHING}:
            chosen, note = (cell.keys, cell.note) if isinstance(cell, Chosen) else ((), "")
            options = tuple((key in chosen, label) for key, label in part.options.items())
            return Box(ink=Ink.OPTIONS, units=part.units, options=options, text=note)
        return Box(ink=Ink.VALUE, units=part.units, text=self.text(part.key, part.mark))

    def _table(self, part: Table) -> Grid:
        cell = self._cell(part.key)
        heads = tuple(
            Box(ink=Ink.HEAD, units=units, text=head)
            for head, units in zip(part.heads, part.units, strict=True)
        )
        top = (*_label_across(part), Row(LINE_MM, heads, repeats=True))
        if isinstance(cell, Rows):
            return Grid((*top, *(_items(part, row) for row in cell.rows)))
        empty = Box(ink=Ink.VALUE, units=UNITS, text=self.text(part.key, part.mark))
        return Grid((*top, Row(LINE_MM, (empty,))))

    def _filled(self, paragraph: str, labels: Mapping[str, str]) -> str:
        return paragraph.format(**{key: self.text(key, Mark.REQUIRED) for key in labels})

    def _cell(self, key: str) -> Cell:
        return self.paper.cells.get(key, Blank.OPEN)

    def text(self, key: str, mark: Mark) -> str:
        """The cell as words."""
        return _text(self.paper, key, mark, self.printing)


def shown(paper: Paper, form: Form, key: str, printing: Printing) -> str:
    """What that form would print in that cell, ticks aside: for registers and lists."""
    marks = {part.key: part.mark for part in form.parts if isinstance(part, Entry | Table)}
    return _text(paper, key, marks.get(key, Mark.REQUIRED), printing)


def _text(paper: Paper, key: str, mark: Mark, printing: Printing) -> str:
    """On a closed record an empty cell that need not be filled does not apply; phones may be masked."""
    cell = paper.cells.get(key, Blank.OPEN)
    if cell is Blank.OPEN and mark is Mark.WHERE_IT_APPLIES and printing.edition is not None:
        cell = Blank.NOT_APPLICABLE
    text = written(cell)
    is_phone = FIELDS[paper.record][key].kind is Kind.PHONE
    return masked(text) if is_phone and printing.copy is Copy.OUTSIDE else text


def written(cell: Cell) -> str:
    """A cell as plain words, a choice by its note alone (its options are the form's)."""
    match cell:
        case Words(text):
            return text
        case Blank():
            return BLANKS[cell]
        case Chosen(_, note):
            return note
        case Rows(found):
            return "\n".join("　".join(one for one in row if one) for row in found)
        case Signed(name, day, how):
            return " ".join(one for one in (name, how, day) if one)


def _label_across(part: Table) -> tuple[Row, ...]:
    """The label above the heads, unless one of them bears it."""
    if part.label_in is LabelIn.HEAD:
        return ()
    return (Row(LINE_MM, (Box(ink=Ink.BAND, units=UNITS, text=part.label),), repeats=True),)


def _items(part: Table, row: tuple[str, ...]) -> Row:
    texts = (*row[:-1], _ticked(part.ticks, row[-1])) if part.ticks else row
    boxes = (Box(ink=Ink.ITEM, units=units, text=text) for units, text in zip(part.units, texts, strict=True))
    return Row(LINE_MM, tuple(boxes))


def _ticked(ticks: Sequence[str], text: str) -> str:
    """☑按时　□逾期, and below it what else was said. What is none of the options (进行中) ticks none."""
    first, _, more = text.partition("\n")
    options = "　".join(("☑" if one == first else "□") + one for one in ticks)
    below = more if first in ticks else text
    return f"{options}\n{below}" if below else options


def _signature(part: Entry, cell: Cell) -> Box:
    """The label at the top left, the name in the middle, the date at the bottom right; no ink under a seal."""
    found = cell if isinstance(cell, Signed) else Signed("", word("paper.no_day"))
    return Box(
        ink=Ink.SIGNATURE,
        units=part.units,
        text=part.label,
        name=found.name,
        how=found.how,
        day=found.day,
    )
