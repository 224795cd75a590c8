"""Somebody who gave their own name at a room's QR turns out to be a person the desk knew: an invite says which.

Until then the account belonged to a person made of that name, and what was reported stood there. Without this it
would be nobody's: the account shows what its person may see, and that person is another one from now on.
"""

from typing import Final

from sqlalchemy import delete, func, select, update

from agreement.words import Relation, Role
from desk.events import append
from desk.follow_on import follow
from desk.sitting import Sitting
from storage.tables import Account, Call, EarlierSelf, Follower, FollowUp, Membership, Ticket

BY_ROOM = "room"
# How the account was theirs when they confirmed by it, in a statement that joins both.
BOUND_HOW: Final = func.coalesce(EarlierSelf.bound_how, Account.bound_how)


def become(sitting: Sitting, person_id: int, school_id: int | None) -> None:
    """What the self-made person reported and is still to hear of is the invited one's; their place in the school's
    list ends, so that nobody registers for them again."""
    before = sitting.actor.person_id
    if before is None or before == person_id or not _is_self_made(sitting, before, school_id):
        return
    _tickets(sitting, before, person_id)
    _followed(sitting, before, person_id)
    _to_be_asked(sitting, before, person_id)
    sitting.session.execute(
        update(Membership).where(Membership.person_id == before).values(until_at=sitting.now)
    )
    # Further back the same human being may have been another: whoever is erased is erased under every name.
    earlier = update(EarlierSelf).where(EarlierSelf.became_id == before)
    sitting.session.execute(earlier.values(became_id=person_id))
    sitting.session.add(
        EarlierSelf(person_id=before, became_id=person_id, bound_how=BY_ROOM, became_at=sitting.now)
    )


def _is_self_made(sitting: Sitting, person_id: int, school_id: int | None) -> bool:
    """Named at a room's QR, reached by this account alone, and a teacher of the inviting school and nothing else:
    anybody more is a person of their own, whoever holds the telephone."""
    session = sitting.session
    how = session.scalar(select(Account.bound_how).where(Account.id == sitting.actor.account_id))
    accounts = session.scalar(select(func.count()).where(Account.person_id == person_id))
    roles = session.execute(
        select(Membership.school_id, Membership.role).where(Membership.person_id == person_id)
    ).all()
    return how == BY_ROOM and accounts == 1 and [tuple(one) for one in roles] == [(school_id, Role.TEACHER.value)]


def _tickets(sitting: Sitting, before: int, person_id: int) -> None:
    """Each with its event, which names who reported it first: what they confirmed there stays theirs."""
    query = select(Ticket).where(Ticket.reporter_id == before).order_by(Ticket.id).with_for_update()
    for ticket in sitting.session.scalars(query).all():
        ticket.reporter_id = person_id
        kept = {"how": "invite", "was": before}
        append(sitting, ticket, "bound_later", kept, acted_as=Relation.REPORTER, visibility="internal")


def _followed(sitting: Sitting, before: int, person_id: int) -> None:
    mine = Follower.person_id == before
    for ticket_id in sitting.session.scalars(select(Follower.ticket_id).where(mine)).all():
        follow(sitting, ticket_id, {person_id})
    sitting.session.execute(delete(Follower).where(mine))


def _to_be_asked(sitting: Sitting, before: int, person_id: int) -> None:
    """Follow-ups and calls that are open: nobody is asked under a name that no account has any more."""
    sitting.session.execute(update(FollowUp).where(FollowUp.person_id == before).values(person_id=person_id))
    waiting = update(Call).where(Call.person_id == before, Call.done_at.is_(None))
    sitting.session.execute(waiting.values(person_id=person_id))
