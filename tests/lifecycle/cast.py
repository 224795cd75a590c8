"""The people of the walk, in tables, and a sitting for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from agreement.words import Role
from bot.workdays import published
from desk import seeding
from desk.rulebook import Rulebook
from desk.sitting import THE_CLOCK, Actor, Sitting

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
# person → (role, whether at the ticket's school, at the other one, or at the vendor)
ROLES: Mapping[str, tuple[Role, str]] = {
    "reporter": (Role.TEACHER, "here"),
    "follower": (Role.TEACHER, "here"),  # reported the same, which was merged into it
    "colleague": (Role.TEACHER, "here"),
    "representative": (Role.REPRESENTATIVE, "here"),
    "stranger": (Role.TEACHER, "there"),
    "other_representative": (Role.REPRESENTATIVE, "there"),
    "assignee": (Role.ENGINEER, ""),
    "engineer": (Role.ENGINEER, ""),
    "lead": (Role.LEAD, ""),
    "desk": (Role.DESK, ""),
    "archivist": (Role.ARCHIVIST, ""),
    "manager": (Role.MANAGER, ""),
}


@dataclass(frozen=True)
class Cast:
    """Everybody in these tables, with the school of the tickets."""

    session: Session
    rulebook: Rulebook
    actors: Mapping[str, Actor]
    school: int

    def sitting(
        self, person: str, after: timedelta = timedelta(0), session: Session | None = None
    ) -> Sitting:
        """This person's, so long after the beginning; "" is the clock. In the session of the seeding, or another."""
        actor = self.actors[person] if person else THE_CLOCK
        return Sitting(
            session=session or self.session, rulebook=self.rulebook, actor=actor, at=NOW + after, now=NOW + after
        )

    def id_of(self, person: str) -> int:
        found = self.actors[person].person_id
        assert found is not None
        return found


def cast(session: Session) -> Cast:
    """Seed empty tables."""
    seeding.calendar(session, published(range(2025, 2027)), "2026")
    schools = {
        "here": seeding.school(session, NOW, "第一中学"),
        "there": seeding.school(session, NOW, "第二中学"),
        "": None,
    }
    actors = {}
    for name, (role, where) in ROLES.items():
        person = seeding.person(session, NOW, name)
        seeding.member(session, NOW, person, role, schools[where])
        account = seeding.account(session, NOW, person, channel="web", external=name)
        if role is Role.ENGINEER:
            seeding.shift(session, person, starts_at=NOW, ends_at=NOW + timedelta(days=30))
        actors[name] = Actor(
            person_id=person,
            account_id=account,
            name=name,
            channel="web",
            memberships=((schools[where], role),),
        )
    session.flush()
    here = schools["here"]
    assert here is not None
    return Cast(session, Rulebook(), actors, here)
