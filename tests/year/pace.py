"""When the next thing happens: mostly in time, sometimes at the very due instant, sometimes late, sometimes never."""

import random
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import PromiseRow

JUST = timedelta(microseconds=1)


def next_moment(session: Session, chance: random.Random, ticket_id: int, now: datetime) -> datetime:
    """A moment after `now`, drawn towards the edges of the clocks that this ticket has running."""
    query = select(PromiseRow.due_at).where(PromiseRow.ticket_id == ticket_id, PromiseRow.state == "running")
    dues = [due for due in session.scalars(query) if due > now]
    if not dues or chance.random() < 0.3:
        return now + timedelta(seconds=chance.choice([60, 600, 3600, 86400]) * chance.random() + 1)
    due = chance.choice(dues)
    drawn = chance.random()
    if drawn < 0.55:
        return now + (due - now) * chance.random()
    if drawn < 0.67:
        return due
    if drawn < 0.75:
        return due + JUST
    return due + (due - now) * chance.random() * 0.5
