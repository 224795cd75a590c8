"""Which days are working days: the State Council's calendar as a value, also where it is not published yet.

Day data come in from outside (a table of imported notices); this module reads nothing. A year that no
notice covers is answered with plain weekends, marked provisional (agreement §3, Days: 暂按周末推算), so no
caller ever has to catch a missing year.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

SATURDAY: Final = 5  # date.weekday()


@dataclass(frozen=True)
class DayKind:
    """What one day is. `provisional`: its year has no published calendar, so only weekends were looked at."""

    working: bool
    provisional: bool
    name: str = ""  # the holiday's name where the notice gives one


@dataclass(frozen=True)
class Workdays:
    """One edition of the calendar.

    `days` maps a date to "is a working day" and wins over the weekday: False on a holiday, True on a make-up
    Saturday or Sunday; ordinary days may be left out. A year counts as published only when it stands in
    `years`: an imported file without any day means "no notice yet", never "no holidays".
    """

    edition: str
    days: Mapping[date, bool]
    years: frozenset[int]
    names: Mapping[date, str] = field(default_factory=dict)

    def on(self, day: date) -> DayKind:
        """What this day is. Never raises for an unknown year."""
        plain = day.weekday() < SATURDAY
        if day.year not in self.years:
            return DayKind(working=plain, provisional=True)
        return DayKind(self.days.get(day, plain), provisional=False, name=self.names.get(day, ""))


UNPUBLISHED: Final = Workdays(edition="", days={}, years=frozenset())
