"""A clock that begins behind the work: what has already happened in this round counts for it as well.

A re-sorting, a finding or a late word of urgency starts clocks on a ticket that somebody may have acknowledged,
planned for or gone to. Nobody acknowledges twice, so such a clock hears the history before it runs on.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select

from agreement.promises import MOVED_BY_SCHEDULE, Keeping, Undoing
from agreement.segments import Segment, SegmentKind
from agreement.words import Promise, PromiseState
from desk import clock_rows, watching
from desk.sitting import Sitting
from storage.tables import Event, Plan, PlanStep, PromiseRow, Ticket
from texts.say import from_json

KEEPS: Mapping[str, tuple[Keeping, ...]] = {
    "acknowledge": (Keeping.ACKNOWLEDGED,),
    "answered_at_once": (Keeping.ACKNOWLEDGED, Keeping.ANSWERED),
    "answer": (Keeping.ANSWERED,),
    "propose": (Keeping.PLAN_HANDED_OVER,),
    "depart": (Keeping.DISPATCHED,),
    "arrive": (Keeping.DISPATCHED,),
    "contingency": (Keeping.CONTINGENCY_HANDED_OVER,),
    "fix_plan": (Keeping.FIX_PLAN_HANDED_OVER,),
    "start": (Keeping.STARTED,),
    "done": (Keeping.RESOLVED,),
    "decline": (Keeping.DECLINED,),
}
UNDOES: Mapping[str, Undoing] = {
    "discuss": Undoing.DISCUSSED,
    "not_solved": Undoing.NOT_SOLVED,
    "reject": Undoing.REJECTED,
    "object": Undoing.OBJECTED,
}
# What stands once it is done. All else must be done for this very promise: since it began to count.
STANDS = frozenset({Keeping.ACKNOWLEDGED, Keeping.PLAN_HANDED_OVER})


def begin(
    sitting: Sitting, ticket: Ticket, promises: Iterable[Promise], since: datetime, event: Event
) -> None:
    """Begin those of these clocks that do not run yet, counted from `since`, and let them hear the history."""
    wanted = tuple(promises)
    running = {
        row.promise
        for row in clock_rows.of_round(sitting, ticket, wanted)
        if row.state != PromiseState.WITHDRAWN.value
    }
    fresh = [one for one in wanted if one.value not in running]
    watching.start(sitting, ticket, fresh, since, event)
    history = _history(sitting, ticket) if fresh else []
    for row in clock_rows.of_round(sitting, ticket, fresh):
        for happened in history:
            for segment in _heard(sitting, ticket, row, since, happened):
                clock_rows.note(sitting, row, segment)


def began_at(sitting: Sitting, ticket: Ticket) -> datetime:
    """When the present round was asked for: the report, or the words that opened it anew; merged, the earlier."""
    if ticket.round == 1:
        return ticket.reported_at
    of_round = (Event.ticket_id == ticket.id, Event.round == ticket.round)
    first = sitting.session.scalar(select(func.min(Event.at)).where(*of_round))
    merged = sitting.session.scalars(select(Event).where(*of_round, Event.name == "merged_from")).all()
    earlier = [since for one in merged if isinstance(since := from_json(one.data.get("since")), datetime)]
    return min([first or ticket.reported_at, *earlier])


def _history(sitting: Sitting, ticket: Ticket) -> list[Event]:
    query = select(Event).where(
        Event.ticket_id == ticket.id,
        Event.round == ticket.round,
        Event.name.in_([*KEEPS, *UNDOES, "agree"]),
    )
    return list(sitting.session.scalars(query.order_by(Event.id)))


def _heard(
    sitting: Sitting, ticket: Ticket, row: PromiseRow, since: datetime, happened: Event
) -> list[Segment]:
    at = max(happened.at, since)
    if happened.name in UNDOES:
        return [Segment(SegmentKind.UNKEPT, at, by=UNDOES[happened.name].value, event=happened.id)]
    if happened.name == "agree":
        return [*watching.confirmation(sitting, row, happened), *_moved(sitting, ticket, row, at, happened)]
    return [
        Segment(SegmentKind.KEPT, at, by=one.value, event=happened.id)
        for one in KEEPS[happened.name]
        if one in watching.keepings_of(row) and (one in STANDS or happened.at >= since)
    ]


def _moved(sitting: Sitting, ticket: Ticket, row: PromiseRow, at: datetime, agreed: Event) -> list[Segment]:
    if Promise(row.promise) not in MOVED_BY_SCHEDULE:
        return []
    last = (
        select(func.max(PlanStep.due_at))
        .join(Plan, Plan.id == PlanStep.plan_id)
        .where(Plan.ticket_id == ticket.id, Plan.version == agreed.data["version"])
    )
    due_at = sitting.session.scalar(last)
    if (
        due_at is None or due_at <= row.started_at
    ):  # a schedule that was over before this clock began moves nothing
        return []
    return [Segment(SegmentKind.MOVED, at, due_at=due_at, reason="agree", event=agreed.id)]
