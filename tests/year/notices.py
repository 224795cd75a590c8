"""The State Council's notices that arrive in the simulated year: the next year's days, late, and one correction.

They are made up, so that a year can be simulated whose calendar no library knows yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from agreement.announced import Announced
from desk import calendar_editions
from desk.alerting import sitting
from desk.calendar_editions import Day
from desk.rulebook import Rulebook

HOLIDAYS = {
    "元旦": (date(2027, 1, 1),),
    "春节": tuple(date(2027, 2, day) for day in range(5, 12)),
    "清明节": (date(2027, 4, 5),),
    "劳动节": tuple(date(2027, 5, day) for day in range(1, 6)),
    "端午节": (date(2027, 6, 9),),
}
MAKE_UP = {date(2027, 1, 9): "元旦", date(2027, 2, 20): "春节", date(2027, 5, 8): "劳动节"}
THE_NEXT_YEAR = Announced(
    year=2027, off={day: name for name, days in HOLIDAYS.items() for day in days}, work=MAKE_UP
)


@dataclass(frozen=True)
class Notice:
    """What is published at a moment."""

    at: datetime
    edition: str
    days: Mapping[date, Day]


NOTICES = (
    # After New Year, so that clocks which were told by plain weekends run out, are kept and are missed before it.
    Notice(
        datetime(2027, 1, 8, 1, 30, tzinfo=UTC),
        "2027",
        {day: Day(works, THE_NEXT_YEAR.name(day)) for day, works in THE_NEXT_YEAR.of_year().items()},
    ),
    # A published year is corrected: a Thursday rests for the Saturday that was to work.
    Notice(
        datetime(2027, 4, 29, 2, tzinfo=UTC),
        "2027, corrected",
        {date(2027, 5, 6): Day(False, "劳动节"), date(2027, 5, 8): Day(False)},
    ),
)


def publish(session: Session, rulebook: Rulebook, notice: Notice) -> None:
    """Take the notice in as an installation does."""
    calendar_editions.take_in(
        sitting(session, rulebook, notice.at),
        notice.days,
        edition=notice.edition,
        source="the simulated year",
        imported_by="",
    )
