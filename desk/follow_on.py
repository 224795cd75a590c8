"""Who hears of a ticket that is not their own: the reporters of what was merged into it, however often."""

from collections.abc import Iterable

from sqlalchemy import select

from desk.sitting import Sitting
from storage.tables import Follower, Ticket


def follow(sitting: Sitting, ticket_id: int, people: Iterable[int]) -> None:
    """These people hear of the ticket from now on, and of whatever it was merged into since."""
    goes_on = sitting.session.get_one(Ticket, ticket_id)
    new = set(people) - {goes_on.reporter_id} - set(_followers(sitting, ticket_id))
    sitting.session.add_all(Follower(ticket_id=ticket_id, person_id=one) for one in sorted(new))
    if goes_on.merged_into_id is not None:
        follow(sitting, goes_on.merged_into_id, people)


def move(sitting: Sitting, ticket: Ticket, into: Ticket) -> None:
    """Everybody who heard of the one, its reporter and those who followed it, hears of the other."""
    reporter = [ticket.reporter_id] if ticket.reporter_id is not None else []
    follow(sitting, into.id, [*reporter, *_followers(sitting, ticket.id)])


def _followers(sitting: Sitting, ticket_id: int) -> list[int]:
    return list(sitting.session.scalars(select(Follower.person_id).where(Follower.ticket_id == ticket_id)))
