"""A form's parts filled with a paper's cells: rows, tables, letters, and which of them stay together on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from records.cell_words import text_of
from records.cells import Blank, Cell, Chosen, Rows, Signed
from records.conventions import word
from records.forms import UNITS, Band, Cut, Entry, Form, LabelIn, Letter, Mark, Part, Table
from records.grid import Block, Box, CutLine, Grid, Ink, Printing, Prose, Row
from records.papers import Paper

LINE_MM: Final = 7.5
COMPANY: Final = 2  # rows that stay with the signatures below them
SHORT: Final = 120  # characters of such a row


def blocks(paper: Paper, form: Form, printing: Printing) -> list[Block]:
    """Rows gather into a grid until something else stands between; a table with heads is a grid of its own."""
    filling = _Filling(paper, printing)
    made: list[Block] = []
    rows: list[Row] = []
    for parts in form.rows():
        one = filling.block(parts)
        if isinstance(one, Row):
            rows.append(one)
            continue
        made += _grids(rows)
        rows = []
        made.append(one)
    return made + _grids(rows)


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
        return text_of(self.paper, key, mark, self.printing)


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
