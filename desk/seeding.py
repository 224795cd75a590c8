"""Filling an installation: schools, people, contracts, shifts, the calendar. For the sample vendor, casts, imports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Role
from desk.rulebook import store_policy
from storage.tables import (
    Account,
    Asset,
    CalendarDay,
    Contract,
    Membership,
    Person,
    Project,
    Room,
    School,
    Shift,
)


@dataclass(frozen=True, kw_only=True)
class Named:
    """A room or a system with the other names that people use."""

    name: str
    aliases: tuple[str, ...] = ()
    code: str = ""  # of a room's QR


def school(
    session: Session, now: datetime, name: str, *, rooms: Sequence[Named] = (), systems: Sequence[Named] = ()
) -> int:
    """A school with its rooms and systems; the same one if it is there already."""
    found = session.scalar(select(School.id).where(School.name == name))
    if found is not None:
        return found
    row = School(name=name, created_at=now)
    session.add(row)
    session.flush()
    session.add_all(
        Room(school_id=row.id, name=one.name, aliases=list(one.aliases), code=one.code) for one in rooms
    )
    session.add_all(Asset(school_id=row.id, name=one.name, aliases=list(one.aliases)) for one in systems)
    session.add(Project(school_id=row.id, name=name))
    session.flush()
    return row.id


def schools(session: Session) -> Sequence[str]:
    """The names of all, in the order of their coming."""
    return session.scalars(select(School.name).order_by(School.id)).all()


def room(session: Session, school_id: int, one: Named) -> None:
    """One more room."""
    session.add(Room(school_id=school_id, name=one.name, aliases=list(one.aliases), code=one.code))


def project_of(session: Session, school_id: int) -> int | None:
    """The vendor's project at this school."""
    return session.scalar(select(Project.id).where(Project.school_id == school_id).order_by(Project.id).limit(1))


def contract(
    session: Session,
    now: datetime,
    school_id: int,
    *,
    accepted_on: date,
    delivered_on: date,
    deposit_fen: int,
    overrides: dict[str, str] | None = None,
) -> int:
    """The school's contract under the shipped policy with its own limits. Raises PolicyError for a wrong one."""
    row = Contract(
        school_id=school_id,
        project_id=project_of(session, school_id),
        number="",
        policy_id=store_policy(session, now=now, overrides=overrides),
        accepted_on=accepted_on,
        delivered_on=delivered_on,
        deposit_fen=deposit_fen,
    )
    session.add(row)
    session.flush()
    return row.id


def person(session: Session, now: datetime, name: str, *, phone: str = "", language: str = "zh") -> int:
    """A new person; their id."""
    row = Person(name=name, phone=phone, language=language, created_at=now)
    session.add(row)
    session.flush()
    return row.id


def member(session: Session, now: datetime, person_id: int, role: Role, school_id: int | None) -> None:
    """Give this person a role, at a school or at the vendor."""
    session.add(Membership(person_id=person_id, school_id=school_id, role=role.value, since_at=now))
    session.flush()


def account(
    session: Session,
    now: datetime,
    person_id: int,
    *,
    channel: str,
    external: str,
    chat: str = "",
    rank: int = 0,
) -> int:
    """An account bound to that person, as by an invite."""
    row = Account(
        channel=channel,
        external=external,
        chat=chat or external,
        person_id=person_id,
        bound_at=now,
        bound_how="invite",
        rank=rank,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def shift(session: Session, person_id: int, *, starts_at: datetime, ends_at: datetime) -> None:
    """Put this engineer on duty from one moment to another."""
    session.add(Shift(person_id=person_id, starts_at=starts_at, ends_at=ends_at))


def calendar(session: Session, days: Sequence[tuple[date, bool, str]], edition: str) -> None:
    """The working days of the years that the calendar covers; days that are there already stay."""
    known = set(session.scalars(select(CalendarDay.day)))
    session.add_all(
        CalendarDay(day=day, is_working=working, name=name, edition=edition)
        for day, working, name in days
        if day not in known
    )


def year_of(day: date) -> list[date]:
    """Every day of that day's year."""
    first = date(day.year, 1, 1)
    return [first + timedelta(days=one) for one in range((date(day.year + 1, 1, 1) - first).days)]


def anybody(session: Session) -> bool:
    """Whether this installation has people already."""
    return session.scalar(select(Person.id).limit(1)) is not None
