"""Keeping a record as it was closed, and completing what stands empty on one. Editions are only ever added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agreement.printed import Fault
from agreement.words import Record, Relation
from desk.access import locked, relations
from desk.events import append
from desk.sitting import Sitting
from storage.tables import Archived, RecordEdition, Ticket
from storage.talk import insert
from texts.refused import Refused

COMPLETING = frozenset(
    {Relation.ENGINEER, Relation.ASSIGNEE, Relation.DESK, Relation.LEAD, Relation.ARCHIVIST}
)
AGAIN_AFTER = timedelta(hours=1)  # a case that could not be projected: after the next release, or by hand


@dataclass(frozen=True, kw_only=True)
class Closed:
    """One edition to be kept. Moments are UTC."""

    record: Record
    attempt: int
    number: str
    edition: int
    form: tuple[str, str]  # number and version
    content: str  # canonical JSON
    digest: str  # SHA-256 of the content, in hex
    print_digest: str  # SHA-256 of its PDF; empty: kept nowhere
    left_open: Sequence[str]  # labels of required cells that nobody had filled
    pages: int
    print_faults: Sequence[Fault]
    reason: str
    author_id: int | None  # nobody: the clock
    event_id: int  # what closed or changed it
    made_at: datetime


def keep(session: Session, ticket_id: int, closed: Sequence[Closed]) -> None:
    """Add these editions; one that another worker kept already stays as it is."""
    if closed:
        new = insert(session)(RecordEdition).values([_row(ticket_id, one) for one in closed])
        key = ["ticket_id", "record", "attempt", "edition"]
        session.execute(new.on_conflict_do_nothing(index_elements=key))


def _row(ticket_id: int, one: Closed) -> dict[str, object]:
    form_number, form_version = one.form
    return {
        "ticket_id": ticket_id,
        "record": one.record.value,
        "attempt": one.attempt,
        "number": one.number,
        "edition": one.edition,
        "form_number": form_number,
        "form_version": form_version,
        "content": one.content,
        "digest": one.digest,
        "print_digest": one.print_digest,
        "left_open": list(one.left_open),
        "pages": one.pages,
        "print_faults": [fault.value for fault in one.print_faults],
        "reason": one.reason,
        "author_id": one.author_id,
        "event_id": one.event_id,
        "made_at": one.made_at,
    }


def settled(session: Session, ticket_id: int, due_at: datetime) -> None:
    """Nothing more to close, unless something has happened since that moment."""
    session.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id, Ticket.records_due_at == due_at)
        .values(records_due_at=None)
    )


def postponed(session: Session, ticket_id: int, now: datetime) -> None:
    """It could not be done now; the others go on."""
    session.execute(update(Ticket).where(Ticket.id == ticket_id).values(records_due_at=now + AGAIN_AFTER))


def fill(
    sitting: Sitting, ticket_id: int, *, record: Record, attempt: int, key: str, text: str, reason: str
) -> Ticket:
    """An empty cell is completed, or a wrong one corrected: an event, so that the record remains a projection.

    `records.completing` knows which keys a record has. After 归档 a reason must be given. Raises Refused.
    """
    ticket = locked(sitting, ticket_id)
    if not relations(sitting.actor, ticket) & COMPLETING:
        raise Refused("refused.not_yours_to_fill", number=ticket.ordinal)
    archived = sitting.session.scalar(select(Archived.id).where(Archived.ticket_id == ticket.id))
    if archived is not None and not reason.strip():
        raise Refused("refused.reason_wanted", number=ticket.ordinal)
    append(
        sitting,
        ticket,
        "cell_filled",
        {"record": record.value, "attempt": attempt, "key": key, "text": text, "reason": reason},
    )
    return ticket
