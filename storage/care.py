"""Follow-ups and calls whose moment has come."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.falling_due import SET_ASIDE_AFTER
from storage.tables import Call, FollowUp

AGAIN = timedelta(minutes=5)  # a row that failed is tried again so much later


def due_follow_ups(session: Session, now: datetime, limit: int = 100) -> list[FollowUp]:
    """Follow-ups to be asked, or asked so long ago that somebody must call; locked."""
    query = (
        select(FollowUp)
        .where(FollowUp.due_at <= now, FollowUp.failures < SET_ASIDE_AFTER)
        .order_by(FollowUp.due_at, FollowUp.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def due_calls(session: Session, now: datetime, limit: int = 100) -> list[Call]:
    """Calls to be shown again or passed on; locked."""
    query = (
        select(Call)
        .where(Call.next_at <= now, Call.failures < SET_ASIDE_AFTER)
        .order_by(Call.next_at, Call.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))
