"""What the customer says to whoever calls them: their word, written down by another hand.

The right to say it is the customer's, so the table is asked with what they are to the ticket. The author of the event
is whoever wrote it down, and the event says whose word it is: nobody can be made to have said something unseen.
"""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from agreement.words import Role
from desk.sitting import Actor, Sitting
from storage.tables import Membership, Person
from texts.say import say

PHONE = "phone"


def on_the_phone(sitting: Sitting, person_id: int) -> Actor:
    """This person at the other end of a line, with the roles that they hold now and no account."""
    person = sitting.session.get_one(Person, person_id)
    held = select(Membership).where(Membership.person_id == person_id, Membership.until_at.is_(None))
    return Actor(
        person_id=person_id,
        name=person.name,
        language=person.language,
        channel=PHONE,
        memberships=tuple((one.school_id, Role(one.role)) for one in sitting.session.scalars(held)),
    )


def whose(sitting: Sitting, speaker: Actor | None) -> Sitting:
    """Whose word it is: the speaker's on the phone, else that of whoever acts."""
    return sitting if speaker is None else replace(sitting, actor=speaker)


def noted(speaker: Actor | None) -> Mapping[str, object]:
    """What the event keeps of it beside its author."""
    return {} if speaker is None else {"said_by": speaker.person_id, "way": PHONE}


def named(sitting: Sitting, speaker: Actor | None) -> object:
    """How people read who said it: 孙老师（电话，林客服记录）."""
    if speaker is None:
        return sitting.actor.name
    return say("call.said_by", person=speaker.name, clerk=sitting.actor.name)
