"""投诉: a flag on any kind of request. The lead hears of it; it moves no clock and changes no kind."""

from desk.access import locked
from desk.events import append
from desk.sitting import Sitting
from desk.telling import tell


def complain(sitting: Sitting, ticket_id: int, *, words: str) -> None:
    """Mark it once; who complains again on the same ticket has said so already."""
    ticket = locked(sitting, ticket_id)
    if ticket.is_complaint:
        return
    ticket.is_complaint = True
    event = append(sitting, ticket, "complaint", {"words": words})
    tell(sitting, ticket, event, values={"by": sitting.actor.name, "words": words})
