"""Puts the cast of a story into empty tables: people and accounts, schools and contracts, shifts, days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from agreement.words import SCHOOL_ROLES, Role
from desk.rulebook import store_policy
from storage.tables import (
    Account,
    CalendarDay,
    Contract,
    Membership,
    Person,
    Project,
    ProjectEngineer,
    School,
    Shift,
)
from tests.storyline.moments import ONE_DAY, ZONE, is_workday
from tests.storyline.script import CastLine, Story
from tests.storyline.stage import Phone

# The days that chinesecalendar knows around the stories' year; 2027 is not published, as in the agreement.
CALENDAR = (date(2025, 1, 1), date(2026, 12, 31))
EDITION = "2026-1"
# A story may last for weeks, and its engineers stay at their phones: one shift, so that 换班 has one to give.
SHIFT = timedelta(days=400)


@dataclass(frozen=True)
class Known:
    """Ids of what was put into the tables, by name."""

    people: Mapping[str, int]
    schools: Mapping[str, int]


def seed(session: Session, story: Story, phones: Mapping[str, Sequence[Phone]]) -> Known:
    """Everything that stands before the story's first line; accounts of unbound people stay unknown."""
    now = story.first_moment.astimezone(UTC)
    _calendar(session)
    known = Known(_people(session, story, now), _schools(session, story, now))
    _contracts(session, story, known, now)
    for line in story.cast.lines:
        if not story.cast.is_unbound(line.person):
            _role(session, line, known, now)
    for person in story.cast.people():
        if not story.cast.is_unbound(person):
            _bind(session, known.people[person], phones[person], now)
        if story.cast.is_on_duty(person):
            _shift(session, known.people[person], now)
    session.flush()
    return known


def _calendar(session: Session) -> None:
    if session.scalar(select(CalendarDay.day).limit(1)) is not None:
        return
    rows = [{"day": day, "is_working": is_workday(day), "name": "", "edition": EDITION} for day in _days()]
    session.execute(insert(CalendarDay), rows)


def _days() -> Iterator[date]:
    day, last = CALENDAR
    while day <= last:
        yield day
        day += ONE_DAY


def _people(session: Session, story: Story, now: datetime) -> dict[str, int]:
    people = {name: Person(name=name, language="zh", created_at=now) for name in story.cast.people()}
    session.add_all(people.values())
    session.flush()
    return {name: person.id for name, person in people.items()}


def _schools(session: Session, story: Story, now: datetime) -> dict[str, int]:
    names = dict.fromkeys([*story.cast.schools(), *(contract.school for contract in story.contracts)])
    schools = {name: School(name=name, created_at=now) for name in names}
    session.add_all(schools.values())
    session.flush()
    return {name: school.id for name, school in schools.items()}


def school_id(session: Session, name: str, now: datetime) -> int:
    """The school of that name; an invite may bring a new one."""
    school = session.scalar(select(School).where(School.name == name))
    if school is None:
        school = School(name=name, created_at=now)
        session.add(school)
        session.flush()
    return school.id


def _contracts(session: Session, story: Story, known: Known, now: datetime) -> None:
    """A project with its engineers and a contract for every school; absent values are the agreement's."""
    today = now.astimezone(ZONE).date()
    for name, school_id in known.schools.items():
        contract = story.contract(name)
        project = Project(school_id=school_id, name=f"{name}软件项目")
        session.add(project)
        session.flush()
        accepted = contract.accepted or today
        session.add(
            Contract(
                school_id=school_id,
                project_id=project.id,
                number=f"HT-{school_id:03d}",
                policy_id=store_policy(session, now=now, overrides=dict(contract.limits)),
                accepted_on=accepted,
                delivered_on=contract.delivered or accepted,
                deposit_fen=contract.deposit_fen,
            )
        )
        for person in _engineers_of(story, name):
            session.add(ProjectEngineer(project_id=project.id, person_id=known.people[person]))


def _engineers_of(story: Story, school: str) -> list[str]:
    """Engineers are named for the school of their line, or for every school."""
    lines = [line for line in story.cast.lines if line.role is Role.ENGINEER and line.school in {school, ""}]
    return list(dict.fromkeys(line.person for line in lines))


def _role(session: Session, line: CastLine, known: Known, now: datetime) -> None:
    school_id = known.schools[line.school] if line.role in SCHOOL_ROLES else None
    person_id, role = known.people[line.person], line.role.value
    held = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.role == role,
        Membership.school_id.is_(school_id) if school_id is None else Membership.school_id == school_id,
    )
    if session.scalar(held) is None:
        session.add(Membership(person_id=person_id, school_id=school_id, role=role, since_at=now))
        session.flush()


def _bind(session: Session, person_id: int, phones: Sequence[Phone], now: datetime) -> None:
    for rank, phone in enumerate(phones):
        session.add(
            Account(
                channel=phone.channel,
                external=phone.account,
                chat=phone.account,
                person_id=person_id,
                bound_at=now,
                bound_how="invite",
                rank=rank,
                language="zh",
                created_at=now,
            )
        )


def _shift(session: Session, person_id: int, now: datetime) -> None:
    midnight = datetime.combine(now.astimezone(ZONE).date(), time(), ZONE)
    session.add(Shift(person_id=person_id, starts_at=midnight, ends_at=midnight + SHIFT))
