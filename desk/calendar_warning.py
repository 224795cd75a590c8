"""The warning that a year's calendar is missing: to desk and manager, once a week from 1 November.

A job of the day asks on every working day; the week is in the key of the telling, so that downtime on Monday
is made up for on Wednesday and nobody is told twice in a week.
"""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from agreement.calendar import Workdays
from agreement.policy_file import DEFAULT
from desk import news
from desk.sitting import Sitting
from storage.tables import DailyRun

JOB: Final = "calendar_warning"
FROM_MONTH: Final = 11  # the State Council's notice came out in October or November in every recent year
# Whoever installs the desk is told at its start that the year is missing; the weekly warning comes later.
PATIENCE: Final = timedelta(days=14)


def missing_year(today: date, workdays: Workdays) -> int | None:
    """The year whose calendar should be here by now, and is not."""
    if today.year not in workdays.years:
        return today.year
    return today.year + 1 if today.month >= FROM_MONTH and today.year + 1 not in workdays.years else None


def warn(sitting: Sitting) -> None:
    """Tell desk and manager, unless they were told this week, it is a day off, or the house is new."""
    today = sitting.now.astimezone(DEFAULT.zone).date()
    workdays = sitting.rulebook.workdays(sitting.session, sitting.now)
    year = missing_year(today, workdays)
    if year is None or not workdays.on(today).working or _is_new(sitting, today):
        return
    week = today.isocalendar()
    key = f"calendar_missing:{year}:{week.year}-{week.week}"
    news.to_roles(sitting, "calendar_missing", {"year": str(year)}, key=key)


def _is_new(sitting: Sitting, today: date) -> bool:
    first = sitting.session.scalar(select(func.min(DailyRun.day)).where(DailyRun.job == JOB))
    return first is None or today - first < PATIENCE
