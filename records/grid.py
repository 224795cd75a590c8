"""A sheet: rows of cells on 24 units, the one thing that every writer sets in its own format.

Everything is text by now. What a writer may decide is type and ink, never words.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from records.forms import MARGINS
from records.papers import Edition
from texts.formats import SHANGHAI


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
