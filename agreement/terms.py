"""From a start and a term to the instant it is due: the counting of Civil Code art. 201-204.

Minutes and hours run at once. Of working days, days, weeks and months the first day does not count, the last
one ends at 24:00 in the contract's zone, and a last day that is no working day moves to the next working day
(agreement §3, Days, with its sixteen worked examples).
"""

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from agreement.calendar import Workdays

ONE_DAY: Final = timedelta(days=1)
MOST: Final = 10_000  # of any unit: more is a slip of the pen, and would run out of the calendar


class Unit(StrEnum):
    """What a term is counted in."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


AT_ONCE: Final[Mapping[Unit, timedelta]] = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
}


@dataclass(frozen=True)
class Term:
    """A length as the agreement writes it. Raises ValueError for an amount outside 1 … 10000."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MOST:
            raise ValueError(f"a term counts from 1 to {MOST} {self.unit}, not {self.amount}")

    @classmethod
    def parse(cls, text: str) -> "Term":
        """Reads "10 minutes", "1 working day", "2 weeks". Raises ValueError that says what it should be."""
        found = re.fullmatch(r"(\d{1,6}) +([a-z]+(?:[ _][a-z]+)?)", text.strip().lower())
        unit = UNITS_AS_WRITTEN.get(found[2].replace(" ", "_")) if found else None
        if found is None or unit is None:
            raise ValueError(f'"{text}" is no term: write a number and one of {", ".join(Unit)}')
        return cls(int(found[1]), unit)

    def __str__(self) -> str:
        words = self.unit.value.replace("_", " ")
        return f"{self.amount} {words if self.amount != 1 else words[:-1]}"


UNITS_AS_WRITTEN: Final[Mapping[str, Unit]] = {unit.value: unit for unit in Unit} | {
    unit.value[:-1]: unit for unit in Unit
}


@dataclass(frozen=True)
class Due:
    """When a term ends, and how that was counted, so that 为什么 can be answered.

    `at` is UTC; 24:00 of a day is 00:00 of the next one. `counted` are the days that count, the last one
    being the day whose 24:00 is meant; `skipped` are the days passed over because they are no working days;
    both in the contract's zone and empty for minutes and hours. `provisional`: one of the days that decided
    lies in a year without a published calendar.
    """

    at: datetime
    provisional: bool = False
    counted: tuple[date, ...] = ()
    skipped: tuple[date, ...] = ()


def due_at(start: datetime, term: Term, workdays: Workdays, zone: ZoneInfo) -> Due:
    """When a term that starts then is due. `start` is timezone-aware; raises ValueError for a naive one."""
    if start.tzinfo is None:
        raise ValueError("a term starts at a datetime with a time zone")
    if term.unit in AT_ONCE:
        return Due(start.astimezone(UTC) + term.amount * AT_ONCE[term.unit])
    first = start.astimezone(zone).date()
    if term.unit is Unit.WORKING_DAYS:
        return _after_working_days(first, term.amount, workdays, zone)
    return _by_the_calendar(first, LAST_DAY[term.unit](first, term.amount), workdays, zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """24:00 of that day in that zone, as UTC."""
    return datetime.combine(day + ONE_DAY, time(), zone).astimezone(UTC)


def _after_working_days(first: date, amount: int, workdays: Workdays, zone: ZoneInfo) -> Due:
    counted: list[date] = []
    skipped: list[date] = []
    provisional = False
    for day in _days_after(first):
        kind = workdays.on(day)
        provisional |= kind.provisional
        (counted if kind.working else skipped).append(day)
        if len(counted) == amount:
            break
    return Due(end_of(counted[-1], zone), provisional, tuple(counted), tuple(skipped))


def _by_the_calendar(first: date, last: date, workdays: Workdays, zone: ZoneInfo) -> Due:
    counted = [first + n * ONE_DAY for n in range(1, (last - first).days + 1)]
    skipped: list[date] = []
    kind = workdays.on(last)
    provisional = kind.provisional
    while not kind.working:  # art. 203: moves to the next working day
        skipped.append(counted.pop())
        counted.append(skipped[-1] + ONE_DAY)
        kind = workdays.on(counted[-1])
        provisional |= kind.provisional
    return Due(end_of(counted[-1], zone), provisional, tuple(counted), tuple(skipped))


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += ONE_DAY
        yield day


def _same_date(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


LAST_DAY: Final[Mapping[Unit, Callable[[date, int], date]]] = {
    Unit.DAYS: lambda first, amount: first + amount * ONE_DAY,
    Unit.WEEKS: lambda first, amount: first + 7 * amount * ONE_DAY,
    Unit.MONTHS: _same_date,
}
