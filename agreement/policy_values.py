"""One value of a policy's text, such as a term or a sum of money; a complaint names its line and what it should be."""

from datetime import time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agreement.terms import Term, Unit
from agreement.toml_lines import Table

# What is warned of ahead is no promise: a day is 24 hours here, and nothing of the calendar moves it.
OF_UNIT: Final = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
    Unit.WEEKS: timedelta(weeks=1),
}
E = TypeVar("E", bound=StrEnum)


def zone(top: Table) -> ZoneInfo:
    """The time zone by which days and hours are counted."""
    name = top.string("zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise top.error("zone", f'should be a time zone such as "Asia/Shanghai", not "{name}"') from error


def hour(table: Table, key: str) -> time:
    """An hour of the day."""
    text = table.string(key)
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise table.error(key, f'should be an hour such as "08:30", not "{text}"') from error


def term(table: Table, key: str) -> Term:
    """How long a promise may take."""
    try:
        return Term.parse(table.string(key))
    except ValueError as error:
        raise table.error(key, f"is wrong: {error}") from error


def lengths(table: Table, key: str) -> tuple[timedelta, ...]:
    """A list of lengths of time."""
    return tuple(_length(table, key, text) for text in table.strings(key))


def _length(table: Table, key: str, text: str) -> timedelta:
    try:
        found = Term.parse(text)
    except ValueError as error:
        raise table.error(key, f"is wrong: {error}") from error
    if found.unit not in OF_UNIT:
        raise table.error(key, f'should be in minutes, hours, days or weeks, not "{text}"')
    return found.amount * OF_UNIT[found.unit]


def fen(table: Table, key: str) -> int:
    """A sum that is written in yuan."""
    text = table.string(key)
    try:
        found = Decimal(text) * 100
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or found < 0 or found != int(found):
        raise table.error(key, f'should be a sum such as "500.00", not "{text}"')
    return int(found)


def words(of: type[E], table: Table, key: str) -> tuple[E, ...]:
    """A list of words of the agreement."""
    known = {word.value: word for word in of}
    for text in table.strings(key):
        if text not in known:
            raise table.error(key, f'names "{text}"; known are {", ".join(known)}')
    return tuple(known[text] for text in table.strings(key))
