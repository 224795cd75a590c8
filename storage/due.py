"""What is due: claims of rows whose moment has come, and when the next one comes.

A claim costs what is due, not what is open: every moment has a partial index. On PostgreSQL several workers
share the rows (SKIP LOCKED); on SQLite there is one writer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.tables import (
    Attachment,
    CalendarEdition,
    Call,
    Dialog,
    FollowUp,
    Inbox,
    Lane,
    PromiseRow,
    Reminder,
    RosterGap,
    Ticket,
)

DueDialog = Dialog  # the name by which the floor above may speak of such a row

SET_ASIDE_AFTER = 5  # failures of one row before it is left for a human, named in the log


@dataclass(frozen=True)
class DueClock:
    """One clock whose alarm has come, with what its ladder needs to know of the ticket."""

    id: int
    ticket_id: int
    promise: str
    step: int
    round: int
    policy_id: int
    segments: str
    calendar_edition: str
    state: str
    due_at: datetime
    stage: str
    failures: int
    booked_at: datetime | None
    assignee_id: int | None
    school_id: int | None


CLOCK = (
    *(getattr(PromiseRow, one.name) for one in fields(DueClock) if hasattr(PromiseRow, one.name)),
    Ticket.assignee_id,
    Ticket.school_id,
)


def tickets(session: Session, rows: "Due", now: datetime, limit: int) -> list[int]:
    """Tickets with such a row that is due, the longest due first, each locked; another worker's are passed over.

    Locked here, before their rows: acts lock the ticket and then its clocks, and whoever does it the other way
    round may meet one of them in an embrace. The limit is a literal: a generic plan would not know it is small.
    """
    query = (
        select(Ticket.id)
        .join(rows.at.class_, rows.at.class_.ticket_id == Ticket.id)
        .where(rows.where, rows.at <= now)
        .order_by(rows.at)
        .limit(bindparam("few", limit, literal_execute=True))
        .with_for_update(of=Ticket, key_share=True, skip_locked=True)
    )
    return list(dict.fromkeys(session.scalars(query)))


def clocks(session: Session, tickets: Sequence[int], now: datetime) -> list[DueClock]:
    """The clocks of these locked tickets whose alarm has come, oldest first.

    A statement of its own, after the lock: what the one who had it before has written is seen.
    """
    query = (
        select(*CLOCK)
        .join(Ticket, Ticket.id == PromiseRow.ticket_id)
        .where(PromiseRow.ticket_id.in_(tickets), PROMISES.where, PromiseRow.next_alarm_at <= now)
        .order_by(PromiseRow.next_alarm_at, PromiseRow.id)
    )
    return [DueClock(*row) for row in session.execute(query)]


def reminders(session: Session, tickets: Sequence[int], now: datetime) -> list[Reminder]:
    """Reminders of these locked tickets whose moment has come."""
    query = (
        select(Reminder)
        .where(Reminder.ticket_id.in_(tickets), REMINDERS.where, Reminder.due_at <= now)
        .order_by(Reminder.due_at, Reminder.id)
    )
    return list(session.scalars(query))


def dialogs(session: Session, now: datetime, limit: int = 100) -> list[Dialog]:
    """Dialogs that have been silent long enough, locked."""
    query = (
        select(Dialog)
        .where(Dialog.expires_at <= now)
        .order_by(Dialog.expires_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def failed_messages(session: Session, release: str, limit: int = 20) -> list[Inbox]:
    """Messages on which another release of the code failed: this one may do better."""
    query = (
        select(Inbox)
        .where(Inbox.state == "failed", Inbox.release != release)
        .order_by(Inbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def wanted_media(session: Session, now: datetime, limit: int = 20) -> list[Attachment]:
    """Attachments whose bytes are to be fetched."""
    query = (
        select(Attachment)
        .where(Attachment.state == "wanted", Attachment.next_at <= now)
        .order_by(Attachment.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def edition(session: Session, now: datetime) -> CalendarEdition | None:
    """The calendar's edition by which promises are to be counted anew, locked."""
    query = select(CalendarEdition).where(CalendarEdition.next_at <= now).order_by(CalendarEdition.id)
    return session.scalar(query.limit(1).with_for_update(skip_locked=True))


def records(session: Session, now: datetime, limit: int = 20) -> list[Ticket]:
    """Tickets with an edition to be made; one whose photos are still on their way waits for them."""
    query = (
        select(Ticket)
        .where(Ticket.records_due_at <= now, RECORDS.where)
        .order_by(Ticket.records_due_at)
        .limit(limit)
    )
    return list(session.scalars(query))


def gaps(session: Session, now: datetime, limit: int) -> list[RosterGap]:
    """Gaps of the roster that are to be told of, locked."""
    query = select(RosterGap).where(RosterGap.next_at <= now).order_by(RosterGap.next_at).limit(limit)
    return list(session.scalars(query.with_for_update(skip_locked=True)))


@dataclass(frozen=True)
class Due:
    """A kind of row that falls due: its moment's column, and which rows still count."""

    at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
    where: ColumnElement[bool]

    def soonest(self, session: Session) -> datetime | None:
        """The next moment at which such a row falls due."""
        return session.scalar(select(func.min(self.at)).where(self.where))

    def waiting(self, session: Session, now: datetime) -> int:
        """How many rows are due and not done."""
        return session.scalar(select(func.count()).where(self.where, self.at <= now)) or 0


PROMISES = Due(PromiseRow.next_alarm_at, PromiseRow.failures < SET_ASIDE_AFTER)
REMINDERS = Due(Reminder.due_at, and_(Reminder.done_at.is_(None), Reminder.failures < SET_ASIDE_AFTER))
FOLLOW_UPS = Due(FollowUp.due_at, FollowUp.failures < SET_ASIDE_AFTER)
CALLS = Due(Call.next_at, Call.failures < SET_ASIDE_AFTER)
DIALOGS = Due(Dialog.expires_at, Dialog.expires_at.is_not(None))
LANES = Due(Lane.next_at, Lane.next_at.is_not(None))
MEDIA = Due(Attachment.next_at, Attachment.state == "wanted")
EDITIONS = Due(CalendarEdition.next_at, CalendarEdition.next_at.is_not(None))
ON_THE_WAY = select(Attachment.id).where(Attachment.ticket_id == Ticket.id, Attachment.state == "wanted").exists()
RECORDS = Due(Ticket.records_due_at, Ticket.records_due_at.is_not(None) & ~ON_THE_WAY)
GAPS = Due(RosterGap.next_at, RosterGap.next_at.is_not(None))
