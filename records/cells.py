"""What can stand in a cell of a record: words, a choice, rows, or one of three ways of being empty.

The values are JSON-ready so that an edition can keep exactly what was recorded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Json = str | int | bool | Sequence["Json"] | Mapping[str, "Json"]


class Blank(StrEnum):
    """Three ways of being empty (records §1): never None, null or 0 on paper."""

    NOT_APPLICABLE = "not_applicable"  # ／
    NOTHING = "nothing"  # 无
    OPEN = "open"  # still to be filled: blank


@dataclass(frozen=True)
class Words:
    """A text of one or more lines."""

    text: str


@dataclass(frozen=True)
class Chosen:
    """Which options of a choice are ticked, by their keys, and words that stand behind them."""

    keys: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Rows:
    """Lines of a table below a band; each has one text for each head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Signed:
    """A signature cell: who, the day, and how it was confirmed; nobody yet is Blank.OPEN."""

    name: str
    day: str
    how: str = ""


Cell = Words | Chosen | Rows | Signed | Blank
Cells = Mapping[str, Cell]


class Kind(StrEnum):
    """What kind of cell a field fills, as form files name it."""

    TEXT = "text"
    PHONE = "phone"  # a text that is masked on copies that leave the house
    CHOICE = "choice"
    TABLE = "table"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Field:
    """One thing that a record knows: its kind; for a choice its options, for a table its number of columns."""

    kind: Kind = Kind.TEXT
    options: tuple[str, ...] = ()
    columns: int = 0


TEXT: Final = Field()
PHONE: Final = Field(Kind.PHONE)
SIGNATURE: Final = Field(Kind.SIGNATURE)


def choice(*options: str) -> Field:
    """A field of which some of these options are ticked."""
    return Field(Kind.CHOICE, options=options)


def table(columns: int) -> Field:
    """A field of rows with so many texts each."""
    return Field(Kind.TABLE, columns=columns)


def words(text: str, otherwise: Blank = Blank.OPEN) -> Cell:
    """The text as a cell; where there is none, that kind of empty."""
    return Words(text) if text.strip() else otherwise


def rows(found: Sequence[tuple[str, ...]], otherwise: Blank = Blank.NOTHING) -> Cell:
    """The rows as a cell; where there are none, that kind of empty."""
    return Rows(tuple(found)) if found else otherwise


def to_json(cell: Cell) -> Json:
    """The cell as an edition keeps it."""
    match cell:
        case Words(text):
            return {"text": text}
        case Chosen(keys, note):
            return {"chosen": list(keys), "note": note}
        case Rows(found):
            return {"rows": [list(row) for row in found]}
        case Signed(name, day, how):
            return {"signed": name, "day": day, "how": how}
        case Blank():
            return {"blank": cell.value}


def from_json(kept: Mapping[str, Json]) -> Cell:
    """The inverse. Raises ValueError for what `to_json` never wrote."""
    match kept:
        case {"text": str(text)}:
            return Words(text)
        case {"chosen": [*keys], "note": str(note)}:
            return Chosen(tuple(str(key) for key in keys), note)
        case {"rows": [*found]}:
            return Rows(tuple(_row(row) for row in found))
        case {"signed": str(name), "day": str(day), "how": str(how)}:
            return Signed(name, day, how)
        case {"blank": str(why)}:
            return Blank(why)
    raise ValueError(f"no cell is kept like this: {sorted(kept)}")


def _row(kept: Json) -> tuple[str, ...]:
    if isinstance(kept, str) or not isinstance(kept, Sequence):
        raise ValueError("a row is a list of texts")
    return tuple(str(one) for one in kept)
