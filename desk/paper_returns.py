"""签回: a record that was signed and stamped on paper comes back as photos or a scan, and is filed with the case.

It stands on 《归档记录》 beside the record it belongs to; the record itself stays as it was closed. After 归档 it is
another edition of 《归档记录》, sealed like the rest.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from agreement.words import Record, State
from desk.access import locked, relations
from desk.events import append
from desk.handing_out import theirs
from desk.reporting import Sent, attach
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Number, Ticket
from texts.refused import Refused

PAGES: Final = ("image/jpeg", "image/png", "application/pdf")
OVER = frozenset({State.CANCELLED.value, State.MERGED.value})


def returnable(sitting: Sitting, ticket_id: int) -> Sequence[tuple[Record, int, str]]:
    """The records of this ticket that are this person's to have, with their numbers. Raises Refused for none."""
    ticket = locked(sitting, ticket_id)
    papers = theirs(sitting, ticket, relations(sitting.actor, ticket))
    if not papers or ticket.state in OVER:
        raise Refused("refused.no_records_for_you", number=ticket.ordinal)
    numbers = {(Record.REGISTER.value, 1): ticket.number}
    rows = sitting.session.execute(
        select(Number.record, Number.attempt, Number.number).where(Number.ticket_id == ticket.id)
    )
    numbers |= {(record, attempt): number for record, attempt, number in rows}
    return [(record, attempt, numbers[(record.value, attempt)]) for record, attempt in papers]


def take_back(sitting: Sitting, ticket_id: int, *, record: Record, attempt: int, sent: Sequence[Sent]) -> Ticket:
    """Keep the pages of that record. Raises Refused without a page, for what is no page, and for a record that is not
    theirs to have."""
    ticket = locked(sitting, ticket_id)
    if not sent:
        raise Refused("refused.no_pages", number=ticket.ordinal)
    if not all(map(_is_page, sent)):
        raise Refused("refused.not_a_page", number=ticket.ordinal)
    found = {(one, number): name for one, number, name in returnable(sitting, ticket_id)}
    if (record, attempt) not in found:
        raise Refused("refused.no_records_for_you", number=ticket.ordinal)
    number = found[(record, attempt)]
    data = {"record": record.value, "attempt": attempt, "number": number, "sent": len(sent)}
    event = append(sitting, ticket, "paper_returned", data)
    attach(sitting, ticket, event, sent)
    values = {"record": record.value, "paper": number, "sent": len(sent), "by": sitting.actor.name}
    tell(sitting, ticket, event, values=values)
    return ticket


def _is_page(one: Sent) -> bool:
    """As its platform says; some say of a photo only that it is one."""
    return one.media_type in PAGES or (one.kind == "photo" and not one.media_type)
