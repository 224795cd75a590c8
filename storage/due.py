"""What is due: claims of rows whose moment has come (the kinds of row stand in `falling_due.py`).

On PostgreSQL several workers share the rows (SKIP LOCKED); on SQLite there is one writer.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    any_,
    bindparam,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from storage.falling_due import (
    DIALOGS,
    GAPS,
    MEDIA,
    NOW,
    PROMISES,
    RECORDS,
    REMINDERS,
    SHIFTS,
    SWAPS,
    TALKS,
    VOICE,
    Due,
)
from storage.prepared import Prepared
from storage.tables import (
    Attachment,
    CalendarEdition,
    Dialog,
    Inbox,
    PromiseRow,
    Reminder,
    RosterGap,
    Shift,
    Swap,
    Talk,
    Ticket,
    VoiceCall,
)
from storage.written_out import is_now

DueDialog = Dialog  # the name by which the floor above may speak of such a row

HAS_FAILED = is_now(Inbox.state, "failed")  # by ix_inbox_failed
MOST_TRIES = 20  # of a failed message: two releases side by side would hand it to each other for ever


class DueClock(NamedTuple):
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
    is_known: bool
    assignee_id: int | None
    school_id: int | None
    aware_round: int
    ticket_state: str
    ticket_round: int


CLOCK = (
    *(getattr(PromiseRow, name) for name in DueClock._fields if hasattr(PromiseRow, name)),
    Ticket.assignee_id,
    Ticket.school_id,
    Ticket.aware_round,
    Ticket.state,
    Ticket.round,
)


def tickets(session: Session, rows: "Due", now: datetime, limit: int) -> list[int]:
    """Tickets with such a row that is due, the longest due first, each locked; another worker's are passed over.

    Locked here, before their rows: acts lock the ticket and then its clocks, and whoever does it the other way
    round may meet one of them in an embrace.
    """
    if rows.tickets is None:
        raise ValueError(f"{rows.at} is of no ticket")
    found = rows.tickets.rows(session, {"now": now, "few": limit})
    return list(dict.fromkeys(ticket for (ticket,) in found))


def clocks(session: Session, tickets: Sequence[int], now: datetime) -> list[DueClock]:
    """The clocks of these locked tickets whose alarm has come, oldest first.

    A statement of its own, after the lock: what the one who had it before has written is seen.
    """
    return [DueClock._make(row) for row in CLOCKS.rows(session, {"tickets": tickets, "now": now})] if tickets else []


def reminders(session: Session, tickets: Sequence[int], now: datetime) -> list[Reminder]:
    """Reminders of these locked tickets whose moment has come."""
    return list(session.scalars(REMIND, {"tickets": tickets, "now": now})) if tickets else []


def dialogs(session: Session, now: datetime, limit: int = 100) -> list[Dialog]:
    """Dialogs that have been silent long enough, locked."""
    return list(session.scalars(SILENT, {"now": now, "few": limit}))


def failed_messages(session: Session, release: str, limit: int = 20) -> list[Inbox]:
    """Messages on which another release of the code failed: this one may do better."""
    query = (
        select(Inbox)
        .where(HAS_FAILED, Inbox.release != release, Inbox.attempts < MOST_TRIES)
        .order_by(Inbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def wanted_media(session: Session, now: datetime, limit: int = 20) -> list[Attachment]:
    """Attachments whose bytes are to be fetched."""
    return list(session.scalars(WANTED, {"now": now, "few": limit}))


def edition(session: Session, now: datetime) -> CalendarEdition | None:
    """The calendar's edition by which promises are to be counted anew, locked."""
    return session.scalar(COUNTED_ANEW, {"now": now})


def records(session: Session, now: datetime, limit: int = 20) -> list[Ticket]:
    """Tickets with an edition to be made; one whose photos are still on their way waits for them."""
    return list(session.scalars(CLOSED, {"now": now, "few": limit}))


def gaps(session: Session, now: datetime, limit: int) -> list[RosterGap]:
    """Gaps of the roster that are to be told of, locked."""
    return list(session.scalars(UNCOVERED, {"now": now, "few": limit}))


def swaps(session: Session, now: datetime, limit: int) -> list[Swap]:
    """Swaps that nobody has answered and of which people are to be reminded, locked."""
    return list(session.scalars(UNANSWERED, {"now": now, "few": limit}))


def talks(session: Session, now: datetime, limit: int) -> list[Talk]:
    """Talks that nobody of the desk has taken over and of which people are to be told again, locked."""
    return list(session.scalars(UNTAKEN, {"now": now, "few": limit}))


def voice_calls(session: Session, now: datetime, limit: int) -> list[VoiceCall]:
    """Phone calls that are to be made, or made again, locked."""
    return list(session.scalars(TO_CALL, {"now": now, "few": limit}))


K = TypeVar("K", Dialog, Attachment, RosterGap, Shift, VoiceCall, Swap, Talk)
FEW: BindParameter[int] = bindparam("few")


def shifts_over(session: Session, now: datetime, limit: int) -> list[Shift]:
    """Shifts that have ended and were not handed over yet, locked."""
    return list(session.scalars(ENDED, {"now": now, "few": limit}))


def _claimed(kind: type[K], rows: Due) -> Select[K]:
    """Rows of this kind that are due, the longest due first, locked; another worker's are passed over."""
    due = select(kind).where(rows.where, rows.at <= NOW).order_by(rows.at)
    return due.limit(FEW).with_for_update(skip_locked=True)


def _clocks(of_these: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(*CLOCK)
        .join(Ticket, Ticket.id == PromiseRow.ticket_id)
        .where(of_these, PROMISES.where, PromiseRow.next_alarm_at <= NOW)
        .order_by(PromiseRow.next_alarm_at, PromiseRow.id)
    )


THESE = bindparam("tickets", type_=Ticket.id.type, expanding=True)
# Hundreds of tickets as so many parameters took PostgreSQL longer to plan than to find.
IN_ARRAY = PromiseRow.ticket_id == any_(bindparam("tickets", type_=ARRAY(Ticket.id.type, dimensions=1)))
CLOCKS = Prepared({"postgresql": _clocks(IN_ARRAY), "sqlite": _clocks(PromiseRow.ticket_id.in_(THESE))})
REMIND = (
    select(Reminder)
    .where(Reminder.ticket_id.in_(THESE), REMINDERS.where, Reminder.due_at <= NOW)
    .order_by(Reminder.due_at, Reminder.id)
)
SILENT = _claimed(Dialog, DIALOGS)
WANTED = _claimed(Attachment, MEDIA)
COUNTED_ANEW = (
    select(CalendarEdition)
    .where(CalendarEdition.next_at <= NOW)
    .order_by(CalendarEdition.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
CLOSED = (
    select(Ticket)
    .where(Ticket.records_due_at <= NOW, RECORDS.where)
    .order_by(Ticket.records_due_at)
    .limit(FEW)
)
UNCOVERED = _claimed(RosterGap, GAPS)
ENDED = _claimed(Shift, SHIFTS)
TO_CALL = _claimed(VoiceCall, VOICE)
UNANSWERED = _claimed(Swap, SWAPS)
UNTAKEN = _claimed(Talk, TALKS)
