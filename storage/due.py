"""What is due: claims of rows whose moment has come, and when the next one comes.

A claim costs what is due, not what is open: every moment has a partial index. On PostgreSQL several workers
share the rows (SKIP LOCKED); on SQLite there is one writer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
Select,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.prepared import Prepared
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
    Shift,
    Swap,
    Ticket,
    VoiceCall,
)

DueDialog = Dialog  # the name by which the floor above may speak of such a row

MOST_TRIES = 20  # of a failed message: two releases side by side would hand it to each other for ever
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
    aware_round: int
    ticket_state: str
    ticket_round: int


CLOCK = (
    *(getattr(PromiseRow, one.name) for one in fields(DueClock) if hasattr(PromiseRow, one.name)),
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
    return list(session.scalars(SILENT, {"now": now, "few": limit}))


def failed_messages(session: Session, release: str, limit: int = 20) -> list[Inbox]:
    """Messages on which another release of the code failed: this one may do better."""
    query = (
        select(Inbox)
        .where(Inbox.state == "failed", Inbox.release != release, Inbox.attempts < MOST_TRIES)
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


def voice_calls(session: Session, now: datetime, limit: int) -> list[VoiceCall]:
    """Phone calls that are to be made, or made again, locked."""
    return list(session.scalars(TO_CALL, {"now": now, "few": limit}))


K = TypeVar("K", Dialog, Attachment, RosterGap, Shift, VoiceCall, Swap)
NOW = bindparam("now", type_=Ticket.reported_at.type)
FEW: BindParameter[int] = bindparam("few")


def shifts_over(session: Session, now: datetime, limit: int) -> list[Shift]:
    """Shifts that have ended and were not handed over yet, locked."""
    return list(session.scalars(ENDED, {"now": now, "few": limit}))


@dataclass(frozen=True)
class Due:
    """A kind of row that falls due: its moment's column, and which rows still count."""

    at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
    where: ColumnElement[bool]
    tickets: Prepared | None = None  # those with such a row, where it is one of a ticket

    def soonest(self, session: Session) -> datetime | None:
        """The next moment at which such a row falls due."""
        return session.scalar(select(func.min(self.at)).where(self.where))

    def waiting(self, session: Session, now: datetime) -> int:
        """How many rows are due and not done."""
        return session.scalar(select(func.count()).where(self.where, self.at <= now)) or 0


class Soonest:
    """The next moment of any of these kinds, in one statement: it is asked after every tick."""

    def __init__(self, kinds: Sequence[Due]) -> None:
        moments = [
            select(literal_column(str(place), Integer()), func.min(one.at)).where(one.where)
            for place, one in enumerate(kinds)
        ]
        self._moments = Prepared(union_all(*moments))

    def __call__(self, session: Session) -> datetime | None:
        return min((moment for _, moment in self._each(session)), default=None)

    def reached(self, session: Session, now: datetime) -> frozenset[int]:
        """Which of the kinds, by their place, have a row that is due."""
        return frozenset(place for place, moment in self._each(session) if moment <= now)

    def _each(self, session: Session) -> list[tuple[int, datetime]]:
        return [(place, moment) for place, moment in self._moments.rows(session, {}) if moment is not None]


def _of_tickets(
    at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None], where: ColumnElement[bool]
) -> Due:
    """The limit is a literal: a generic plan of PostgreSQL's would not know that it is small."""
    found = (
        select(Ticket.id)
        .join(at.class_, at.class_.ticket_id == Ticket.id)
        .where(where, at <= NOW)
        .order_by(at)
        .limit(bindparam("few", type_=Integer(), literal_execute=True))
        .with_for_update(of=Ticket, key_share=True, skip_locked=True)
    )
    return Due(at, where, Prepared(found))


def _claimed(kind: type[K], rows: Due) -> Select[K]:
    """Rows of this kind that are due, the longest due first, locked; another worker's are passed over."""
    due = select(kind).where(rows.where, rows.at <= NOW).order_by(rows.at)
    return due.limit(FEW).with_for_update(skip_locked=True)


PROMISES = _of_tickets(PromiseRow.next_alarm_at, PromiseRow.failures < SET_ASIDE_AFTER)
REMINDERS = _of_tickets(Reminder.due_at, and_(Reminder.done_at.is_(None), Reminder.failures < SET_ASIDE_AFTER))
FOLLOW_UPS = Due(FollowUp.due_at, FollowUp.failures < SET_ASIDE_AFTER)
CALLS = Due(Call.next_at, Call.failures < SET_ASIDE_AFTER)
DIALOGS = Due(Dialog.expires_at, Dialog.expires_at.is_not(None))
LANES = Due(Lane.next_at, Lane.next_at.is_not(None))
MEDIA = Due(Attachment.next_at, Attachment.state == "wanted")
EDITIONS = Due(CalendarEdition.next_at, CalendarEdition.next_at.is_not(None))
ON_THE_WAY = select(Attachment.id).where(Attachment.ticket_id == Ticket.id, Attachment.state == "wanted").exists()
RECORDS = Due(Ticket.records_due_at, Ticket.records_due_at.is_not(None) & ~ON_THE_WAY)
GAPS = Due(RosterGap.next_at, RosterGap.next_at.is_not(None))
SWAPS = Due(Swap.next_at, Swap.next_at.is_not(None))
VOICE = Due(VoiceCall.next_at, VoiceCall.next_at.is_not(None))
SHIFTS = Due(Shift.ends_at, Shift.handed_over_at.is_(None))
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
