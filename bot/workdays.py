"""The State Council's calendar from a maintained library, as an edition of the desk's own.

The library knows a year some weeks after its notice: with its next release that year comes in by itself, unless
somebody has imported the notice before. Years that are here already stay as they are.
"""

import logging
from datetime import date, datetime
from importlib.metadata import version

import chinese_calendar
from sqlalchemy.orm import Session

from desk import calendar_editions, calendars
from desk.alerting import sitting
from desk.calendar_editions import Day
from desk.rulebook import Rulebook
from desk.seeding import year_of

log = logging.getLogger(__name__)

LIBRARY = "chinesecalendar"
YEARS_BEFORE, YEARS_AFTER = 2, 2  # around the present one, as far as they are published


def published(years: range) -> list[tuple[date, bool, str]]:
    """(day, is it a working day, name of the holiday) of each of these years that the library knows."""
    rows: list[tuple[date, bool, str]] = []
    for year in years:
        try:
            rows += [_row(day) for day in year_of(date(year, 1, 1))]
        except NotImplementedError:  # the library's way to say that this year is not published yet
            continue
    return rows


def _row(day: date) -> tuple[date, bool, str]:
    _, name = chinese_calendar.get_holiday_detail(day)
    return day, bool(chinese_calendar.is_workday(day)), name or ""


def load_calendar(session: Session, rulebook: Rulebook, now: datetime) -> None:
    """Take in the years that the library knows and the tables do not."""
    have = calendars.read(session).newest.years
    rows = published(range(now.year - YEARS_BEFORE, now.year + YEARS_AFTER + 1))
    days = {day: Day(works, name) for day, works, name in rows if day.year not in have}
    if not days:
        return
    source = f"{LIBRARY} {version(LIBRARY)}"
    edition = f"{source}, {min(days).year}-{max(days).year}"
    house = sitting(session, rulebook, now)
    try:
        calendar_editions.take_in(house, days, edition=edition, source=source, imported_by="")
    except calendar_editions.EditionError as error:
        log.warning("calendar: %s is not taken in now: %s", edition, error)
