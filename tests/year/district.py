"""The district: schools with their contracts and people, a vendor with shifts and leave, all in fresh tables."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.policy_file import DEFAULT
from agreement.words import Role
from desk import leaving, seeding
from desk.rulebook import Rulebook
from desk.sitting import Actor, Sitting
from storage.tables import PolicyRow

# What one contract in ten has agreed on otherwise.
OTHER_LIMITS: Sequence[dict[str, str]] = (
    {"fault-response": "30 minutes", "fault-resolution": "1 working day"},
    {"urgent-dispatch": "90 minutes", "urgent-contingency": "4 hours"},
    {"usability": "10 days", "performance": "2 months", "in-scope": "3 working days"},
    {"custom-understand": "1 week", "custom-reply": "1 month", "custom-start": "2 weeks"},
)


@dataclass(frozen=True)
class Place:
    """One school and the people of it who write."""

    school_id: int
    teachers: Sequence[Actor]
    representatives: Sequence[Actor]


@dataclass(frozen=True)
class Vendor:
    """The vendor's people."""

    engineers: Sequence[Actor]
    desk: Sequence[Actor]
    leads: Sequence[Actor]
    archivist: Actor
    manager: Actor


@dataclass(frozen=True)
class District:
    """Everybody."""

    places: Sequence[Place]
    vendor: Vendor


class Founding:
    """Seeds one district."""

    def __init__(self, session: Session, rulebook: Rulebook, chance: random.Random, now: datetime) -> None:
        self._session = session
        self._rulebook = rulebook
        self._chance = chance
        self._now = now
        self._people = 0

    def found(self, schools: int, engineers: int, until: datetime) -> District:
        """So many schools and engineers; shifts are laid to the end."""
        vendor = Vendor(
            engineers=[self._person(Role.ENGINEER) for _ in range(engineers)],
            desk=[self._person(Role.DESK) for _ in range(4)],
            leads=[self._person(Role.LEAD) for _ in range(3)],
            archivist=self._person(Role.ARCHIVIST),
            manager=self._person(Role.MANAGER),
        )
        places = [self._place(number) for number in range(schools)]
        self._shifts(vendor.engineers, until)
        self._session.flush()
        self._leave(vendor)
        self._without_daily_calls()
        return District(places, vendor)

    def _leave(self, vendor: Vendor) -> None:
        """Every engineer asks for some days of the year; a lead agrees to most."""
        zone = DEFAULT.zone
        for engineer in vendor.engineers:
            since = self._now.astimezone(zone).date() + timedelta(days=self._chance.randrange(350))
            until = since + timedelta(days=self._chance.randrange(9))
            leave = leaving.ask(self._by(engineer), since=since, until=until)
            lead = self._by(self._chance.choice(vendor.leads))
            (leaving.agree if self._chance.random() < 0.8 else leaving.refuse)(lead, leave.id)

    def _by(self, actor: Actor) -> Sitting:
        return Sitting(session=self._session, rulebook=self._rulebook, actor=actor, at=self._now, now=self._now)

    def _without_daily_calls(self) -> None:
        """By this vendor's policies nobody is called day after day: a year of that would be little else."""
        for row in self._session.scalars(select(PolicyRow)):
            row.text = row.text.replace('daily = ["manager"]', "daily = []")

    def _place(self, number: int) -> Place:
        school = seeding.school(self._session, self._now, f"第{number + 1}中学")
        if self._chance.random() < 0.95:
            seeding.contract(
                self._session,
                self._now,
                school,
                accepted_on=date(2025, 3, 1) + timedelta(days=self._chance.randrange(600)),
                delivered_on=date(2025, 2, 1),
                deposit_fen=self._chance.choice([0, 800_00, 5_000_00, 50_000_00]),
                overrides=self._chance.choice(OTHER_LIMITS) if self._chance.random() < 0.1 else None,
            )
        named = 1 if self._chance.random() < 0.9 else 0
        return Place(
            school,
            [self._person(Role.TEACHER, school) for _ in range(2)],
            [self._person(Role.REPRESENTATIVE, school) for _ in range(named)],
        )

    def _person(self, role: Role, school: int | None = None) -> Actor:
        self._people += 1
        name = f"{role.value}{self._people}"
        person = seeding.person(self._session, self._now, name)
        seeding.member(self._session, self._now, person, role, school)
        # Without an account: nothing is sent in this year, which is about clocks and not about platforms.
        return Actor(person_id=person, name=name, memberships=((school, role),))

    def _shifts(self, engineers: Sequence[Actor], until: datetime) -> None:
        """Each works one week in four, but for its last half day; one turn in ten falls out: some hours have nobody."""
        day = self._now
        turn = 0
        while day < until:
            for engineer in engineers[turn % 4 :: 4][:5]:
                if engineer.person_id is not None and self._chance.random() < 0.9:
                    seeding.shift(
                        self._session, engineer.person_id, starts_at=day, ends_at=day + timedelta(days=6, hours=12)
                    )
            day += timedelta(days=7)
            turn += 1
