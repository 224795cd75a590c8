"""The statement that finds the people around one ticket with their accounts, by whose names or roles are needed.

Nobody else's row is looked at, however many accounts the installation has.
"""

from typing import Final

from sqlalchemy import Select, and_, bindparam, literal, or_, select, union, union_all

from storage.prepared import Prepared
from storage.rosters import away
from storage.tables import Account, Follower, FollowingStranger, Membership, Outbox, Person, Shift, Ticket

# `roles` are roles at the vendor or at the ticket's own school.
TICKET: Final = bindparam("ticket", type_=Ticket.id.type)
NOW: Final = bindparam("now", type_=Shift.starts_at.type)
HELD: Final = and_(
    Membership.role.in_(bindparam("roles", expanding=True)),
    or_(Membership.school_id.is_(None), Membership.school_id == bindparam("school")),
    Membership.until_at.is_(None),
)
FOLLOWING: Final = select(Follower.person_id).where(Follower.ticket_id == TICKET)
FOLLOWING_STRANGERS: Final = select(FollowingStranger.account_id).where(FollowingStranger.ticket_id == TICKET)
HOLDING: Final = select(Outbox.person_id).where(Outbox.ticket_id == TICKET, Outbox.person_id.is_not(None))


def _lines(*further: Select[int | None]) -> Prepared:
    """Accounts of the people that are named, in these roles, following or among `further`; and unbound ones.

    Whoever has no account has a row without one: they are somebody to be called, not nobody.
    The people are found first, each way by its index: one OR over all accounts would read every account there is.
    """
    people = union(
        select(Person.id).where(Person.id.in_(bindparam("people", expanding=True))),
        select(Membership.person_id).where(HELD),
        FOLLOWING,
        *further,
    ).cte("wanted")
    person = people.c[0]
    duty = select(Shift.id).where(
        Shift.person_id == person,
        Shift.starts_at <= NOW,
        Shift.ends_at > NOW,
        ~away(Shift.person_id, NOW),
    )
    holds = person.in_(HOLDING) if further else literal(value=False)
    line = (Account.id, Account.channel, Account.chat)
    bound = (
        select(
            *line,
            person.label("person_id"),
            Membership.role,
            duty.exists(),
            Account.is_reachable,
            person.in_(FOLLOWING),
            holds,
            Account.rank,
        )
        .select_from(people)
        .outerjoin(Account, Account.person_id == person)
        .outerjoin(Membership, and_(Membership.person_id == person, HELD))
    )
    no, yes = literal(value=False), literal(value=True)
    stranger = (*line, Account.person_id, literal(""), no, Account.is_reachable)
    unbound = select(*stranger, no, no, Account.rank).where(
        Account.id.in_(bindparam("accounts", expanding=True)), Account.person_id.is_(None)
    )
    following = select(*stranger, yes, no, Account.rank).where(
        Account.id.in_(FOLLOWING_STRANGERS), Account.person_id.is_(None)
    )
    return Prepared(union_all(bound, unbound, following).order_by("person_id", "rank", "id"))


WITHOUT_HOLDERS: Final = _lines()
WITH_HOLDERS: Final = _lines(HOLDING)
