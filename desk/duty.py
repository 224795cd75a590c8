"""The vendor's people as they stand at this moment: who is on duty, who is lead, desk and manager."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select

from agreement.words import Role
from desk.sitting import Sitting
from storage.prepared import Prepared
from storage.rosters import away
from storage.tables import Membership, Shift

UPWARDS = (Role.LEAD, Role.DESK, Role.MANAGER)  # to whom an alarm goes that finds nobody below


@dataclass(frozen=True)
class Staff:
    """Ids of people: `on_duty` are engineers, the earliest shift first."""

    on_duty: tuple[int, ...]
    roles: tuple[tuple[Role, int], ...]

    def having(self, role: Role) -> list[int]:
        """Everybody in this role, in the order of their ids."""
        return [person for held, person in self.roles if held is role]

    def upwards(self, role: Role) -> list[int]:
        """Everybody in this role; where nobody is, in the next one up: an alarm always finds somebody."""
        for one in UPWARDS[UPWARDS.index(role) :]:
            if found := self.having(one):
                return found
        return []


def staff(sitting: Sitting) -> Staff:
    """Everybody of the vendor who may be told of an alarm now."""
    held = sorted({(person, role) for role, person in OF_VENDOR.rows(sitting.session, {})})
    return Staff(tuple(on_duty(sitting)), tuple((Role(role), person) for person, role in held))


def on_duty(sitting: Sitting) -> list[int]:
    """Engineers whose shift runs now and who are not on leave, the earliest shift first."""
    return list(dict.fromkeys(person for (person,) in ON_DUTY.rows(sitting.session, {"now": sitting.now})))


OF_VENDOR = Prepared(
    select(Membership.role, Membership.person_id).where(
        Membership.school_id.is_(None), Membership.until_at.is_(None)
    )
)
NOW = bindparam("now", type_=Shift.starts_at.type)
OF_DUTY = (
    select(Shift.person_id)
    .join(
        Membership,
        and_(
            Membership.person_id == Shift.person_id,
            Membership.role == Role.ENGINEER.value,
            Membership.until_at.is_(None),
        ),
    )
    .where(Shift.starts_at <= NOW, Shift.ends_at > NOW, ~away(Shift.person_id, NOW))
    .order_by(Shift.starts_at, Shift.id)
)
ON_DUTY = Prepared(OF_DUTY)


def both(people: Sequence[int], others: Sequence[int]) -> list[int]:
    """These people and those, each once."""
    return list(dict.fromkeys([*people, *others]))
