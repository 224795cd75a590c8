"""What is due: claims of rows whose moment has come, and when the next one comes.

A claim costs what is due, not what is open: every moment has a partial index. On PostgreSQL several workers
share the rows (SKIP LOCKED); on SQLite there is one writer.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.tables import Attachment, Dialog, Inbox, Lane, PromiseRow, Reminder

DueDialog = Dialog  # the name by which the floor above may speak of such a row

SET_ASIDE_AFTER = 5  # failures of one row before it is left for a human, named in the log


def promises(session: Session, now: datetime, limit: int = 100) -> list[PromiseRow]:
    """Clocks whose next alarm has come, oldest first, locked."""
    query = (
        select(PromiseRow)
        .where(PromiseRow.next_alarm_at <= now, PromiseRow.failures < SET_ASIDE_AFTER)
        .order_by(PromiseRow.next_alarm_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def reminders(session: Session, now: datetime, limit: int = 100) -> list[Reminder]:
    """Reminders whose moment has come, locked."""
    query = (
        select(Reminder)
        .where(Reminder.due_at <= now, Reminder.done_at.is_(None))
        .order_by(Reminder.due_at, Reminder.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
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


def next_moment(session: Session) -> datetime | None:
    """The next moment at which anything falls due."""
    moments = [
        session.scalar(
            select(func.min(PromiseRow.next_alarm_at)).where(PromiseRow.failures < SET_ASIDE_AFTER)
        ),
        session.scalar(select(func.min(Reminder.due_at)).where(Reminder.done_at.is_(None))),
        session.scalar(select(func.min(Dialog.expires_at))),
        session.scalar(select(func.min(Lane.next_at))),
        session.scalar(select(func.min(Attachment.next_at)).where(Attachment.state == "wanted")),
    ]
    return min((one for one in moments if one is not None), default=None)
