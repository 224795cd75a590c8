"""A published calendar as it comes in: which days of a year rest and which weekend days work, checked.

Three forms are read: a CSV, the JSON of holiday-cn, and the pasted notice of the State Council (holiday_notice.py).
A file without any day means "no notice yet", never "no holidays".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from agreement.calendar import SATURDAY, Workdays

WEEKDAYS: Final = "一二三四五六日"


class AnnouncedError(ValueError):
    """What cannot be read, with the place: a line, or the words themselves."""


@dataclass(frozen=True)
class Announced:
    """What a notice says of one year. Its days may lie in the last of the year before or the first of the next.

    `off` and `work` map a date to the holiday's name: what rests, and which Saturday or Sunday works for it.
    Raises AnnouncedError for a day that is both, and for a make-up day that is a working day anyway.
    """

    year: int
    off: Mapping[date, str]
    work: Mapping[date, str] = field(default_factory=dict)
    number: str = ""  # of the notice, where it says so

    def __post_init__(self) -> None:
        if both := sorted(self.off.keys() & self.work.keys()):
            raise AnnouncedError(f"{both[0]} is said to rest and to work")
        for day in sorted(self.work):
            if day.weekday() < SATURDAY:
                raise AnnouncedError(
                    f"{day} is a 星期{WEEKDAYS[day.weekday()]} and works anyway: is it another year's notice?"
                )
        if far := [one for one in (*self.off, *self.work) if abs(one.year - self.year) > 1]:
            raise AnnouncedError(f"{far[0]} does not belong to {self.year}")

    @property
    def is_empty(self) -> bool:
        """Whether there is no notice yet."""
        return not self.off and not self.work

    def of_year(self) -> dict[date, bool]:
        """Every day of the year: whether it is a working day."""
        days = (date(self.year, 1, 1) + timedelta(days=one) for one in range(366))
        return {day: self._works(day) for day in days if day.year == self.year}

    def outside(self) -> dict[date, bool]:
        """The days of neighbouring years that the notice names."""
        return {day: day in self.work for day in (*self.off, *self.work) if day.year != self.year}

    def name(self, day: date) -> str:
        """The holiday that the day is or works for; empty for an ordinary day."""
        return self.off.get(day) or self.work.get(day) or ""

    def _works(self, day: date) -> bool:
        return day in self.work or (day.weekday() < SATURDAY and day not in self.off)


@dataclass(frozen=True)
class Change:
    """One day that comes out otherwise than before. `was_provisional`: before, only its weekday was known."""

    day: date
    works: bool
    was_provisional: bool
    name: str


def taken(announced: Announced, old: Workdays) -> dict[date, bool]:
    """What an edition writes: its year as a whole, and days of neighbours that are published themselves."""
    outside = {day: works for day, works in announced.outside().items() if day.year in old.years}
    return announced.of_year() | outside


def changes(announced: Announced, old: Workdays) -> list[Change]:
    """What the edition would change, in order of date."""
    return [
        Change(day, works, old.on(day).provisional, announced.name(day))
        for day, works in sorted(taken(announced, old).items())
        if works != old.on(day).working
    ]
