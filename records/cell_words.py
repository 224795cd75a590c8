"""A cell as words: what stands where nothing was filled in, phones masked on a copy for outside (records §1)."""

from typing import Final

from records.cells import Blank, Cell, Chosen, Kind, Rows, Signed, Words
from records.conventions import masked
from records.fields import FIELDS
from records.forms import Entry, Form, Mark, Table
from records.grid import Copy, Printing
from records.papers import Paper

BLANKS: Final = {Blank.NOT_APPLICABLE: "／", Blank.NOTHING: "无", Blank.OPEN: ""}


def shown(paper: Paper, form: Form, key: str, printing: Printing) -> str:
    """What that form would print in that cell, ticks aside: for registers and lists."""
    marks = {part.key: part.mark for part in form.parts if isinstance(part, Entry | Table)}
    return text_of(paper, key, marks.get(key, Mark.REQUIRED), printing)


def text_of(paper: Paper, key: str, mark: Mark, printing: Printing) -> str:
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
