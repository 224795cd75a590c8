"""Who hears of a ticket that is not their own: the reporters of what was merged into it, however often.

A stranger follows by the account; whoever binds it follows as a person from then on.
"""

from collections.abc import Iterable

from sqlalchemy import delete, select

from desk.sitting import Sitting
from storage.tables import Follower, FollowingStranger, Ticket


def follow(sitting: Sitting, ticket_id: int, people: Iterable[int], strangers: Iterable[int] = ()) -> None:
    """These people and accounts hear of the ticket from now on, and of whatever it was merged into since."""
    goes_on = sitting.session.get_one(Ticket, ticket_id)
    new = set(people) - {goes_on.reporter_id} - set(_followers(sitting, ticket_id))
    sitting.session.add_all(Follower(ticket_id=ticket_id, person_id=one) for one in sorted(new))
    unknown = set(strangers) - {_stranger(goes_on)} - set(_strangers(sitting, ticket_id))
    sitting.session.add_all(FollowingStranger(ticket_id=ticket_id, account_id=one) for one in sorted(unknown))
    if goes_on.merged_into_id is not None:
        follow(sitting, goes_on.merged_into_id, people, strangers)


def move(sitting: Sitting, ticket: Ticket, into: Ticket) -> None:
    """Everybody who heard of the one, its reporter and those who followed it, hears of the other."""
    reporter = [ticket.reporter_id] if ticket.reporter_id is not None else []
    stranger = [one for one in [_stranger(ticket)] if one is not None]
    follow(
        sitting,
        into.id,
        [*reporter, *_followers(sitting, ticket.id)],
        [*stranger, *_strangers(sitting, ticket.id)],
    )


def known(sitting: Sitting, account_id: int) -> None:
    """The account is somebody's from now on: what it followed is followed by its person, or not at all."""
    mine = FollowingStranger.account_id == account_id
    sitting.session.execute(delete(FollowingStranger).where(mine))


def is_followed(sitting: Sitting, ticket: Ticket) -> bool:
    """Whether somebody else reported the same, which was merged into it."""
    return bool(_followers(sitting, ticket.id) or _strangers(sitting, ticket.id))


def _stranger(ticket: Ticket) -> int | None:
    """The account that reported it, while that is all that is known of its reporter."""
    return ticket.reporter_account_id if ticket.reporter_id is None else None


def _followers(sitting: Sitting, ticket_id: int) -> list[int]:
    return list(sitting.session.scalars(select(Follower.person_id).where(Follower.ticket_id == ticket_id)))


def _strangers(sitting: Sitting, ticket_id: int) -> list[int]:
    query = select(FollowingStranger.account_id).where(FollowingStranger.ticket_id == ticket_id)
    return list(sitting.session.scalars(query))
