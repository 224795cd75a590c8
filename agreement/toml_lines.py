"""Reading a TOML text so that every complaint names the line; `tomllib` alone does so for bad syntax only."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TABLE = re.compile(r"^\s*(\[{1,2})\s*([\w.\-]+)\s*\]{1,2}")
KEY = re.compile(r'^\s*"?([\w.\-]+)"?\s*=')


class PolicyError(Exception):
    """A policy text that cannot be used: where, what is wrong, what it should be. Permanent until edited."""

    def __init__(self, source: str, line: int | None, what: str) -> None:
        self.source, self.line, self.what = source, line, what
        where = f"{source}, line {line}" if line is not None else source
        super().__init__(f"{where}: {what}")


@dataclass(frozen=True)
class Table:
    """One table of the text: its values, its name and where to look for its lines."""

    values: Mapping[str, object]
    name: str
    text: str
    source: str

    def error(self, key: str, what: str) -> PolicyError:
        """The complaint about one key of this table (about the table itself, if the key is not there)."""
        line = _line_of(self.text, self.name, key)
        return PolicyError(self.source, line, f"{_full(self.name, key)} {what}")

    def get(self, key: str) -> object:
        """The value; PolicyError when it is missing."""
        if key not in self.values:
            raise self.error(key, "is missing")
        return self.values[key]

    def string(self, key: str) -> str:
        """A text."""
        value = self.get(key)
        if not isinstance(value, str) or not value:
            raise self.error(key, f"should be a text in quotes, not {value!r}")
        return value

    def any_string(self, key: str) -> str:
        """A text that may be missing; empty then."""
        return self.string(key) if key in self.values else ""

    def number(self, key: str, least: int, most: int) -> int:
        """A whole number within bounds, both included."""
        return self._within(key, self.get(key), least, most)

    def numbers(self, key: str, least: int, most: int) -> tuple[int, ...]:
        """A list of whole numbers within bounds."""
        return tuple(self._within(key, value, least, most) for value in self._list(key))

    def day(self, key: str) -> date:
        """A date such as 2027-01-23, without quotes."""
        value = self.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.error(key, f"should be a date such as 2027-01-23, not {value!r}")
        return value

    def since(self, key: str, zone: ZoneInfo) -> datetime:
        """A moment such as 2027-01-23T08:00:00, of that zone where none is written; a date alone is its 00:00."""
        value = self.get(key)
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=zone)
        if not isinstance(value, date):
            raise self.error(key, f"should be a date or a moment such as 2027-01-23T08:00:00, not {value!r}")
        return datetime.combine(value, time(), zone)

    def until(self, key: str, zone: ZoneInfo) -> datetime:
        """The same of an end: a date alone is its 24:00."""
        at = self.since(key, zone)
        return at if isinstance(self.values[key], datetime) else at + timedelta(days=1)

    def any_tables(self, key: str) -> tuple["Table", ...]:
        """A list of tables that may be missing."""
        return self.tables(key) if key in self.values else ()

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self._list(key)
        texts = tuple(value for value in values if isinstance(value, str))
        if len(texts) != len(values):
            raise self.error(key, "should be a list of texts in quotes")
        return texts

    def table(self, key: str) -> "Table":
        """A table inside this one."""
        value = self.get(key)
        if not isinstance(value, dict):
            raise self.error(key, "should be a table")
        return Table(value, _full(self.name, key), self.text, self.source)

    def tables(self, key: str) -> tuple["Table", ...]:
        """A list of tables inside this one ([[name]])."""
        inner = [value for value in self._list(key) if isinstance(value, dict)]
        if not inner or len(inner) != len(self._list(key)):
            raise self.error(key, f"should be one or more [[{_full(self.name, key)}]]")
        return tuple(
            Table(value, f"{_full(self.name, key)}#{n}", self.text, self.source)
            for n, value in enumerate(inner, 1)
        )

    def completed_by(self, other: "Table") -> "Table":
        """This table with what it lacks taken from `other`, table by table; a list counts as one value."""
        return replace(self, values=_completed(self.values, other.values))

    def only(self, known: Sequence[str]) -> None:
        """Refuses keys that mean nothing here: a misspelt limit must not silently keep its default."""
        for key in self.values:
            if key not in known:
                raise self.error(key, f"is unknown here; known are {', '.join(known)}")

    def _list(self, key: str) -> list[object]:
        value = self.get(key)
        if not isinstance(value, list):
            raise self.error(key, f"should be a list, not {value!r}")
        return value

    def _within(self, key: str, value: object, least: int, most: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.error(key, f"should be a whole number from {least} to {most}, not {value!r}")
        return value


def parse(text: str, source: str) -> Table:
    """The whole text as its top table. Raises PolicyError for what is no TOML."""
    try:
        return Table(tomllib.loads(text), "", text, source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise PolicyError(source, line, f"is no TOML: {error}") from error


def _completed(values: Mapping[str, object], others: Mapping[str, object]) -> dict[str, object]:
    found = dict(others) | dict(values)
    for key, value in values.items():
        other = others.get(key)
        if isinstance(value, dict) and isinstance(other, dict):
            found[key] = _completed(value, other)
    return found


def _full(name: str, key: str) -> str:
    return f"{name}.{key}".strip(".")


def _line_of(text: str, table: str, key: str) -> int | None:
    """The line of the key, else of its table's head; None when neither is written."""
    wanted, head, here = _full(table, key), None, ""
    rows: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if opened := TABLE.match(line):
            place = here = _numbered(opened[2], rows, is_row=opened[1] == "[[")
        elif found := KEY.match(line):
            place = _full(here, found[1])  # "limits.reopen_days = 7" stands in the table above as well
        else:
            continue
        if place in {wanted, f"{wanted}#1"}:
            return number
        if place == table:
            head = head or number
    return head


def _numbered(name: str, rows: dict[str, int], *, is_row: bool) -> str:
    """The name with the number of each [[row]] in which it stands: contract.limits below the second is
    contract#2.limits. `rows` counts them."""
    place = ""
    parts = name.split(".")
    for depth, part in enumerate(parts, 1):
        place = _full(place, part)
        if is_row and depth == len(parts):
            rows[place] = rows.get(place, 0) + 1
        if place in rows:
            place = f"{place}#{rows[place]}"
    return place
