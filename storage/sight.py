"""The only door to what a person may see: their tickets, and the timeline of one.

Nothing else selects tickets, events or attachments for a reader; a test reads the source for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from agreement.words import VENDOR_ROLES, Role
from storage.search import bigrams
from storage.tables import Attachment, Event, Follower, Ticket


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Whoever looks: a bound person, or a stranger known by an account only."""

    person_id: int | None
    account_id: int | None
    memberships: tuple[tuple[int | None, Role], ...]

    @property
    def is_vendor(self) -> bool:
        return any(school is None and role in VENDOR_ROLES for school, role in self.memberships)

    def schools_as(self, role: Role) -> tuple[int, ...]:
        return tuple(school for school, held in self.memberships if held is role and school is not None)


def may_see(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on tickets: the vendor's people all, a representative the school's, others their own."""
    if viewer.is_vendor:
        return true()
    followed = select(Follower.ticket_id).where(Follower.person_id == viewer.person_id)
    allowed: list[ColumnElement[bool]] = [
        Ticket.school_id.in_(viewer.schools_as(Role.REPRESENTATIVE)),
        Ticket.id.in_(followed),
    ]
    if viewer.person_id is not None:
        allowed.append(Ticket.reporter_id == viewer.person_id)
    if viewer.account_id is not None:
        allowed.append((Ticket.reporter_id.is_(None)) & (Ticket.reporter_account_id == viewer.account_id))
    return or_(*allowed)


def tickets_of(
    session: Session, viewer: Viewer, *, states: Sequence[str] = (), words: str = "", limit: int = 20
) -> list[Ticket]:
    """The newest tickets that this viewer may see, by state and by words where given."""
    query = select(Ticket).where(may_see(viewer)).order_by(Ticket.id.desc()).limit(limit)
    if states:
        query = query.where(Ticket.state.in_(states))
    for pair in bigrams(words).split():
        query = query.where(Ticket.search.contains(pair, autoescape=True))
    return list(session.scalars(query))


def own_open(session: Session, viewer: Viewer, states: Sequence[str]) -> list[Ticket]:
    """What this person reported or works on and is not over, newest first."""
    mine = (
        [Ticket.reporter_id == viewer.person_id]
        if viewer.person_id is not None
        else [Ticket.reporter_id.is_(None) & (Ticket.reporter_account_id == viewer.account_id)]
    )
    query = select(Ticket).where(or_(*mine), Ticket.state.in_(states)).order_by(Ticket.id.desc()).limit(20)
    return list(session.scalars(query))


def queue_of(session: Session, viewer: Viewer, states: Sequence[str]) -> list[Ticket]:
    """An engineer's queue: what is theirs, and what nobody has yet."""
    query = (
        select(Ticket)
        .where(
            may_see(viewer),
            Ticket.state.in_(states),
            or_(Ticket.assignee_id == viewer.person_id, Ticket.assignee_id.is_(None)),
        )
        .order_by(Ticket.id)
        .limit(50)
    )
    return list(session.scalars(query))


def ticket_seen(
    session: Session,
    viewer: Viewer,
    *,
    ticket_id: int = 0,
    ordinal: int = 0,
    number: str = "",
) -> Ticket | None:
    """One ticket by id, by its short number or by its 登记编号; None where it is not there or not theirs to see."""
    key = Ticket.id == ticket_id
    if ordinal:
        key = Ticket.ordinal == ordinal
    if number:
        key = Ticket.number == number
    return session.scalar(select(Ticket).where(key, may_see(viewer)))


def timeline_of(session: Session, viewer: Viewer, ticket: Ticket) -> list[Event]:
    """What happened, oldest first; internal notes only for the vendor's people."""
    if session.scalar(select(Ticket.id).where(Ticket.id == ticket.id, may_see(viewer))) is None:
        return []
    query = select(Event).where(Event.ticket_id == ticket.id).order_by(Event.id)
    if not viewer.is_vendor:
        query = query.where(Event.is_internal.is_(False))
    return list(session.scalars(query))


def attachments_of(session: Session, viewer: Viewer, ticket: Ticket) -> list[Attachment]:
    """What was sent along, in order."""
    if session.scalar(select(Ticket.id).where(Ticket.id == ticket.id, may_see(viewer))) is None:
        return []
    return list(
        session.scalars(select(Attachment).where(Attachment.ticket_id == ticket.id).order_by(Attachment.id))
    )
