"""The kinds of row that fall due, and when the next of them does: what is claimed of them stands in `due.py`.

Every moment has a partial index: to find what is due costs what is due, not what is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import cast

from sqlalchemy import (
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
    Lane,
    PromiseRow,
    Reminder,
    RosterGap,
    Shift,
    Swap,
    Talk,
    Ticket,
    VoiceCall,
)

SET_ASIDE_AFTER = 5  # failures of one row before it is left for a human, named in the log
NOW = bindparam("now", type_=Ticket.reported_at.type)


@dataclass(frozen=True)
class Due:
    """A kind of row that falls due: its moment's column, and which rows still count."""

    at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
    where: ColumnElement[bool]
    tickets: Prepared | None = None  # those with such a row, where it is one of a ticket

    @property
    def next_one(self) -> Select[datetime | None]:
        """The next moment. It must be said that there is one: SQLite takes a partial index for nothing less."""
        return select(func.min(self.at)).where(self.where, self.at.is_not(None))

    @cached_property
    def _soonest(self) -> Prepared:
        return Prepared(self.next_one)

    @cached_property
    def _waiting(self) -> Prepared:
        return Prepared(select(func.count()).where(self.where, self.at <= NOW))

    def soonest(self, session: Session) -> datetime | None:
        """The next moment at which such a row falls due."""
        [(moment,)] = self._soonest.rows(session, {})
        return cast("datetime | None", moment)

    def waiting(self, session: Session, now: datetime) -> int:
        """How many rows are due and not done."""
        [(count,)] = self._waiting.rows(session, {"now": now})
        return int(count)


class Soonest:
    """The next moment of any of these kinds, in one statement: it is asked after every tick."""

    def __init__(self, kinds: Sequence[Due]) -> None:
        moments = [
            select(literal_column(str(place), Integer()), one.next_one.scalar_subquery())
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
# The release before knows nothing of the moment: what it takes over or ends keeps it.
UNHEARD = and_(Talk.next_at.is_not(None), Talk.ended_at.is_(None), Talk.desk_id.is_(None))
TALKS = Due(Talk.next_at, UNHEARD)
VOICE = Due(VoiceCall.next_at, VoiceCall.next_at.is_not(None))
SHIFTS = Due(Shift.ends_at, Shift.handed_over_at.is_(None))
