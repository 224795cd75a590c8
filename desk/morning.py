"""The morning's list of an engineer on duty: what is theirs, what is nobody's, steps due today, calls. Or silence."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from agreement.lifecycle import UNRESOLVED
from agreement.terms import end_of
from agreement.words import Promise, PromiseState
from desk.alarming import on_duty
from desk.digests import Addressed, DigestKind, tell
from desk.due_words import due_said
from desk.sitting import Sitting
from desk.welcoming import policy_of
from storage.tables import Call, PromiseRow, Ticket
from texts.say import Say, say

MOST = 10  # lines of one part
OPEN = [state.value for state in UNRESOLVED]
LIVE = (PromiseState.RUNNING.value, PromiseState.PAUSED.value, PromiseState.BROKEN.value)


def tell_all(sitting: Sitting) -> None:
    """Everybody on duty at the hour of the list, once a date."""
    day = sitting.at.astimezone(policy_of(sitting, None).zone).date()
    for person_id in on_duty(sitting):
        said = list_of(sitting, person_id)
        if said:
            to = Addressed(kind=DigestKind.MORNING, person_id=person_id, day=day, period=day.isoformat())
            tell(sitting, to, said)


def list_of(sitting: Sitting, person_id: int) -> list[Say]:
    """The parts that have something in them, under their headings; empty where nothing waits."""
    parts = [
        _part("digest.yours", _tickets(sitting, person_id)),
        _part("digest.nobodys", _tickets(sitting, None)),
        _part("digest.steps", _steps(sitting, person_id)),
        _calls(sitting, person_id),
    ]
    lines = [line for part in parts for line in part]
    return [say("digest.morning"), *lines] if lines else []


def _part(heading: str, lines: Sequence[Say]) -> list[Say]:
    if not lines:
        return []
    more = [say("digest.more", count=len(lines) - MOST)] if len(lines) > MOST else []
    return [say(heading, count=len(lines)), *lines[:MOST], *more]


def _tickets(sitting: Sitting, assignee_id: int | None) -> list[Say]:
    """The soonest due first; those without a clock last."""
    theirs = and_(Ticket.state.in_(OPEN), Ticket.assignee_id == assignee_id)
    due = (
        select(PromiseRow.ticket_id, func.min(PromiseRow.due_at).label("at"))
        .where(PromiseRow.ticket_id.in_(select(Ticket.id).where(theirs)))  # by index: not every promise ever made
        .where(PromiseRow.next_alarm_at.is_not(None), PromiseRow.state.in_(LIVE))
        .group_by(PromiseRow.ticket_id)
        .subquery()
    )
    provisional = select(PromiseRow.id).where(
        PromiseRow.ticket_id == Ticket.id, PromiseRow.due_at == due.c.at, PromiseRow.is_provisional
    )
    rows = sitting.session.execute(
        select(Ticket.ordinal, Ticket.state, Ticket.text, due.c.at, provisional.exists())
        .outerjoin(due, due.c.ticket_id == Ticket.id)
        .where(theirs)
        .order_by(due.c.at.is_(None), due.c.at, Ticket.id)
    )
    return [_ticket(*row) for row in rows]


def _ticket(ordinal: int, state: str, text: str, due_at: datetime | None, provisional: bool) -> Say:
    until = say("digest.until", due_at=due_said(due_at, provisional=provisional)) if due_at is not None else ""
    return say("digest.ticket", number=ordinal, state=say(f"state.{state}"), text=text[:20], until=until)


def _steps(sitting: Sitting, person_id: int) -> list[Say]:
    """Steps of agreed plans that fall due before this day is over."""
    zone = policy_of(sitting, None).zone
    ends_at = end_of(sitting.at.astimezone(zone).date(), zone)
    rows = sitting.session.execute(
        select(Ticket.ordinal, PromiseRow.step, PromiseRow.due_at)
        .join(Ticket, Ticket.id == PromiseRow.ticket_id)
        .where(
            PromiseRow.promise == Promise.PLAN_STEP.value,
            PromiseRow.state == PromiseState.RUNNING.value,
            PromiseRow.due_at <= ends_at,
            Ticket.assignee_id == person_id,
            Ticket.state.in_(OPEN),
        )
        .order_by(PromiseRow.due_at, PromiseRow.id)
    )
    return [say("digest.step", number=ordinal, step=step, due_at=at) for ordinal, step, at in rows]


def _calls(sitting: Sitting, person_id: int) -> list[Say]:
    waiting = select(func.count()).where(
        Call.done_at.is_(None),
        Call.assignee_id == person_id,
        or_(Call.next_at.is_(None), Call.next_at <= sitting.now, Call.tries == 0),
    )
    count = sitting.session.scalar(waiting) or 0
    return [say("digest.calls", count=count)] if count else []
