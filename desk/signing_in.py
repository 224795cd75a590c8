"""签到: an engineer is there, with the place if the phone sends one; a resident engineer for the school to see."""

from sqlalchemy import or_, select

from agreement.policy_file import DEFAULT
from agreement.words import Role
from desk.sitting import Sitting
from storage.tables import Project, Resident, School, SignIn
from texts.refused import Refused


def residences(sitting: Sitting) -> list[tuple[int, str, str]]:
    """(id, school, place) of where the actor is resident today."""
    today = sitting.at.astimezone(DEFAULT.zone).date()
    query = (
        select(Resident.id, School.name, Resident.place)
        .join(Project, Project.id == Resident.project_id)
        .join(School, School.id == Project.school_id)
        .where(
            Resident.person_id == sitting.actor.person_id,
            Resident.since_on <= today,
            or_(Resident.until_on.is_(None), Resident.until_on >= today),
        )
        .order_by(Resident.id)
    )
    return [(resident, school, place) for resident, school, place in sitting.session.execute(query)]


def sign_in(sitting: Sitting, *, resident_id: int | None) -> int:
    """Book it at the moment of the message; the id of the row. Refused for whoever is no engineer."""
    if Role.ENGINEER not in sitting.actor.roles or sitting.actor.person_id is None:
        raise Refused("refused.engineers_only")
    if resident_id is not None and resident_id not in {one for one, _, _ in residences(sitting)}:
        raise Refused("refused.not_resident")
    row = SignIn(person_id=sitting.actor.person_id, resident_id=resident_id, at=sitting.at, spot={})
    sitting.session.add(row)
    sitting.session.flush()
    return row.id


def place(sitting: Sitting, sign_in_id: int, *, latitude: float, longitude: float) -> None:
    """Where it was, as the phone says; degrees."""
    row = sitting.session.get(SignIn, sign_in_id)
    if row is None or row.person_id != sitting.actor.person_id:
        raise Refused("refused.bad_tap")
    row.spot = {"latitude": latitude, "longitude": longitude}
