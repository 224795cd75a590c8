"""What a newly published workday calendar does to a promise: the one move that no person decides.

A due time that fell on days not yet published was told as provisional. The edition sets it right, with one
reserve: no edition makes late what was in time on the day it was told (agreement §3, Fine points).
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from agreement.calendar import Workdays
from agreement.clocks import CALENDAR, Life, Segment, SegmentKind, derive
from agreement.terms import Term
from agreement.words import PromiseState


def on_new_edition(
    segments: Sequence[Segment], term: Term | None, old: Workdays, new: Workdays, zone: ZoneInfo, at: datetime
) -> Segment | None:
    """The move to append when the edition `new` takes the place of `old` at that moment; None: no change.

    Ask it for every promise that counts a day of the edition, also for kept and broken ones: a later due time
    undoes a break that only the provisional days had made; what published days had broken stays broken as
    told. Moves by earlier editions are counted anew. From then on `derive` is given `new`.
    """
    told = derive(segments, term, old, zone, at)
    right = derive([one for one in segments if not _by_calendar(one)], term, new, zone, at)
    if told.state is PromiseState.WITHDRAWN:
        return None
    booked = told.state is PromiseState.BROKEN and not told.provisional
    in_time = right.due_at >= min(told.due_at, _judged_at(told, at)) and not booked
    due_at = right.due_at if in_time else told.due_at
    if due_at == told.due_at == derive(segments, term, new, zone, at).due_at:
        return None
    return Segment(SegmentKind.MOVED, at, due_at=due_at, reason=CALENDAR)


def _by_calendar(segment: Segment) -> bool:
    return segment.kind is SegmentKind.MOVED and segment.reason == CALENDAR


def _judged_at(told: Life, at: datetime) -> datetime:
    """Until when the promise was in time by what was told: it was kept then, or still ran."""
    return told.kept_at or at
