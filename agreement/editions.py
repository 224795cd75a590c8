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

    Ask it for every promise whose due time was provisional, also for kept and broken ones: a later due time
    undoes a break that only the provisional days had made. From then on `derive` is given `new`.
    """
    told = derive(segments, term, old, zone, at)
    right = derive(segments, term, new, zone, at)
    if told.state is PromiseState.WITHDRAWN or told.due_at == right.due_at:
        return None
    due_at = right.due_at if right.due_at >= min(told.due_at, _judged_at(told, at)) else told.due_at
    return Segment(SegmentKind.MOVED, at, due_at=due_at, reason=CALENDAR)


def _judged_at(told: Life, at: datetime) -> datetime:
    """Until when the promise was in time by what was told: it was kept then, or still ran."""
    return told.kept_at or at
