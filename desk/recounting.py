"""The promises of one ticket counted by a new edition of the calendar: moved, booked, told once with old and new.

The rule is `agreement/editions.py`; what a move of the clock does to its ladder is `agreement/escalation.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, select, update

from agreement.clocks import Life, derive
from agreement.days import begins
from agreement.editions import on_new_edition
from agreement.escalation import stage_after_move
from agreement.policy_file import DEFAULT
from agreement.segments import Segment, segments_from_json
from agreement.words import Promise
from desk import clock_rows
from desk.access import locked
from desk.due_words import due_said, promise_said
from desk.events import append
from desk.planning import below
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Alarm, PromiseRow, Ticket
from texts.say import Say, say


@dataclass(frozen=True)
class Moved:
    """One clock before and after."""

    row: PromiseRow
    told: Life
    segment: Segment
    right: Life


def first_moment(changed: Sequence[str]) -> datetime:
    """Midnight before the first of these dates: what was due until then counts no changed day."""
    return begins(min(map(date.fromisoformat, changed)), DEFAULT.zone)


def count_ticket(sitting: Sitting, ticket_id: int, *, imported_by: str) -> None:
    """Count every clock of this ticket that was told by an older edition. Doing it twice changes nothing."""
    ticket = locked(sitting, ticket_id)
    moved = [one for row in _told_by_older(sitting, ticket) if (one := _counted(sitting, row)) is not None]
    if not moved:
        return
    shown = [one for one in moved if _concerns(one)]
    event = append(
        sitting,
        ticket,
        "calendar_moved" if shown else "calendar_settled",
        {
            "edition": moved[0].row.calendar_edition,
            "by": imported_by,
            "moves": [_as_data(one) for one in moved],
        },
        visibility="shared" if shown else "internal",
    )
    for one in moved:
        clock_rows.note(sitting, one.row, replace(one.segment, event=event.id))
    if shown:
        tell(sitting, ticket, event, values={"changes": below([_change(one) for one in shown])})


def set_aside(sitting: Sitting, ticket_id: int, edition: str) -> None:
    """Leave the clocks of this ticket to a human: they are not taken up again by themselves."""
    sitting.session.execute(
        update(PromiseRow).where(PromiseRow.ticket_id == ticket_id).values(calendar_edition=edition)
    )


def _told_by_older(sitting: Sitting, ticket: Ticket) -> list[PromiseRow]:
    newest = sitting.rulebook.workdays(sitting.session, sitting.now).edition
    query = (
        select(PromiseRow)
        .where(
            PromiseRow.ticket_id == ticket.id,
            PromiseRow.calendar_edition != newest,
        )
        .order_by(PromiseRow.id)
        .with_for_update()
    )
    return list(sitting.session.scalars(query))


def _counted(sitting: Sitting, row: PromiseRow) -> Moved | None:
    """The move that the edition makes, the row's ladder set for it; None where the due time stays.

    A withdrawn clock is moved by nothing; the due time in its row is made anew like any cache.
    """
    newest = sitting.rulebook.workdays(sitting.session, sitting.now)
    policy = sitting.rulebook.policy(sitting.session, row.policy_id)
    old = sitting.rulebook.calendars(sitting.session, sitting.now).told_by(row.calendar_edition)
    segments, term = segments_from_json(row.segments), policy.terms.get(Promise(row.promise))
    told = derive(segments, term, old, policy.zone, sitting.now)
    move = on_new_edition(segments, term, old, newest, policy.zone, sitting.now)
    right = derive([*segments, *([move] if move else [])], term, newest, policy.zone, sitting.now)
    row.calendar_edition = newest.edition
    _set_ladder(sitting, row, right)
    clock_rows.refresh(sitting, row)
    return Moved(row, told, move, right) if move is not None else None


def _set_ladder(sitting: Sitting, row: PromiseRow, right: Life) -> None:
    """Rungs of the old due time that lie ahead again are told anew; a breach that only waited is looked at again."""
    ladder = sitting.rulebook.policy(sitting.session, row.policy_id).ladder
    stage, again = stage_after_move(right.runs_from, right.due_at, row.stage, ladder, sitting.now)
    row.stage = stage
    row.is_known = row.is_known and not again  # what calls anew is known anew
    if again:
        sitting.session.execute(delete(Alarm).where(Alarm.promise_id == row.id, Alarm.stage.in_(again)))


def _concerns(one: Moved) -> bool:
    """Whether anybody still waits for this clock, or its fate has changed."""
    waiting = one.right.fulfilled_at is None and one.right.kept_at is None
    return (waiting or one.told.state is not one.right.state) and one.told.due_at != one.right.due_at


def _as_data(one: Moved) -> list[object]:
    return [one.row.promise, one.row.step, one.told.due_at, one.right.due_at]


def _change(one: Moved) -> Say:
    return say(
        "calendar.change",
        promise=promise_said(one.row.promise, one.row.step),
        old_at=one.told.due_at,
        new_at=due_said(one.right.due_at, provisional=one.right.provisional),
    )
