"""Rosters as the acts ask for them: shifts and leave that touch a span, whoever is away at a moment."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from agreement.words import Role
from storage.tables import Leave, Membership, Shift

AGREED = "agreed"
Moment = datetime | ColumnElement[datetime]


def away(
    person: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], at: Moment
) -> ColumnElement[bool]:
    """The condition that this person is on leave then: no shift puts them on duty."""
    return (
        select(Leave.id)
        .where(Leave.person_id == person, Leave.answer == AGREED, Leave.starts_at <= at, Leave.ends_at > at)
        .exists()
    )


def shifts(session: Session, since: datetime, until: datetime) -> Sequence[Shift]:
    """Shifts of people who are engineers now that touch this span, the earliest first."""
    query = (
        select(Shift)
        .join(
            Membership,
            and_(
                Membership.person_id == Shift.person_id,
                Membership.role == Role.ENGINEER.value,
                Membership.school_id.is_(None),
                Membership.until_at.is_(None),
            ),
        )
        .where(Shift.ends_at > since, Shift.starts_at < until)
        .order_by(Shift.starts_at, Shift.id)
    )
    return session.scalars(query).all()


def leaves(
    session: Session, since: datetime, until: datetime, people: Collection[int] | None = None
) -> Sequence[Leave]:
    """Agreed leave that touches this span, of these people or of all."""
    query = select(Leave).where(Leave.answer == AGREED, Leave.ends_at > since, Leave.starts_at < until)
    if people is not None:
        query = query.where(Leave.person_id.in_(people))
    return session.scalars(query.order_by(Leave.id)).all()
