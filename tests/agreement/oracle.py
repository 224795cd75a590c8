"""A naive second opinion on terms and clocks, written without looking at how `agreement/` counts.

Terms walk from midnight to midnight; a clock is a budget of minutes that is used up one by one. Slow on
purpose: nothing here is clever enough to be wrong in the same way.
"""

import calendar
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

IsWorking = Callable[[date], bool]


def due(start: datetime, amount: int, unit: str, is_working: IsWorking, zone: ZoneInfo) -> datetime:
    """When the term is over, in local time."""
    local = start.astimezone(zone)
    if unit in ("minutes", "hours"):
        minutes = amount if unit == "minutes" else amount * 60
        return start + timedelta(seconds=60 * minutes)
    midnight = datetime.combine(local.date(), time(), zone)
    last = WALKS[unit](midnight.date(), amount, is_working)
    while unit != "working_days" and not is_working(last):
        last = date.fromordinal(last.toordinal() + 1)
    return datetime.combine(date.fromordinal(last.toordinal() + 1), time(), zone)


def _walk_working_days(first: date, amount: int, is_working: IsWorking) -> date:
    day, left = first, amount
    while left:
        day = date.fromordinal(day.toordinal() + 1)
        if is_working(day):
            left -= 1
    return day


def _walk_days(first: date, amount: int, is_working: IsWorking) -> date:
    day = first
    for _ in range(amount):
        day = date.fromordinal(day.toordinal() + 1)
    return day


def _walk_weeks(first: date, amount: int, is_working: IsWorking) -> date:
    day, left = first, amount
    while left:
        day = date.fromordinal(day.toordinal() + 1)
        left -= day.weekday() == first.weekday()
    return day


def _walk_months(first: date, amount: int, is_working: IsWorking) -> date:
    day, turned = first, 0
    while True:
        day = date.fromordinal(day.toordinal() + 1)
        turned += day.day == 1
        is_last = day.day == calendar.monthrange(day.year, day.month)[1]
        if turned == amount and (day.day == first.day or (is_last and day.day < first.day)):
            return day


WALKS: Mapping[str, Callable[[date, int, IsWorking], date]] = {
    "working_days": _walk_working_days,
    "days": _walk_days,
    "weeks": _walk_weeks,
    "months": _walk_months,
}


def life(budget: int, happenings: Sequence[tuple[int, str]], now: int) -> tuple[str, int | None]:
    """State of a promise of `budget` minutes at minute `now`, and the minute in which it broke.

    Minute by minute: first what happens in that minute, then the minute is used up unless it is a pause.
    A promise that has used more than its budget without being kept is broken, as of the minute it ran out.
    """
    used, ran_out = 0, 0
    kept = paused = withdrawn = broken = False
    for minute in range(now + 1):
        if used == budget:  # a pause in this very minute holds it there
            ran_out = minute
        late = used > budget
        for at, what in happenings:
            if at != minute:
                continue
            broken = broken or (late and not kept and not paused and not withdrawn)
            if what == "kept" and not withdrawn:
                kept, paused = True, False
            elif what == "unkept" and kept:
                kept = False
                broken = broken or (late and not withdrawn)
            elif what == "paused" and not (kept or withdrawn or broken):
                paused = True
            elif what == "resumed":
                paused = False
            elif what == "withdrawn" and not broken:
                withdrawn, paused = True, False
        broken = broken or (late and not kept and not paused and not withdrawn)
        if not paused:
            used += 1
    if broken:
        return "broken", ran_out
    state = "withdrawn" if withdrawn else "kept" if kept else "paused" if paused else "running"
    return state, None
