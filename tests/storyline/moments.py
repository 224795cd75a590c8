"""The forms of time in a story: moments, waits, and the way `+ 2 workdays` goes."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

ZONE = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
SATURDAY = 5
UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": ONE_DAY,
}
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2})(?::(\d{2}))?")


def read_moment(text: str) -> datetime:
    """`2026-11-23 14:00`, seconds optional; `24:00` is the end of that day. Raises ValueError otherwise."""
    found = MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(f'"{text}" is no moment: write it like 2026-11-23 14:00')
    day = read_day(found[1])
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if (hour, minute, second) == (24, 0, 0):
        return datetime.combine(day + ONE_DAY, time(), ZONE)
    try:
        return datetime.combine(day, time(hour, minute, second), ZONE)
    except ValueError as wrong:
        raise ValueError(f'"{text}" is no moment: {wrong}') from wrong


def read_day(text: str) -> date:
    """`2026-03-01`. Raises ValueError otherwise."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(f'"{text}" is no date: write it like 2026-03-01')
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ValueError(f'"{text}" is no date: {wrong}') from wrong


def read_length(text: str) -> timedelta | None:
    """`8m`, `30s`, `2h`, `1d`; None for anything else."""
    found = re.fullmatch(r"(\d{1,6})([smhd])", text)
    return int(found[1]) * UNITS[found[2]] if found else None


def read_workdays(text: str) -> int | None:
    """`1 workday`, `2 workdays`; None for anything else."""
    found = re.fullmatch(r"(\d{1,4}) workdays?", text)
    return int(found[1]) if found else None


def after_workdays(moment: datetime, days: int) -> datetime:
    """So many working days later, at the same hour; a start on a day off counts from there."""
    local = moment.astimezone(ZONE)
    day = local.date()
    while days:
        day += ONE_DAY
        days -= is_workday(day)
    return datetime.combine(day, local.time(), ZONE)


def is_workday(day: date) -> bool:
    """By the State Council's calendar; a year without one has plain weekends."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


def written(moment: datetime) -> str:
    """A moment in the form of the stories."""
    local = moment.astimezone(ZONE)
    return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")
