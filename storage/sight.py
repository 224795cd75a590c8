"""Which tickets a person may see: the door that every card, list and page asks first.

Above the desk nothing else selects tickets, events or attachments, and in storage only what a test lists with its
reason (tests/test_walls_in_source.py); acts of the desk find their own by `desk/access.py`. Everybody is walked past
every ticket by every way in tests/desk/test_who_reads.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from agreement.words import VENDOR_ROLES, Role
from storage.entities import Entities
from storage.tables import Event, Follower, FollowingStranger, Ticket


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
    """The condition on tickets: the vendor's people all, a representative the school's, others their own.

    Whoever uses it executes with `parameters(viewer)`.
    """
    return true() if viewer.is_vendor else THEIRS


def parameters(viewer: Viewer) -> dict[str, object]:
    """What the condition asks of this viewer."""
    return {
        "viewer": viewer.person_id,
        "viewing_account": viewer.account_id,
        "represented": list(viewer.schools_as(Role.REPRESENTATIVE)),
    }


# A parameter that is NULL equals nothing: a stranger has no person's tickets, a bound person no stranger's.
REPORTED: Final = Ticket.reporter_id == bindparam("viewer", type_=Ticket.id.type)
REPORTED_AS_A_STRANGER: Final = and_(
    Ticket.reporter_id.is_(None),
    Ticket.reporter_account_id == bindparam("viewing_account", type_=Ticket.id.type),
)
FOLLOWED_AS_A_STRANGER: Final = select(FollowingStranger.ticket_id).where(
    FollowingStranger.account_id == bindparam("viewing_account", type_=Ticket.id.type)
)
THEIRS: Final = or_(
    Ticket.school_id.in_(bindparam("represented", expanding=True)),
    Ticket.id.in_(select(Follower.ticket_id).where(Follower.person_id == bindparam("viewer"))),
    Ticket.id.in_(FOLLOWED_AS_A_STRANGER),
    REPORTED,
    REPORTED_AS_A_STRANGER,
)
# Events whose words one side writes and the other reads: what people remember as the last word on a ticket.
WORDS_ON_A_TICKET: Final = (
    "report", "add", "edited", "ask", "answer", "discuss", "object", "not_solved", "opinion_words", "step_done", "done",
)  # fmt: skip
# The tickets come first: events have no index by their moment, and there are as many as were ever written.
OPEN_OF: Final = select(Ticket.id).where(Ticket.state.in_(bindparam("states", expanding=True)))
LAST_WORD: Final = (
    select(Event.ticket_id, Event.recorded_at)
    .where(
        Event.name.in_(WORDS_ON_A_TICKET),
        Event.recorded_at >= bindparam("since", type_=Event.recorded_at.type),
        or_(
            Event.ticket_id.in_(OPEN_OF.where(or_(REPORTED, REPORTED_AS_A_STRANGER))),
            and_(Event.actor_id == bindparam("viewer"), Event.ticket_id.in_(OPEN_OF.where(THEIRS))),
        ),
    )
    .order_by(Event.id.desc())
    .limit(1)
)


def _seen(key: InstrumentedAttribute[Any], theirs: ColumnElement[bool]) -> Entities[Ticket]:
    return Entities(Ticket, lambda rows: rows.where(key == bindparam("key", type_=key.type), theirs))


KEYS: Final = {"id": Ticket.id, "ordinal": Ticket.ordinal, "number": Ticket.number}
SEEN: Final = {
    (name, is_vendor): _seen(column, true() if is_vendor else THEIRS)
    for name, column in KEYS.items()
    for is_vendor in (True, False)
}


def tickets_of(session: Session, viewer: Viewer, *, states: Sequence[str], limit: int = 20) -> list[Ticket]:
    """The newest tickets in these states that this viewer may see."""
    query = select(Ticket).where(may_see(viewer), Ticket.state.in_(states)).order_by(Ticket.id.desc()).limit(limit)
    return list(session.scalars(query, parameters(viewer)))


def last_word(
    session: Session, viewer: Viewer, states: Sequence[str], since: datetime
) -> tuple[int, datetime] | None:
    """The ticket on which this person last wrote, or the vendor last wrote to them, and when; none since then."""
    values = {**parameters(viewer), "states": list(states), "since": since}
    found = session.execute(LAST_WORD, values).first()
    return (found[0], found[1]) if found is not None else None


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
    return list(session.scalars(query, parameters(viewer)))


def ticket_seen(
    session: Session,
    viewer: Viewer,
    *,
    ticket_id: int = 0,
    ordinal: int = 0,
    number: str = "",
) -> Ticket | None:
    """One ticket by id, by its short number or by its 登记编号; None where it is not there or not theirs to see."""
    key, value = ("id", ticket_id) if not ordinal else ("ordinal", ordinal)
    seen = SEEN[("number" if number else key, viewer.is_vendor)]
    return next(iter(seen.found(session, {**parameters(viewer), "key": number or value})), None)
