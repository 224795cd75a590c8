"""Three engineers, lead and desk in empty tables, and sittings for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.policy_file import DEFAULT
from agreement.roster_file import read_roster
from agreement.words import Role
from desk import entering, seeding
from desk.alerting import sitting
from desk.rulebook import Rulebook
from desk.sitting import Actor, Sitting
from storage.tables import Outbox, Person, Shift
from storage.work import Work

T = TypeVar("T")
ZONE = DEFAULT.zone
PEOPLE: dict[str, tuple[Role, str]] = {
    "李工": (Role.ENGINEER, ""),
    "张工": (Role.ENGINEER, ""),
    "孙工": (Role.ENGINEER, ""),
    "陈主管": (Role.LEAD, ""),
    "林客服": (Role.DESK, ""),
    "王老师": (Role.TEACHER, "第一中学"),
    "刘主任": (Role.REPRESENTATIVE, "第一中学"),
}
ROTATION = """
[[rotation]]
name = "热线"
members = ["李工", "张工", "孙工"]
first = 2026-11-23T08:00:00
turn = "1 day"
"""


def at(day: int, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of November 2026 (31 is the first of December …)."""
    first = datetime(2026, 11, 1, tzinfo=ZONE)
    return (first + timedelta(days=day - 1, hours=hour, minutes=minute)).astimezone(UTC)


NOW = at(23, 9)


@dataclass(frozen=True)
class Crew:
    """Everybody by name, over one database."""

    work: Work
    ids: dict[str, int]
    schools: dict[str, int]

    async def do(self, who: str, act: Callable[[Sitting], T], now: datetime = NOW) -> T:
        """An act of this person ("" is the clock) in a transaction of its own."""
        return await self.work.run(lambda session: act(self.sitting(session, who, now)))

    def sitting(self, session: Session, who: str, now: datetime) -> Sitting:
        if not who:
            return sitting(session, Rulebook(), now)
        role, school = PEOPLE[who]
        actor = Actor(
            person_id=self.ids[who],
            account_id=self.ids[who],
            name=who,
            memberships=((self.schools.get(school), role),),
        )
        return Sitting(session=session, rulebook=Rulebook(), actor=actor, at=now, now=now)

    async def enter(self, text: str, now: datetime = NOW) -> None:
        """A roster file."""
        await self.do("", lambda one: _enter(one, text), now)

    async def shifts(self) -> list[tuple[str, datetime, datetime]]:
        """(name, from, until) of every shift, in order."""
        return await self.work.read(_shifts)

    async def heard(self, who: str) -> list[str]:
        """The notices that this person was told, in order."""
        return await self.work.read(lambda session: _heard(session, self.ids[who]))


def _enter(one: Sitting, text: str) -> None:
    entering.enter(one, read_roster(text, "roster.toml", entering.names(one), ZONE))


def _shifts(session: Session) -> list[tuple[str, datetime, datetime]]:
    query = (
        select(Person.name, Shift.starts_at, Shift.ends_at)
        .join(Person, Person.id == Shift.person_id)
        .order_by(Shift.starts_at, Shift.id)
    )
    return [(name, since, until) for name, since, until in session.execute(query)]


def _heard(session: Session, person: int) -> list[str]:
    bodies: Sequence[dict[str, object]] = session.scalars(
        select(Outbox.body).where(Outbox.person_id == person).order_by(Outbox.id)
    ).all()
    return [str(body["notice"]) for body in bodies]


async def crew(work: Work) -> Crew:
    """Seed empty tables."""
    return await work.run(lambda session: _seed(session, work))


def _seed(session: Session, work: Work) -> Crew:
    schools = {"第一中学": seeding.school(session, NOW, "第一中学")}
    ids: dict[str, int] = {}
    for name, (role, school) in PEOPLE.items():
        ids[name] = seeding.person(session, NOW, name, phone=f"139{len(ids):08d}")
        seeding.member(session, NOW, ids[name], role, schools.get(school))
        seeding.account(session, NOW, ids[name], channel="web", external=name)
    return Crew(work, ids, schools)
