"""The days in which a receipt may be objected to, counted by a new edition of the calendar: later, never earlier.

What the customer was told stays open until then; where the days really end later, they do, also if the clock had
ended them by days that were not published yet.
"""

from sqlalchemy import select, update

from agreement.terms import Due, due_at
from agreement.words import State
from desk.access import locked
from desk.apart import by_itself
from desk.due_words import due_said
from desk.events import append
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Event, Reminder, Ticket
from storage.work import wake
from texts.say import Say

OVER = "objection_over"


def days_of(sitting: Sitting, ticket: Ticket) -> Due:
    """From now (`at`) on: Civil Code days of the policy, as far as is published."""
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    return due_at(sitting.at, policy.objection, sitting.rulebook.workdays(sitting.session, sitting.now), policy.zone)


def until_said(sitting: Sitting, ticket: Ticket) -> Say | object:
    """Until when, marked where it rests on a year that is not published yet."""
    due = days_of(sitting, ticket)
    return due_said(due.at, provisional=due.provisional)


def count_anew(sitting: Sitting) -> None:
    """Every receipt that was not agreed to. Doing it twice changes nothing."""
    query = select(Ticket.id).where(Ticket.state == State.DECLINED.value, Ticket.objection_until_at.is_not(None))
    for ticket_id in sitting.session.scalars(query.order_by(Ticket.id)).all():
        what = f"counting the objection days of ticket {ticket_id}"
        by_itself(sitting.session, what, lambda ticket_id=ticket_id: _count(sitting, ticket_id))  # type: ignore[misc]


def _count(sitting: Sitting, ticket_id: int) -> None:
    ticket = locked(sitting, ticket_id)
    events = {one.name: one for one in _of_round(sitting, ticket)}  # the newest of each name
    told, receipt = ticket.objection_until_at, events.get("decline")
    if ticket.state != State.DECLINED.value or told is None or receipt is None:
        return
    until = days_of(sitting.as_of(receipt.at), ticket)
    if until.at <= max(told, sitting.now) or "no_objection" in events:
        return
    ticket.objection_until_at, ticket.objection_settled = until.at, False
    sitting.session.execute(
        update(Reminder)
        .where(Reminder.ticket_id == ticket.id, Reminder.name == OVER, Reminder.about == receipt.id)
        .values(due_at=until.at, done_at=None, failures=0)
    )
    wake(sitting.session, "alarms")
    event = append(sitting, ticket, "objection_moved", {"told": told, "until_at": until.at}, visibility="shared")
    said = due_said(until.at, provisional=until.provisional)
    tell(sitting, ticket, event, values={"old_at": told, "until_at": said})


def _of_round(sitting: Sitting, ticket: Ticket) -> list[Event]:
    query = select(Event).where(
        Event.ticket_id == ticket.id,
        Event.round == ticket.round,
        Event.name.in_(("decline", "no_objection")),
    )
    return list(sitting.session.scalars(query.order_by(Event.id)))
