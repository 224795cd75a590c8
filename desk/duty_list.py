"""谁在值班: who is on duty now, who is next and when, and the resident engineers with their last 签到.

Phones, titles, witnesses and the place of a 签到 are for the vendor and the school's representative (agreement §3,
Periods).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from agreement import rosters
from agreement.policy_file import DEFAULT
from agreement.words import Role
from desk.access import name_of
from desk.duty import on_duty
from desk.laying import as_duty
from desk.sitting import Sitting
from desk.span_words import start_said
from storage.rosters import leaves, shifts
from storage.tables import Person, Project, Resident, School, SignIn
from texts.formats import degrees

COMING = timedelta(weeks=5)
MOST_RESIDENTS = 12
EACH = aliased(SignIn)
LAST = (
    select(EACH.id)
    .where(EACH.resident_id == Resident.id)
    .order_by(EACH.at.desc(), EACH.id.desc())
    .limit(1)
    .correlate(Resident)
    .scalar_subquery()
)


@dataclass(frozen=True)
class OnDuty:
    """One name with its phone, which is empty for whoever may not see it."""

    name: str
    phone: str


@dataclass(frozen=True)
class Next:
    """Who comes on duty next, and when."""

    name: str
    at: datetime | str


@dataclass(frozen=True, kw_only=True)
class ResidentSeen:
    """A resident engineer as this reader may see them; `signed_at` is the last 签到, None for none."""

    name: str
    school: str
    place: str
    signed_at: datetime | None
    signed_place: str = ""  # where the phone said so, for those who read phones; empty where none was sent
    title: str = ""
    witness: str = ""
    witness_phone: str = ""


@dataclass(frozen=True)
class DutyList:
    """What 谁在值班 answers."""

    now: Sequence[OnDuty]
    then: Next | None
    residents: Sequence[ResidentSeen]


def duty_list(sitting: Sitting) -> DutyList:
    """For the sitting's actor: a school's people see the residents of their schools, the vendor's all."""
    on = on_duty(sitting)
    people = _people(sitting, on)
    private = may_see_phones(sitting)
    return DutyList(
        now=[OnDuty(people[one][0], people[one][1] if private else "") for one in on],
        then=_next(sitting),
        residents=_residents(sitting),
    )


def may_see_phones(sitting: Sitting) -> bool:
    """Whether this reader sees phones of engineers: a representative, or one of the vendor's people."""
    memberships = sitting.actor.memberships
    return any(school is None or role is Role.REPRESENTATIVE for school, role in memberships)


def _people(sitting: Sitting, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = sitting.session.execute(select(Person.id, Person.name, Person.phone).where(Person.id.in_(ids)))
    return {person: (name, phone) for person, name, phone in rows}


def _next(sitting: Sitting) -> Next | None:
    until = sitting.now + COMING
    on = [as_duty(row) for row in shifts(sitting.session, sitting.now, until) if row.starts_at < row.ends_at]
    off = [as_duty(row) for row in leaves(sitting.session, sitting.now, until)]
    found = rosters.next_on(on, off, sitting.now)
    return Next(name_of(sitting, found[0]), start_said(found[1])) if found else None


def _residents(sitting: Sitting) -> list[ResidentSeen]:
    today = sitting.now.astimezone(DEFAULT.zone).date()
    query = (
        select(Resident, Person.name, School.name, School.id, SignIn)
        .join(Person, Person.id == Resident.person_id)
        .join(Project, Project.id == Resident.project_id)
        .join(School, School.id == Project.school_id)
        .outerjoin(SignIn, SignIn.id == LAST)
        .where(Resident.since_on <= today, or_(Resident.until_on.is_(None), Resident.until_on >= today))
        .order_by(School.id, Resident.id)
        .limit(MOST_RESIDENTS)
    )
    if not _is_vendor(sitting):
        query = query.where(School.id.in_(sitting.actor.schools()))
    return [
        _seen(sitting, row, name, school, school_id, signed)
        for row, name, school, school_id, signed in sitting.session.execute(query)
    ]


def _seen(
    sitting: Sitting, row: Resident, name: str, school: str, school_id: int, signed: SignIn | None
) -> ResidentSeen:
    private = _is_vendor(sitting) or sitting.actor.is_at(school_id, Role.REPRESENTATIVE)
    return ResidentSeen(
        name=name,
        school=school,
        place=row.place,
        signed_at=signed.at if signed else None,
        signed_place=degrees(signed.spot) if signed and private else "",
        title=row.title if private else "",
        witness=row.witness if private else "",
        witness_phone=row.witness_phone if private else "",
    )


def _is_vendor(sitting: Sitting) -> bool:
    return any(school is None for school, _ in sitting.actor.memberships)
