"""When a word of the desk's own accord is welcome at a school: its hours, days off and breaks, from the tables."""

from datetime import datetime

from sqlalchemy import or_, select

from agreement.policy import Policy
from agreement.policy_file import DEFAULT
from agreement.quiet import Break, next_welcome
from desk.sitting import Sitting
from storage.tables import Contract, SchoolBreak


def policy_of(sitting: Sitting, school_id: int | None) -> Policy:
    """The policy of the school's newest contract, else the shipped one."""
    policy_id = sitting.session.scalar(
        select(Contract.policy_id)
        .where(Contract.school_id == school_id)
        .order_by(Contract.accepted_on.desc(), Contract.id.desc())
        .limit(1)
    )
    return sitting.rulebook.policy(sitting.session, policy_id) if policy_id is not None else DEFAULT


def welcome_at(sitting: Sitting, at: datetime, school_id: int | None) -> datetime:
    """The first moment from `at` on at which this school may be asked or told something unasked."""
    policy = policy_of(sitting, school_id)
    workdays = sitting.rulebook.workdays(sitting.session, sitting.now)
    return next_welcome(at, policy.desk_hours, _breaks(sitting, school_id), workdays, policy.zone)


def _breaks(sitting: Sitting, school_id: int | None) -> list[Break]:
    rows = sitting.session.scalars(
        select(SchoolBreak)
        .where(or_(SchoolBreak.school_id.is_(None), SchoolBreak.school_id == school_id))
        .order_by(SchoolBreak.first_on)
    )
    return [Break(row.first_on, row.last_on, row.name) for row in rows]
