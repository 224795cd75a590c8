"""Somebody who opens a page by a signed link: a person with the roles that hold now, without an account."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Role
from desk.page_links import Pass
from desk.rulebook import Rulebook
from desk.sitting import Actor, Sitting
from storage.tables import Membership, Person

CHANNEL = "page"


def visitor(session: Session, rulebook: Rulebook, who: Pass, now: datetime) -> Sitting | None:
    """The sitting of whoever the link is for; None where there is no such person any more."""
    person = session.get(Person, who.person_id)
    if person is None:
        return None
    held = session.scalars(select(Membership).where(Membership.person_id == person.id))
    actor = Actor(
        person_id=person.id,
        name=person.name,
        language=who.language,
        channel=CHANNEL,
        memberships=tuple(
            (one.school_id, Role(one.role)) for one in held if one.until_at is None or one.until_at > now
        ),
    )
    return Sitting(session=session, rulebook=rulebook, actor=actor, at=now, now=now)
