"""软件原因: review finds whether the software causes a slowness; with 是 the month counts from the request."""

from datetime import datetime

from agreement.promises import PROMISES_OF_FINDING
from agreement.words import Act, Kind, Promise
from desk import catching_up, clock_rows
from desk.events import append
from desk.handling import taken_up
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Finding, Ticket
from texts.say import Say, say


def find(sitting: Sitting, ticket_id: int, *, is_software: bool, words: str) -> Ticket:
    """The finding with its author, shown to the customer.

    A later 否 takes no clock back: the vendor alone moves nothing. It is recorded and shown, the month runs on,
    and only another kind that the customer agrees to ends it.
    """
    ticket = taken_up(sitting, ticket_id, Act.FINDING)
    sitting.session.add(
        Finding(
            ticket_id=ticket.id,
            round=ticket.round,
            is_software=is_software,
            words=words,
            author_id=sitting.actor.person_id,
            at=sitting.at,
        )
    )
    event = append(sitting, ticket, "finding", {"is_software": is_software, "words": words})
    if is_software:
        since = catching_up.began_at(sitting, ticket)
        catching_up.begin(sitting, ticket, PROMISES_OF_FINDING[Kind(ticket.kind)], since, event)
    tell(
        sitting,
        ticket,
        event,
        values={
            "engineer": sitting.actor.name,
            "finding": _said(is_software, _due_at(sitting, ticket)),
            "words": words,
        },
    )
    return ticket


def _due_at(sitting: Sitting, ticket: Ticket) -> datetime | None:
    rows = clock_rows.of_round(sitting, ticket, {Promise.PERFORMANCE})
    return next((row.due_at for row in rows if row.state in clock_rows.LIVE), None)


def _said(is_software: bool, due_at: datetime | None) -> Say:
    if is_software:
        return say("finding.yes", due_at=due_at) if due_at else say("finding.yes_late")
    return say("finding.no_but_runs", due_at=due_at) if due_at else say("finding.no")
