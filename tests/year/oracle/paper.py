"""The wall calendar: which days are working days as far as is published, and when a term ends, day by day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# > All in the contract's time zone (Asia/Shanghai).
ZONE = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


class Paper:
    """Every edition of the calendar with the moment it was published."""

    def __init__(self) -> None:
        self.editions: list[tuple[datetime, dict[date, bool]]] = []

    def publish(self, at: datetime, days: dict[date, bool]) -> None:
        """From this moment on these days are known."""
        self.editions.append((at, days))

    def known(self, at: datetime) -> dict[date, bool]:
        """All days that are known at this moment; a later edition corrects an earlier one."""
        days: dict[date, bool] = {}
        for published_at, edition in sorted(self.editions, key=lambda one: one[0]):
            if published_at <= at:
                days.update(edition)
        return days


def is_published(day: date, known: dict[date, bool]) -> bool:
    """Whether this day's year is in print: a year is printed as a whole."""
    return date(day.year, 1, 1) in known


def is_working(day: date, known: dict[date, bool]) -> bool:
    """Whether people work on that day, as far as is known."""
    # > Working days are those of the State Council's calendar: a make-up Saturday or Sunday is one, a holiday
    # is none. A year whose calendar is not published yet counts plain weekends.
    return known[day] if is_published(day, known) else day.isoweekday() <= 5


def end_of_term(start: datetime, term: str, known: dict[date, bool]) -> tuple[datetime, bool]:
    """When a term such as "3 working days" is over, and whether that rests on an unpublished year."""
    amount, _, unit = term.partition(" ")
    left, unit = int(amount), unit.rstrip("s")
    # > Minutes and hours run at once.
    if unit == "minute":
        return start + timedelta(minutes=left), False
    if unit == "hour":
        return start + timedelta(minutes=60 * left), False
    # > The first day does not count.
    first = start.astimezone(ZONE).date()
    if unit == "working day":
        last, sure = _after_working_days(first, left, known)
    else:
        last, sure = _moved_off_holidays(_on_the_calendar(first, left, unit), known)
    # > The last day ends at 24:00.
    return datetime.combine(last + ONE_DAY, time(0), ZONE), not sure


def _after_working_days(first: date, left: int, known: dict[date, bool]) -> tuple[date, bool]:
    # > Working-day terms count working days.
    day, sure = first, True
    while left > 0:
        day += ONE_DAY
        sure = sure and is_published(day, known)
        if is_working(day, known):
            left -= 1
    return day, sure


def _on_the_calendar(first: date, left: int, unit: str) -> date:
    if unit == "month":
        return _after_months(first, left)
    day = first
    for _ in range(left * {"day": 1, "week": 7}[unit]):
        day += ONE_DAY
    return day


def _after_months(first: date, left: int) -> date:
    # > A month ends on the same date, or the month's last day.
    day = first
    while left > 0:
        day = day.replace(day=1)
        month = day.month
        while day.month == month:
            day += ONE_DAY
        left -= 1
    month = day.month
    while day.day < first.day and (day + ONE_DAY).month == month:
        day += ONE_DAY
    return day


def _moved_off_holidays(day: date, known: dict[date, bool]) -> tuple[date, bool]:
    # > A last day that is no working day moves to the next working day.
    sure = is_published(day, known)
    while not is_working(day, known):
        day += ONE_DAY
        sure = sure and is_published(day, known)
    return day, sure
