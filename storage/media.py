"""Attachments: which bytes are wanted, where they lie, and who is to be shown them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage import due
from storage.tables import Account, Attachment, Event, Outbox, Ticket

TRIES = 6
@dataclass(frozen=True)
class Wanted:
    """Bytes to be fetched from a channel."""

    id: int
    channel: str
    kind: str
    reference: str
    name: str
    media_type: str
    attempts: int


@dataclass(frozen=True)
class Stored:
    """A file as it lies in the store."""

    id: int
    channel: str
    kind: str
    name: str
    media_type: str
    reference: str
    path: str
    facts: dict[str, Any]
    ordinal: int  # 0: sent in a talk, about no ticket


def claim(session: Session, now: datetime, lease: timedelta) -> list[Wanted]:
    """Lease what is wanted: nobody else fetches it until the lease is over."""
    rows = due.wanted_media(session, now)
    for row in rows:
        row.next_at = now + lease
        row.attempts += 1
    session.flush()
    return [
        Wanted(row.id, row.channel, row.kind, row.reference, row.name, row.media_type, row.attempts)
        for row in rows
    ]


def keep(session: Session, attachment_id: int, *, path: str, digest: str, size: int, media_type: str) -> None:
    """The bytes are here."""
    session.execute(
        update(Attachment)
        .where(Attachment.id == attachment_id)
        .values(state="stored", path=path, digest=digest, size=size, media_type=media_type, next_at=None)
    )


def postpone(session: Session, wanted: Wanted, *, at: datetime) -> None:
    """Not this time; after the last try it is given up, named in the row."""
    if wanted.attempts >= TRIES:
        give_up(session, wanted.id)
    else:
        session.execute(update(Attachment).where(Attachment.id == wanted.id).values(next_at=at))


def give_up(session: Session, attachment_id: int) -> None:
    session.execute(
        update(Attachment).where(Attachment.id == attachment_id).values(state="failed", next_at=None)
    )


def stored(session: Session, attachment_id: int) -> Stored | None:
    """A stored file; a location has no bytes and counts as stored."""
    row = session.execute(
        select(Attachment, Ticket.ordinal)
        .outerjoin(Ticket, Ticket.id == Attachment.ticket_id)
        .where(Attachment.id == attachment_id, Attachment.state == "stored")
    ).first()
    if row is None:
        return None
    one, ordinal = row
    return Stored(
        one.id,
        one.channel,
        one.kind,
        one.name or f"{one.kind}-{one.id}",
        one.media_type,
        one.reference,
        one.path,
        one.facts,
        ordinal or 0,
    )


@dataclass(frozen=True)
class Viewer:
    """Whoever is shown a file, on which line and as of which ticket (0: of none)."""

    account_id: int
    channel: str
    chat: str
    person_id: int | None
    ticket_id: int


def shown_to(session: Session, attachment_id: int) -> list[Viewer]:
    """All who were told of its event, but its author; one for each message."""
    one = session.get_one(Attachment, attachment_id)
    rows = session.execute(
        select(Outbox.account_id, Account.channel, Account.chat, Outbox.person_id, Outbox.ticket_id)
        .join(Account, Account.id == Outbox.account_id)
        .where(
            Outbox.ticket_id == select(Event.ticket_id).where(Event.id == one.event_id).scalar_subquery(),
            Outbox.event_id == one.event_id,
            Outbox.weight != "reply",
            (Outbox.person_id != one.person_id) | Outbox.person_id.is_(None) | (one.person_id is None),
        )
        .order_by(Outbox.id)
    )
    return [Viewer(account, channel, chat, person, ticket or 0) for account, channel, chat, person, ticket in rows]


def assignee(session: Session, attachment_id: int, events: Sequence[str]) -> Viewer | None:
    """Whoever has its ticket by now, if another sent it with one of these events: they may have got the ticket while it
    was fetched. Whoever is taking it at this moment is waited for."""
    found = session.execute(
        select(Account.id, Account.channel, Account.chat, Account.person_id, Ticket.id)
        .join(Ticket, Ticket.assignee_id == Account.person_id)
        .join(Attachment, Attachment.ticket_id == Ticket.id)
        .join(Event, Event.id == Attachment.event_id)
        .where(
            Attachment.id == attachment_id,
            Event.name.in_(events),
            Attachment.person_id.is_distinct_from(Ticket.assignee_id),
            Account.is_reachable.is_(True),
        )
        .order_by(Account.rank, Account.id)
        .limit(1)
        .with_for_update(of=Ticket, read=True)
    ).first()
    return Viewer(*found) if found is not None else None
