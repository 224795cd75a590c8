"""Reads a story file, strictly: every line is a form of the README or the file is refused with that line.

story = read_story(Path("tests/stories/01-acknowledged-in-time.txt"))
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.storyline.checks import read_check, read_hearing
from tests.storyline.deeds import read_deed
from tests.storyline.heading import read_cast_line, with_line
from tests.storyline.moments import read_length, read_moment, read_workdays
from tests.storyline.script import (
    REFUSALS,
    Accept,
    At,
    Cast,
    CastLine,
    Contract,
    Does,
    Line,
    Refuse,
    Resend,
    Restart,
    Start,
    Step,
    Stop,
    Story,
    Together,
    Wait,
    WaitWorkdays,
)
from tests.storyline.sense import find_nonsense


class StoryError(Exception):
    """A file that is no story: which line, and why. `number` counts from 1."""

    def __init__(self, path: Path, number: int, reason: str, written: str = "") -> None:
        super().__init__(f"{path}:{number}: {reason}" + (f"\n    {written}" if written else ""))
        self.path = path
        self.number = number
        self.reason = reason


@dataclass(frozen=True)
class Row:
    """One line of the file that is neither blank nor a comment."""

    number: int
    raw: str

    @property
    def text(self) -> str:
        return self.raw.strip()

    @property
    def is_indented(self) -> bool:
        return self.raw[0].isspace()


class _WrongError(Exception):
    def __init__(self, row: Row, reason: str) -> None:
        super().__init__(reason)
        self.row = row


def read_story(path: Path) -> Story:
    """The story in that file. Raises StoryError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StoryError(path, 1, f"cannot be read: {error}") from error
    return parse_story(text, path)


def parse_story(text: str, path: Path) -> Story:
    """The story in this text; `path` is only for messages. Raises StoryError."""
    rows = [Row(number, raw) for number, raw in enumerate(text.split("\n"), 1) if _says_something(raw)]
    try:
        return _story(rows, path)
    except _WrongError as wrong:
        raise StoryError(path, wrong.row.number, str(wrong), wrong.row.text) from wrong


def _says_something(raw: str) -> bool:
    return bool(raw.strip()) and not raw.strip().startswith("--")


def _story(rows: list[Row], path: Path) -> Story:
    title, rest = _title(rows)
    where = next((index for index, row in enumerate(rest) if row.raw.rstrip() == "story"), None)
    if where is None:
        raise _WrongError(rest[-1] if rest else rows[0], 'there is no line "story"')
    cast, contracts, is_strict = _head(rest[:where], rest[where])
    lines = _lines(rest[where + 1 :], rest[where])
    if nonsense := find_nonsense(cast, contracts, lines):
        row = next(row for row in rest if row.number == nonsense.number)
        raise _WrongError(row, nonsense.reason)
    return Story(path=path, title=title, cast=cast, contracts=contracts, strict=is_strict, lines=lines)


def _title(rows: list[Row]) -> tuple[str, list[Row]]:
    if not rows:
        raise _WrongError(Row(1, " "), "the file is empty")
    first = rows[0]
    if not first.raw.startswith("# "):
        raise _WrongError(first, 'a story begins with its title: "# …"')
    return first.text[2:].strip(), rows[1:]


def _head(rows: list[Row], end: Row) -> tuple[Cast, tuple[Contract, ...], bool]:
    """What stands before `story`: the cast once, contracts once per school, `strict` at most once."""
    cast: Cast | None = None
    contracts: dict[str, Contract] = {}
    is_strict = False
    for row, inner in _blocks(rows):
        words = row.text.split()
        if words == ["cast"] and cast is None:
            cast = _cast(row, inner)
        elif words[0] == "contract" and len(words) > 1 and " ".join(words[1:]) not in contracts:
            contracts[" ".join(words[1:])] = _contract(" ".join(words[1:]), row, inner)
        elif words == ["strict"] and not is_strict and not inner:
            is_strict = True
        else:
            raise _WrongError(row, "this has no place before the story")
    if cast is None:
        raise _WrongError(end, "nobody is in the cast")
    return cast, tuple(contracts.values()), is_strict


def _blocks(rows: list[Row]) -> list[tuple[Row, list[Row]]]:
    """Each line at the margin with the indented lines under it."""
    blocks: list[tuple[Row, list[Row]]] = []
    for row in rows:
        if not row.is_indented:
            blocks.append((row, []))
        elif blocks:
            blocks[-1][1].append(row)
        else:
            raise _WrongError(row, "an indented line belongs under another line")
    return blocks


def _cast(head: Row, inner: list[Row]) -> Cast:
    if not inner:
        raise _WrongError(head, "nobody is in the cast")
    lines: list[CastLine] = []
    for row in inner:
        try:
            lines.append(read_cast_line(row.text))
        except ValueError as wrong:
            raise _WrongError(row, str(wrong)) from wrong
    return Cast(tuple(lines))


def _contract(school: str, head: Row, inner: list[Row]) -> Contract:
    if not inner:
        raise _WrongError(head, "the contract says nothing; leave it out for the agreement's values")
    contract = Contract(school=school)
    for row in inner:
        try:
            contract = with_line(contract, row.text)
        except ValueError as wrong:
            raise _WrongError(row, str(wrong)) from wrong
    return contract


def _lines(rows: list[Row], head: Row) -> tuple[Line, ...]:
    if not rows:
        raise _WrongError(head, "the story has no line")
    return tuple(_line(row, inner) for row, inner in _blocks(rows))


def _line(row: Row, inner: list[Row]) -> Line:
    if row.text == "! together":
        if not inner:
            raise _WrongError(row, "nothing stands under ! together")
        deeds = tuple((one.number, _does(one)) for one in inner)
        written = "\n".join([row.text, *(f"  {one.text}" for one in inner)])
        return Line(row.number, written, Together(deeds))
    if inner:
        raise _WrongError(inner[0], "only the lines under ! together are indented")
    try:
        return Line(row.number, row.text, _step(row.text))
    except ValueError as wrong:
        raise _WrongError(row, str(wrong)) from wrong


def _does(row: Row) -> Does:
    try:
        step = _step(row.text)
    except ValueError as wrong:
        raise _WrongError(row, str(wrong)) from wrong
    if not isinstance(step, Does):
        raise _WrongError(row, "under ! together stands only what people do")
    return step


def _step(text: str) -> Step:
    for mark, read in MARKS:
        if text.startswith(mark):
            return read(text[len(mark) :].strip())
    person, arrow, typed = text.partition("> ")
    if arrow and person and not person.endswith(" "):
        return Does(person, read_deed(typed.strip()))
    raise ValueError("this is no line of a story")


def _at(text: str) -> Step:
    return At(read_moment(text))


def _wait(text: str) -> Step:
    if (length := read_length(text)) is not None:
        return Wait(length)
    if (days := read_workdays(text)) is not None:
        return WaitWorkdays(days)
    raise ValueError(f'"+ {text}" is no wait: write it like + 8m, + 30s, + 1h, + 1d or + 2 workdays')


def _hearing(text: str) -> Step:
    person, colon, pattern = text.partition(": ")
    if not colon or not person or not pattern.strip():
        raise ValueError("write it like: bot → 王老师: *14:10*")
    return read_hearing(person, pattern.strip())


def _order(text: str) -> Step:
    if text in PLAIN_ORDERS:
        return PLAIN_ORDERS[text]
    word, _, rest = text.partition(" ")
    if word == "accept" and rest:
        return Accept(rest.strip())
    person, _, reason = rest.strip().rpartition(" ")
    if word != "refuse" or not person:
        raise ValueError(f'"! {text}" is no order')
    if reason not in REFUSALS:
        raise ValueError(f'"{reason}" is no way to refuse; known are {", ".join(REFUSALS)}')
    return Refuse(person.strip(), reason)


PLAIN_ORDERS: dict[str, Step] = {"stop": Stop(), "start": Start(), "restart": Restart(), "resend": Resend()}
MARKS: tuple[tuple[str, Callable[[str], Step]], ...] = (
    ("bot → ", _hearing),
    ("@ ", _at),
    ("+ ", _wait),
    ("= ", read_check),
    ("! ", _order),
)
