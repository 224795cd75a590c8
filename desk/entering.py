"""A roster file entered into the tables: by name, as often as one likes; what is past stays as it was.

A file that has rotations has all of them: one that is missing ends now. The same holds for breaks, and for the
engineers named for a project that it mentions. Leave, shifts, overrides and residents are added once.
"""

from collections.abc import Sequence

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from agreement.roster_file import Given, NamedRotation, Names, ResidentEngineer, RosterFile
from agreement.rosters import Duty
from agreement.words import Role
from desk import laying
from desk.sitting import Sitting
from desk.swapping import OVERRIDE
from storage.tables import (
    Leave,
    Membership,
    Person,
    Project,
    ProjectEngineer,
    Resident,
    Rotation,
    School,
    SchoolBreak,
    Shift,
)


def names(sitting: Sitting) -> Names:
    """Whom and what a file may name."""
    session = sitting.session
    people = _pairs(
        session,
        select(Person.name, Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.role == Role.ENGINEER.value, Membership.until_at.is_(None))
        .distinct(),
    )
    called = [name for name, _ in people]
    projects = _pairs(
        session,
        select(School.name, Project.id)
        .join(Project, Project.school_id == School.id)
        .order_by(Project.id.desc()),
    )
    return Names(
        people=dict(people),
        projects=dict(projects),
        schools=dict(_pairs(session, select(School.name, School.id))),
        of_two=frozenset(name for name in called if called.count(name) > 1),
    )


def _pairs(session: Session, query: Select[str, int]) -> list[tuple[str, int]]:
    return [(name, number) for name, number in session.execute(query)]


def enter(sitting: Sitting, file: RosterFile) -> None:
    """Everything that the file says; then the shifts are laid and gaps looked for."""
    if file.rotations:
        _rotations(sitting, file.rotations)
    for duty in file.shifts:
        _shift(sitting, duty)
    for duty in file.leaves:
        _leave(sitting, duty)
    for given in file.overrides:
        _override(sitting, given)
    for project, people in file.named.items():
        _name(sitting, project, people)
    for resident in file.residents:
        _resident(sitting, resident)
    if file.breaks:
        _breaks(sitting, file)
    sitting.session.flush()
    laying.lay_ahead(sitting)


def _rotations(sitting: Sitting, rotations: Sequence[NamedRotation]) -> None:
    known = {row.name: row for row in sitting.session.scalars(select(Rotation).with_for_update())}
    for one in rotations:
        row = known.pop(one.name, None)
        if row is None:
            row = Rotation(name=one.name)
            sitting.session.add(row)
        row.project_id, row.members = one.project_id, list(one.rule.members)
        row.first_at, row.turn_hours, row.ended_at = one.rule.first_at, one.rule.turn_hours, None
    for row in known.values():
        row.ended_at = row.ended_at or sitting.now
    sitting.session.flush()


def _shift(sitting: Sitting, duty: Duty) -> None:
    same = select(Shift.id).where(
        Shift.person_id == duty.person_id,
        Shift.starts_at == duty.span.since,
        Shift.ends_at == duty.span.until,
        Shift.rotation_id.is_(None),
    )
    if sitting.session.scalar(same.limit(1)) is None:
        sitting.session.add(
            Shift(person_id=duty.person_id, starts_at=duty.span.since, ends_at=duty.span.until, origin="")
        )


def _leave(sitting: Sitting, duty: Duty) -> None:
    same = select(Leave.id).where(
        Leave.person_id == duty.person_id,
        Leave.starts_at == duty.span.since,
        Leave.ends_at == duty.span.until,
        Leave.answer == "agreed",
    )
    if sitting.session.scalar(same.limit(1)) is None:
        sitting.session.add(
            Leave(
                person_id=duty.person_id,
                starts_at=duty.span.since,
                ends_at=duty.span.until,
                asked_at=sitting.now,
                answered_at=sitting.now,
                answered_by=sitting.actor.person_id,
                answer="agreed",
            )
        )


def _override(sitting: Sitting, given: Given) -> None:
    """One that is over already changes nothing that was."""
    rotation = sitting.session.scalars(select(Rotation.id).where(Rotation.name == given.rotation)).one()
    since, until = max(given.duty.span.since, sitting.now), given.duty.span.until
    same = select(Shift.id).where(
        Shift.rotation_id == rotation,
        Shift.person_id == given.duty.person_id,
        Shift.origin == OVERRIDE,
        Shift.ends_at == until,
    )
    if since < until and sitting.session.scalar(same.limit(1)) is None:
        sitting.session.execute(
            delete(Shift).where(
                Shift.rotation_id == rotation,
                Shift.person_id == given.duty.person_id,
                Shift.starts_at == since,
                Shift.origin == laying.LAID,
            )
        )
        sitting.session.add(
            Shift(
                person_id=given.duty.person_id,
                starts_at=since,
                ends_at=until,
                rotation_id=rotation,
                origin=OVERRIDE,
            )
        )


def _name(sitting: Sitting, project: int, people: Sequence[int]) -> None:
    sitting.session.execute(delete(ProjectEngineer).where(ProjectEngineer.project_id == project))
    sitting.session.add_all(
        ProjectEngineer(project_id=project, person_id=one) for one in dict.fromkeys(people)
    )


def _resident(sitting: Sitting, one: ResidentEngineer) -> None:
    row = sitting.session.scalar(
        select(Resident)
        .where(
            Resident.project_id == one.project_id,
            Resident.person_id == one.person_id,
            Resident.since_on == one.since_on,
        )
        .limit(1)
    )
    if row is None:
        row = Resident(project_id=one.project_id, person_id=one.person_id, since_on=one.since_on)
        sitting.session.add(row)
    row.place, row.title, row.until_on = one.place, one.title, one.until_on
    row.witness, row.witness_phone = one.witness, one.witness_phone


def _breaks(sitting: Sitting, file: RosterFile) -> None:
    sitting.session.execute(delete(SchoolBreak))
    sitting.session.add_all(
        SchoolBreak(
            school_id=one.school_id, name=one.days.name, first_on=one.days.first_on, last_on=one.days.last_on
        )
        for one in file.breaks
    )
