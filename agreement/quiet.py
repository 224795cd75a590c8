"""When a word of our own accord is welcome: follow-ups and monthly reports wait for desk hours of a working day.

Breaks between terms move them too. Nothing here moves a promise or silences its alarm (agreement §3: the hotline
is 365 x 24; Keeping in touch: on the vendor's own initiative).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from agreement.calendar import Workdays

ONE_DAY = timedelta(days=1)
# Month and day of what is free in every year, published or not: 元旦, 劳动节, 国庆节 (全国年节及纪念日放假办法, 2024).
ALWAYS_FREE: Final = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True)
class DeskHours:
    """From when until when on a working day, in the contract's zone; at `closes` itself it is over."""

    opens: time = time(8, 30)
    closes: time = time(18)


@dataclass(frozen=True)
class Break:
    """Days of a school without lessons; the last one counts."""

    first_on: date
    last_on: date
    name: str = ""

    def covers(self, day: date) -> bool:
        """Whether that day is one of the break."""
        return self.first_on <= day <= self.last_on


def next_welcome(
    at: datetime, hours: DeskHours, breaks: Sequence[Break], workdays: Workdays, zone: ZoneInfo
) -> datetime:
    """The first moment from `at` on (aware; answered in UTC) at which an unasked word is welcome.

    A moment within the hours keeps its hour when its day is no good; before them it waits for `opens`, after
    them for `opens` of the next day. `breaks` are those of the person's school; an unpublished year has plain
    weekends and the days that are free every year.
    """
    local = at.astimezone(zone)
    day, hour = local.date(), max(local.timetz().replace(tzinfo=None), hours.opens)
    if hour >= hours.closes:
        day, hour = day + ONE_DAY, hours.opens
    while not _is_worked(day, workdays) or any(one.covers(day) for one in breaks):
        day += ONE_DAY
    return datetime.combine(day, hour, zone).astimezone(UTC)


def _is_worked(day: date, workdays: Workdays) -> bool:
    kind = workdays.on(day)
    return kind.working and not (kind.provisional and (day.month, day.day) in ALWAYS_FREE)
