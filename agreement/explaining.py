"""为什么: how a due time came about, as a value: which promise, by which limit, from when, which days, what moved it.

Nothing is decided here. The same segments and the same count that the clock lives by are laid open; the desk adds
who stands behind each of them, and the texts say it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agreement.calendar import Workdays
from agreement.clocks import Life, derive
from agreement.policy import Policy
from agreement.promises import ROW_OF
from agreement.segments import CALENDAR, Segment, SegmentKind
from agreement.terms import ONE_DAY, Term, Unit
from agreement.words import Promise


class Counting(StrEnum):
    """How the due time is found."""

    AT_ONCE = "at_once"  # minutes and hours, at any hour of any day
    WORKING_DAYS = "working_days"  # only working days count
    DATES = "dates"  # days, weeks and months; a last day that is no working day moves on
    OWN_DATE = "own_date"  # the date that the plan itself names
    AGREED = "agreed"  # moved: the term no longer counts




@dataclass(frozen=True)
class Days:
    """Consecutive days, with the holiday's name where all of them have the same one."""

    first: date
    last: date
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """One clock laid open. `term` is None for a step of a plan; `turns` are what came after the first start."""

    promise: Promise
    clause: str
    is_agreements: bool
    policy: str
    term: Term | None
    counting: Counting
    start: Segment
    turns: tuple[Segment, ...]
    life: Life
    counted: tuple[Days, ...]
    skipped: tuple[Days, ...]
    calendar: str  # the edition that the days were counted by; empty where none matters


def explain(
    promise: Promise, segments: Sequence[Segment], policy: Policy, workdays: Workdays, now: datetime
) -> Explanation:
    """Why this clock is due when it is."""
    term = policy.terms.get(promise)
    life = derive(segments, term, workdays, policy.zone, now)
    count = life.count
    return Explanation(
        promise=promise,
        clause=ROW_OF[promise].clause,
        is_agreements=policy.is_agreements(promise),
        policy=policy.version,
        term=term,
        counting=_counting(term, life, segments),
        start=segments[0],
        turns=tuple(segments[1:]),
        life=life,
        counted=runs(count.counted, workdays) if count else (),
        skipped=runs(count.skipped, workdays) if count else (),
        calendar=workdays.edition if count and count.counted else "",
    )


def _counting(term: Term | None, life: Life, segments: Sequence[Segment]) -> Counting:
    if term is None:
        return Counting.OWN_DATE
    if life.count is not None and life.count.counted:
        return Counting.WORKING_DAYS if term.unit is Unit.WORKING_DAYS else Counting.DATES
    was_moved = any(one.kind is SegmentKind.MOVED and one.reason != CALENDAR for one in segments)
    return Counting.AGREED if was_moved else Counting.AT_ONCE


def runs(days: Iterable[date], workdays: Workdays) -> tuple[Days, ...]:
    """These days in order as runs of consecutive ones; a holiday's days are a run of their own."""
    found: list[Days] = []
    for day in days:
        name = workdays.on(day).name
        if found and found[-1].last + ONE_DAY == day and found[-1].name == name:
            found[-1] = Days(found[-1].first, day, name)
        else:
            found.append(Days(day, day, name))
    return tuple(found)
