"""The State Council's calendar from a maintained library, as rows for `calendar_days`."""

from datetime import date

import chinese_calendar

from desk.seeding import year_of

EDITION = f"chinesecalendar {getattr(chinese_calendar, '__version__', '1.11.0')}"


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
