"""What the page behind a record's QR may say to anybody: that the record exists, its editions, digests, confirmations.

No name, no school, no word of what was written: whoever holds the paper compares, whoever does not learns nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.chain import Sealed
from agreement.records import confirms
from agreement.words import Record
from storage.tables import Account, ChainLink, Confirmation, Event, Number, RecordEdition, Ticket


@dataclass(frozen=True, kw_only=True)
class EditionSeen:
    """One edition. `link` and `head` where it is sealed."""

    edition: int
    made_at: datetime
    digest: str
    pages: int
    link: int | None
    head: str


@dataclass(frozen=True, kw_only=True)
class ConfirmationSeen:
    """One electronic confirmation: its number, what was confirmed, in which relation, where and when."""

    number: str
    what: str
    by: str
    channel: str
    at: datetime
    digest: str
    shown_digest: str


@dataclass(frozen=True, kw_only=True)
class Verified:
    """A record as anybody may see it."""

    number: str
    record: Record
    case_number: str
    editions: Sequence[EditionSeen]
    confirmations: Sequence[ConfirmationSeen]


def verified(session: Session, number: str) -> Verified | None:
    """The record of this number; None where none has it."""
    found = _found(session, number)
    if found is None:
        return None
    ticket, record, attempt = found
    return Verified(
        number=number,
        record=record,
        case_number=ticket.number,
        editions=_editions(session, ticket, record, attempt),
        confirmations=_confirmations(session, ticket, record, attempt),
    )


def _found(session: Session, number: str) -> tuple[Ticket, Record, int] | None:
    """The case's own number is that of its register."""
    ticket = session.scalar(select(Ticket).where(Ticket.number == number))
    if ticket is not None:
        return ticket, Record.REGISTER, 1
    row = session.scalar(select(Number).where(Number.number == number))
    if row is None:
        return None
    return session.get_one(Ticket, row.ticket_id), Record(row.record), row.attempt


def _editions(session: Session, ticket: Ticket, record: Record, attempt: int) -> list[EditionSeen]:
    rows = session.execute(
        select(RecordEdition, ChainLink.n, ChainLink.digest)
        .outerjoin(
            ChainLink,
            (ChainLink.edition_id == RecordEdition.id)
            & (ChainLink.kind == Sealed.RECORD.value)
            & (ChainLink.salt != ""),
        )
        .where(
            RecordEdition.ticket_id == ticket.id,
            RecordEdition.record == record.value,
            RecordEdition.attempt == attempt,
        )
        .order_by(RecordEdition.edition)
    )
    return [
        EditionSeen(
            edition=one.edition,
            made_at=one.made_at,
            digest=one.digest,
            pages=one.pages,
            link=n,
            head=f"{n}-{digest}" if n is not None else "",
        )
        for one, n, digest in rows
    ]


def _confirmations(session: Session, ticket: Ticket, record: Record, attempt: int) -> list[ConfirmationSeen]:
    rows = session.execute(
        select(Confirmation, Event, Account.channel)
        .join(Event, Event.id == Confirmation.event_id)
        .outerjoin(Account, Account.id == Confirmation.account_id)
        .where(Confirmation.ticket_id == ticket.id)
        .order_by(Confirmation.id)
    )
    return [
        ConfirmationSeen(
            number=one.number,
            what=event.name,
            by=event.actor_as,
            channel=channel or "",
            at=one.at,
            digest=one.digest,
            shown_digest=one.shown_digest,
        )
        for one, event, channel in rows
        if confirms(record, attempt, event.name, in_round=event.round, of_try=event.data.get("attempt"))
    ]
