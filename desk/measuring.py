"""What the desk's work comes to in a span of time: counted from the tables, in all or of one school.

A promise counts in the span in which it fell due, a fault in which it was closed; opinions are in
`satisfaction.py`. Denominators stand beside every share.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from agreement.days import begins
from agreement.following_up import first_of_quarter
from agreement.measuring import PromiseCount, Share
from agreement.words import Kind, Promise, PromiseState, State
from desk.sitting import Sitting
from storage.tables import (
    Call,
    Event,
    FollowUp,
    Project,
    PromiseRow,
    Resident,
    School,
    SignIn,
    Ticket,
    Visit,
)

ANSWERED = ("well", "wrong", "other")  # to a follow-up, in chat or by phone
DECIDED = (PromiseState.KEPT.value, PromiseState.BROKEN.value)


Moment = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]


@dataclass(frozen=True, kw_only=True)
class Span:
    """From a moment to another that is not part of it any more."""

    from_at: datetime
    to_at: datetime

    def holds(self, column: Moment) -> ColumnElement[bool]:
        """Whether that moment lies in the span."""
        return (column >= self.from_at) & (column < self.to_at)

    def holds_end(self, column: Moment) -> ColumnElement[bool]:
        """Whether a term that ends at that moment ends in the span: 24:00 is of the day that it ends."""
        return (column > self.from_at) & (column <= self.to_at)


@dataclass(frozen=True, kw_only=True)
class Of:
    """Whose tickets: of a school; all of them where none is named."""

    school_id: int | None = None

    @property
    def tickets(self) -> ColumnElement[bool]:
        """The condition on tickets."""
        return true() if self.school_id is None else Ticket.school_id == self.school_id


EVERYBODYS = Of()
A_QUARTER_ON = timedelta(days=100)  # from its first day into the next one: no quarter is as long, no two as short


def quarter_of_span(span: Span, zone: ZoneInfo) -> Span:
    """The quarter in which the span begins, as far as the span goes: the last one of a quarter has all of it."""
    first = first_of_quarter(span.from_at.astimezone(zone).date())
    over_at = begins(first_of_quarter(first + A_QUARTER_ON), zone)
    return Span(from_at=begins(first, zone), to_at=min(over_at, span.to_at))


def reported(sitting: Sitting, span: Span, of: Of = EVERYBODYS) -> Mapping[Kind, int]:
    """Tickets by kind, those that were reported in the span; in the order of the words, without zeros."""
    rows = sitting.session.execute(
        select(Ticket.kind, func.count())
        .where(span.holds(Ticket.reported_at), of.tickets)
        .group_by(Ticket.kind)
    )
    counts = {row[0]: row[1] for row in rows}
    return {kind: counts[kind.value] for kind in Kind if kind.value in counts}


def states_of_reported(sitting: Sitting, span: Span, of: Of = EVERYBODYS) -> Mapping[State, int]:
    """Where the tickets that were reported in the span stand now."""
    rows = sitting.session.execute(
        select(Ticket.state, func.count())
        .where(span.holds(Ticket.reported_at), of.tickets)
        .group_by(Ticket.state)
    )
    counts = {row[0]: row[1] for row in rows}
    return {state: counts[state.value] for state in State if state.value in counts}


def promises(sitting: Sitting, span: Span, of: Of = EVERYBODYS) -> Sequence[PromiseCount]:
    """Every promise that fell due in the span and was kept or broken; the agreement's and the house's apart."""
    rows = sitting.session.execute(
        select(PromiseRow.promise, PromiseRow.state, PromiseRow.policy_id, func.count())
        .join(Ticket, Ticket.id == PromiseRow.ticket_id)
        .where(span.holds_end(PromiseRow.due_at), PromiseRow.state.in_(DECIDED), of.tickets)
        .group_by(PromiseRow.promise, PromiseRow.state, PromiseRow.policy_id)
    )
    counts: Counter[tuple[Promise, bool, str]] = Counter()
    for name, state, policy_id, count in rows:
        policy = sitting.rulebook.policy(sitting.session, policy_id)
        counts[(Promise(name), policy.is_agreements(Promise(name)), state)] += count
    named = {(promise, is_agreements) for promise, is_agreements, _ in counts}
    return [
        PromiseCount(
            promise,
            is_agreements,
            counts[(promise, is_agreements, PromiseState.KEPT.value)],
            counts[(promise, is_agreements, PromiseState.BROKEN.value)],
        )
        for is_agreements in (True, False)
        for promise in Promise
        if (promise, is_agreements) in named
    ]


def hotline(sitting: Sitting, span: Span, of: Of = EVERYBODYS) -> Share:
    """Requests by phone that were answered on the phone, of all by phone. What our own calls brought is none."""
    from_calls = select(Call.filed_ticket_id).where(Call.filed_ticket_id.is_not(None))
    by_phone = (
        (Ticket.channel == "phone")
        & span.holds(Ticket.reported_at)
        & Ticket.id.not_in(from_calls)
        & of.tickets
    )
    at_once = select(Event.id).where(Event.ticket_id == Ticket.id, Event.name == "answered_at_once")
    return _share(sitting, by_phone, at_once.exists())


@dataclass(frozen=True)
class CalledBack:
    """Of the faults closed in a span and due to be asked about: how many reporters were reached; and how many
    are not to be asked yet."""

    reached: Share
    to_come: int


def called_back(sitting: Sitting, span: Span, of: Of = EVERYBODYS) -> CalledBack:
    """Whose reporter was reached after 办结, in chat or by phone. Whoever wishes no call was not reached."""
    closed = (Ticket.kind == Kind.FAULT.value) & span.holds(Ticket.closed_at) & of.tickets
    asked = select(FollowUp.id).where(FollowUp.ticket_id == Ticket.id)
    waiting = asked.where(
        FollowUp.asked_at.is_(None), FollowUp.answer == "", FollowUp.due_at.is_not(None)
    ).exists()
    reached = asked.where(FollowUp.answer.in_(ANSWERED)).exists()
    to_come = _share(sitting, closed, waiting).part
    return CalledBack(_share(sitting, closed & ~waiting, reached), to_come)


def _share(sitting: Sitting, whole: ColumnElement[bool], part: ColumnElement[bool]) -> Share:
    count = select(func.count()).select_from(Ticket)
    return Share(
        sitting.session.scalar(count.where(whole, part)) or 0, sitting.session.scalar(count.where(whole)) or 0
    )


def visits(sitting: Sitting, span: Span, of: Of = EVERYBODYS) -> int:
    """How often an engineer was there (到场)."""
    arrived = (
        select(func.count())
        .select_from(Visit)
        .join(Ticket, Ticket.id == Visit.ticket_id)
        .where(span.holds(Visit.arrived_at), of.tickets)
    )
    return sitting.session.scalar(arrived) or 0


@dataclass(frozen=True)
class Visited:
    """Schools where an engineer was, of all schools; and the names of the others."""

    share: Share
    missing: tuple[str, ...]


def schools_visited(sitting: Sitting, span: Span) -> Visited:
    """Where an engineer was or signed in: one visit a quarter is promised to each school."""
    seen = _seen(sitting, span)
    schools = sitting.session.execute(
        select(School.id, School.name).where(School.created_at < span.to_at).order_by(School.id)
    ).all()
    missing = tuple(name for school_id, name in schools if school_id not in seen)
    return Visited(Share(len(schools) - len(missing), len(schools)), missing)


def was_visited(sitting: Sitting, span: Span, school_id: int) -> bool:
    """Whether an engineer was or signed in at this school."""
    return school_id in _seen(sitting, span)


def _seen(sitting: Sitting, span: Span) -> set[int | None]:
    arrived = (
        select(Ticket.school_id).join(Visit, Visit.ticket_id == Ticket.id).where(span.holds(Visit.arrived_at))
    )
    signed_in = (
        select(Project.school_id)
        .join(Resident, Resident.project_id == Project.id)
        .join(SignIn, SignIn.resident_id == Resident.id)
        .where(span.holds(SignIn.at))
    )
    return {*sitting.session.scalars(arrived.distinct()), *sitting.session.scalars(signed_in.distinct())}
