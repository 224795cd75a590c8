"""What happens to the clocks of a ticket: start, keep, un-keep, move, withdraw. Every change is a segment."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select

from agreement.clocks import Life
from agreement.lifecycle import OWED_BEYOND
from agreement.promises import KEPT_BY, UNDONE_BY, Keeping, Undoing
from agreement.segments import Segment, SegmentKind, segments_to_json
from agreement.words import Promise, PromiseState
from desk.clock_rows import LIVE, NewClock, caches, life_of, life_with, note, of_round, refresh
from desk.sitting import Sitting
from storage.many import insert_many
from storage.tables import Alarm, Event, PromiseRow, RingRow, Ticket

KEPT_BY_PLAN = [one for one, keepings in KEPT_BY.items() if Keeping.PLAN_HANDED_OVER in keepings]
COLUMNS = tuple(column.key for column in PromiseRow.__table__.columns if column.key != "id")
BEGUN = insert_many(PromiseRow.__table__, COLUMNS, lambda new: new)


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """One clock about to begin; a plan's step brings its own due time in its first segment."""

    promise: Promise
    first: Segment
    step: int = 0
    plan: int = 0


def start(
    sitting: Sitting, ticket: Ticket, promises: Iterable[Promise], started_at: datetime, event: Event
) -> None:
    """Begin these clocks on a ticket that may have had them before: a withdrawn one begins anew.

    `started_at` is when they count from, not now.
    """
    first = Segment(SegmentKind.STARTED, started_at, event=event.id)
    wanted = tuple(promises)
    had = {row.promise: row for row in of_round(sitting, ticket, wanted)}
    for row in had.values():
        if row.state == PromiseState.WITHDRAWN.value:
            _begin_anew(sitting, row, first)
    begin(sitting, ticket, [Beginning(promise=one, first=first) for one in wanted if one.value not in had])


def _begin_anew(sitting: Sitting, row: PromiseRow, first: Segment) -> None:
    """Its ladder begins anew as well. Counted from the same moment as before it has the same rungs: told stays told."""
    counted_from = row.started_at
    row.stage = ""
    if note(sitting, row, first).started_at == counted_from:
        return
    rung = (RingRow.ticket_id == row.ticket_id, RingRow.round == row.round, RingRow.promise == row.promise)
    sitting.session.execute(delete(Alarm).where(Alarm.promise_id == row.id))
    sitting.session.execute(delete(RingRow).where(*rung))


def begin(sitting: Sitting, ticket: Ticket, beginnings: Sequence[Beginning]) -> list[Life]:
    """Begin clocks, all in one statement; what they come to, in their order."""
    edition = sitting.rulebook.workdays(sitting.session, sitting.now).edition
    clocks = [
        NewClock(
            ticket_id=ticket.id,
            promise=one.promise.value,
            round=ticket.round,
            step=one.step,
            plan=one.plan,
            policy_id=ticket.policy_id,
            calendar_edition=edition,
            segments=segments_to_json([one.first]),
        )
        for one in beginnings
    ]
    lives = [life_of(sitting, one) for one in clocks]
    rows = [{**vars(one), **caches(sitting, one, life)} for one, life in zip(clocks, lives, strict=True)]
    BEGUN.run_later(sitting.session, rows)
    return lives


def keep(sitting: Sitting, ticket: Ticket, keeping: Keeping, event: Event) -> None:
    """What happened keeps every promise of this round that asks for it, and what an earlier one still owes."""
    kept = {promise for promise, keepings in KEPT_BY.items() if keeping in keepings}
    for row in [*_of_before(sitting, ticket, kept & OWED_BEYOND.keys()), *of_round(sitting, ticket, kept)]:
        if row.state != PromiseState.WITHDRAWN.value:
            note(sitting, row, Segment(SegmentKind.KEPT, sitting.at, by=keeping.value, event=event.id))


def _of_before(sitting: Sitting, ticket: Ticket, promises: set[Promise]) -> Sequence[PromiseRow]:
    """These clocks of the rounds before, locked."""
    if ticket.round == 1 or not promises:
        return ()
    rows = select(PromiseRow).where(
        PromiseRow.ticket_id == ticket.id,
        PromiseRow.round < ticket.round,
        PromiseRow.promise.in_([promise.value for promise in promises]),
    )
    return sitting.session.scalars(rows.order_by(PromiseRow.id).with_for_update()).all()


def ring_again(sitting: Sitting, ticket: Ticket) -> None:
    """The matter had ended and is open again in the same round: its ladders go on."""
    for row in of_round(sitting, ticket, tuple(Promise)):
        refresh(sitting, row)


def step_done(sitting: Sitting, ticket: Ticket, step: int, event: Event) -> None:
    """One step of the schedule in force is done; a step of an older one has the number but is another."""
    rows = of_round(sitting, ticket, {Promise.PLAN_STEP})
    newest = max((row.plan for row in rows), default=0)
    for row in rows:
        if (row.plan, row.step) == (newest, step):
            by = Keeping.STEP_DONE.value
            note(sitting, row, Segment(SegmentKind.KEPT, sitting.at, by=by, event=event.id))


def confirm(sitting: Sitting, ticket: Ticket, event: Event) -> None:
    """The customer agreed to the plan: what its handing over keeps is kept for good (agreement §3)."""
    for row in of_round(sitting, ticket, KEPT_BY_PLAN):
        for segment in confirmation(sitting, row, event):
            note(sitting, row, segment)


def confirmation(sitting: Sitting, row: PromiseRow, event: Event) -> list[Segment]:
    """The same for one clock, if a plan keeps it: counted from the handing over, not from the customer's answer."""
    life = life_of(sitting, row)
    handed_at = life.kept_at or life.fulfilled_at
    if (
        handed_at is None
        or row.state == PromiseState.WITHDRAWN.value
        or Promise(row.promise) not in KEPT_BY_PLAN
    ):
        return []
    return [Segment(SegmentKind.KEPT, handed_at, by=Keeping.PLAN_AGREED.value, event=event.id)]


def unkeep(sitting: Sitting, ticket: Ticket, undoing: Undoing, event: Event) -> None:
    """What had kept a promise is undone: past its due time it is broken as of then, before it it runs again."""
    undone = {promise for promise, keepings in KEPT_BY.items() if keepings & UNDONE_BY[undoing]}
    for row in of_round(sitting, ticket, undone):
        if row.state != PromiseState.WITHDRAWN.value:
            note(sitting, row, Segment(SegmentKind.UNKEPT, sitting.at, by=undoing.value, event=event.id))


def keepings_of(row: PromiseRow) -> frozenset[Keeping]:
    """What can keep this clock."""
    return KEPT_BY[Promise(row.promise)]


def withdraw(sitting: Sitting, ticket: Ticket, promises: Collection[Promise], event: Event) -> None:
    """The ticket was cancelled, merged or re-sorted: what runs or was kept is withdrawn, what is broken stays."""
    for row in of_round(sitting, ticket, promises):
        if row.state != PromiseState.WITHDRAWN.value:
            note(sitting, row, _withdrawal(sitting, row, event))


def _withdrawal(sitting: Sitting, row: PromiseRow, event: Event) -> Segment:
    """With the due time that people were told, which no calendar published afterwards changes any more."""
    plain = Segment(SegmentKind.WITHDRAWN, sitting.at, reason=event.name, event=event.id)
    life = life_with(sitting, row, plain)
    return plain if life.provisional else replace(plain, due_at=life.due_at)


def move(
    sitting: Sitting, ticket: Ticket, promises: Collection[Promise], due_at: datetime, event: Event
) -> None:
    """A schedule that the customer confirmed moves these promises to another due time.

    Also one that only a provisional day has broken: whether it was in time then, the edition decides.
    """
    for row in of_round(sitting, ticket, promises):
        if row.state in LIVE or (row.is_provisional and row.state == PromiseState.BROKEN.value):
            note(
                sitting,
                row,
                Segment(SegmentKind.MOVED, sitting.at, due_at=due_at, event=event.id, reason=event.name),
            )
