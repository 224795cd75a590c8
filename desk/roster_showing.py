"""The roster as questions offer it: shifts that run or come, with their ids and names, and who is an engineer."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from agreement.rosters import Span
from agreement.words import Role
from desk.access import name_of
from desk.sitting import Sitting
from storage.rosters import shifts
from storage.tables import Membership, Person

COMING = timedelta(weeks=5)
MOST = 8  # in one list


@dataclass(frozen=True)
class ShiftSeen:
    """A shift; of a running one the whole."""

    id: int
    name: str
    span: Span


def shifts_of(sitting: Sitting, person_id: int | None) -> list[ShiftSeen]:
    """The next shifts of this person; None: of everybody."""
    rows = [
        row
        for row in shifts(sitting.session, sitting.now, sitting.now + COMING)
        if person_id in {None, row.person_id} and row.starts_at < row.ends_at
    ]
    return [
        ShiftSeen(row.id, name_of(sitting, row.person_id), Span(row.starts_at, row.ends_at))
        for row in rows[:MOST]
    ]


def engineers(sitting: Sitting) -> list[tuple[int, str]]:
    """(id, name) of every engineer."""
    query = (
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.role == Role.ENGINEER.value,
            Membership.school_id.is_(None),
            Membership.until_at.is_(None),
        )
        .distinct()
        .order_by(Person.id)
    )
    return [(person, name) for person, name in sitting.session.execute(query)]


def name(sitting: Sitting, person_id: int) -> str:
    """A person's name."""
    return name_of(sitting, person_id)
