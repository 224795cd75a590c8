"""Making an invite from the command line: the first people of a new installation come in by it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from agreement.words import SCHOOL_ROLES, Role
from bot.house import open_work
from bot.waking import Waking
from desk import joining, seeding
from desk.alerting import sitting
from desk.rulebook import Rulebook


class InviteError(Exception):
    """The invite cannot be made; the text says why."""


async def make_invite(database_url: str, now: datetime, code: str, role: Role, school: str) -> Sequence[str]:
    """Store the invite. A school that is named for the first time is made; then the others are returned, for a
    name may be mistyped. Raises InviteError.
    """
    if role in SCHOOL_ROLES and not school:
        raise InviteError(f"a {role.value} belongs to a school: name it after the role")
    if role not in SCHOOL_ROLES and school:
        raise InviteError(f"a {role.value} belongs to the vendor: leave the school out")

    def make(session: Session) -> Sequence[str]:
        known = seeding.schools(session)
        school_id = seeding.school(session, now, school) if school else None
        joining.invite(sitting(session, Rulebook(), now), code, role=role, school_id=school_id)
        return known if school and school not in known else ()

    work = open_work(database_url, Waking())
    try:
        return await work.run(make)
    finally:
        await work.close()
