"""How somebody becomes known: a one-time invite, a room's QR, or the desk's own registration."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update

from agreement.words import VENDOR_ROLES, Relation, Role
from desk import requests, self_made, speaking
from desk.events import append
from desk.follow_on import follow, known
from desk.planning import offer_open_plans
from desk.sitting import Actor, Sitting
from storage.tables import Account, Consent, Invite, Membership, Person, Room, School, Ticket
from storage.talk import Who
from texts.refused import Refused

CODE: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
INVITE_LASTS = timedelta(days=7)
NOTICE = "2026-11"  # version of the notice about personal data


@dataclass(frozen=True)
class Welcome:
    """What an invite made of somebody."""

    person_id: int
    name: str
    role: Role
    school: str


def hashed(code: str) -> str:
    """How an invite's code stands in the table: alone it lets nobody in."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def invite(
    sitting: Sitting, code: str, *, role: Role, school_id: int | None, person_id: int | None = None
) -> None:
    """Store an invite; only its hash is kept. `code` is made by the caller: no randomness in acts."""
    if (role in VENDOR_ROLES) is not (school_id is None):
        raise Refused("refused.role_and_school")
    sitting.session.add(
        Invite(
            code=hashed(code),
            role=role.value,
            school_id=school_id,
            person_id=person_id,
            created_at=sitting.now,
            expires_at=sitting.now + INVITE_LASTS,
        )
    )


def is_invite(sitting: Sitting, words: str) -> bool:
    """Whether these words are an invite's code, used or not: of any other words nothing is told."""
    if CODE.fullmatch(words) is None:  # nearly everything that is ever said
        return False
    return sitting.session.scalar(select(Invite.id).where(Invite.code == hashed(words))) is not None


def check_invite(sitting: Sitting, code: str) -> None:
    """Refuse what lets nobody in before anybody is asked who they are."""
    _valid(sitting, sitting.session.scalar(select(Invite).where(Invite.code == hashed(code))))


def accept_invite(sitting: Sitting, code: str) -> Invite:
    """Check an invite and mark it used by this account; a second use is refused."""
    found = _valid(
        sitting, sitting.session.scalar(select(Invite).where(Invite.code == hashed(code)).with_for_update())
    )
    found.used_at = sitting.now
    found.used_by = sitting.actor.account_id
    return found


def _valid(sitting: Sitting, found: Invite | None) -> Invite:
    if found is None or found.expires_at <= sitting.now:
        raise Refused("refused.invite_unknown")
    if found.used_at is not None:
        raise Refused("refused.invite_used")
    return found


def bind_by_invite(sitting: Sitting, code: str, *, name: str, phone: str) -> Welcome:
    """The account belongs to a person from now on; consent to the notice is told and kept."""
    found = accept_invite(sitting, code)
    person_id = found.person_id or sitting.actor.person_id
    if person_id is None:
        person_id = _new_person(sitting, name, phone)
    speaking.first_line(sitting, person_id)
    self_made.become(sitting, person_id, found.school_id)
    _member(sitting, person_id, found.school_id, Role(found.role))
    _bind(sitting, person_id, "invite")
    if found.role == Role.REPRESENTATIVE.value and found.school_id is not None:
        offer_open_plans(sitting, school_id=found.school_id, person_id=person_id)
        requests.offer_open(sitting, school_id=found.school_id, person_id=person_id)
    school = sitting.session.scalar(select(School.name).where(School.id == found.school_id)) or ""
    known = sitting.session.get_one(Person, person_id)
    return Welcome(person_id, known.name, Role(found.role), school)


def bind_by_room(sitting: Sitting, *, room_code: str, name: str, phone: str) -> Welcome:
    """A stranger who scanned a room's QR and reported says who they are: a teacher of that school."""
    room = room_of(sitting, room_code)
    if room is None:
        raise Refused("refused.room_unknown")
    person_id = _new_person(sitting, name, phone)
    _member(sitting, person_id, room.school_id, Role.TEACHER)
    _bind(sitting, person_id, self_made.BY_ROOM)
    school = sitting.session.get_one(School, room.school_id)
    return Welcome(person_id, name, Role.TEACHER, school.name)


def room_of(sitting: Sitting, code: str) -> Room | None:
    """The room whose QR carries this code."""
    return sitting.session.scalar(select(Room).where(Room.code == code))


def scanned(sitting: Sitting, code: str) -> None:
    """Remember which room's QR this account scanned last, and when."""
    sitting.session.execute(
        update(Account).where(Account.id == sitting.actor.account_id).values(scanned=code, scanned_at=sitting.at)
    )


def _new_person(sitting: Sitting, name: str, phone: str) -> int:
    person = Person(name=name, phone=phone, language=sitting.actor.language, created_at=sitting.now)
    sitting.session.add(person)
    sitting.session.flush()
    return person.id


def register_person(sitting: Sitting, *, school_id: int, name: str, phone: str) -> int:
    """Somebody who called: known by name and phone, without an account."""
    person_id = _new_person(sitting, name, phone)
    _member(sitting, person_id, school_id, Role.TEACHER)
    return person_id


def _member(sitting: Sitting, person_id: int, school_id: int | None, role: Role) -> None:
    held = select(Membership.id).where(
        Membership.person_id == person_id, Membership.school_id == school_id, Membership.role == role.value
    )
    if sitting.session.scalar(held) is None:
        sitting.session.add(
            Membership(person_id=person_id, school_id=school_id, role=role.value, since_at=sitting.now)
        )


def _bind(sitting: Sitting, person_id: int, how: str) -> None:
    sitting.session.execute(
        update(Account)
        .where(Account.id == sitting.actor.account_id)
        .values(person_id=person_id, bound_at=sitting.now, bound_how=how, scanned="")
    )
    sitting.session.add(
        Consent(person_id=person_id, notice=NOTICE, channel=sitting.actor.channel, told_at=sitting.now)
    )
    sitting.session.flush()
    _hand_over(sitting, person_id, how)


def _hand_over(sitting: Sitting, person_id: int, how: str) -> None:
    """What the account reported as a stranger's is the person's: they go on hearing of it, on any line."""
    tickets = sitting.session.scalars(
        select(Ticket)
        .where(Ticket.reporter_account_id == sitting.actor.account_id, Ticket.reporter_id.is_(None))
        .order_by(Ticket.id)
        .with_for_update()
    ).all()
    for ticket in tickets:
        ticket.reporter_id = person_id
        append(sitting, ticket, "bound_later", {"how": how}, acted_as=Relation.REPORTER, visibility="internal")
        if ticket.merged_into_id is not None:
            follow(sitting, ticket.merged_into_id, {person_id})
    if sitting.actor.account_id is not None:
        known(sitting, sitting.actor.account_id)


def actor_of(
    who: Who,
    now: datetime,
    inbox_id: int | None = None,
) -> Actor:
    """The account as an actor: its person's name, language and roles that hold now."""
    held = [one for one in who.held if one.until_at is None or one.until_at > now]
    return Actor(
        person_id=who.person_id,
        account_id=who.account_id,
        name=who.name,
        language=who.language,
        channel=who.channel,
        memberships=tuple((one.school_id, Role(one.role)) for one in held),
        schools_by_name=tuple((one.school_id, one.school) for one in held if one.school_id and one.school),
        scanned_at=who.scanned_at,
        inbox_id=inbox_id,
    )
