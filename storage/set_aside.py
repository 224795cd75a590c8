"""Rows that failed again and again and wait for a human: how many of each kind, and how they get another chance."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.falling_due import SET_ASIDE_AFTER
from storage.outbox import DELIVERY
from storage.tables import Call, FollowUp, Lane, Outbox, PromiseRow, Reminder, Table
from storage.work import wake
from storage.written_out import is_now

STOPPED: Final = is_now(Outbox.state, "unsure", "set_aside")  # by ix_outbox_stopped
# kind → its rows that no tick claims any more
KINDS: Final[Mapping[str, tuple[type[Table], ColumnElement[bool]]]] = {
    "promises": (PromiseRow, and_(PromiseRow.failures >= SET_ASIDE_AFTER, PromiseRow.next_alarm_at.is_not(None))),
    "reminders": (Reminder, and_(Reminder.failures >= SET_ASIDE_AFTER, Reminder.done_at.is_(None))),
    "follow_ups": (FollowUp, and_(FollowUp.failures >= SET_ASIDE_AFTER, FollowUp.due_at.is_not(None))),
    "calls": (Call, and_(Call.failures >= SET_ASIDE_AFTER, Call.next_at.is_not(None))),
    "outbox": (Outbox, and_(STOPPED, Outbox.state == "set_aside")),
}
MOMENTS: Final[Mapping[str, InstrumentedAttribute[Any]]] = {
    "promises": PromiseRow.next_alarm_at,
    "reminders": Reminder.due_at,
    "follow_ups": FollowUp.due_at,
    "calls": Call.next_at,
}


def counted(session: Session) -> dict[str, int]:
    """The kinds that have such rows, each with how many."""
    found = {
        kind: session.scalar(select(func.count()).select_from(table).where(which)) or 0
        for kind, (table, which) in KINDS.items()
    }
    return {kind: count for kind, count in found.items() if count}


def try_again(session: Session, now: datetime) -> dict[str, int]:
    """Let every one of them be claimed anew, as if it had never failed; how many of each kind."""
    found = counted(session)
    for kind, moment in MOMENTS.items():
        table, which = KINDS[kind]
        session.execute(update(table).where(which).values({"failures": 0, moment.key: now}))
    _queue_anew(session, now)
    return found


def _queue_anew(session: Session, now: datetime) -> None:
    """Messages that could not be made, each at its place in its lane; the lanes first (storage/ledger.py)."""
    _, which = KINDS["outbox"]
    lanes = select(Outbox.lane_id).where(which)
    waits = func.coalesce(Lane.next_at, now)
    session.execute(update(Lane).where(Lane.id.in_(lanes)).values(next_at=waits))
    session.execute(update(Outbox).where(which).values(state="queued", reason=""))
    wake(session, DELIVERY)
