"""Follow-ups and calls whose moment has come, and what stands of them about one ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage.due import SET_ASIDE_AFTER
from storage.tables import Call, FollowUp, Person

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


@dataclass(frozen=True)
class CalledBack:
    """One follow-up or call about a ticket that came to something: the 回访记录 of a record."""

    at: datetime
    by: str  # who called; empty for an answer in chat
    way: str  # online, phone
    outcome: str  # a FollowUpAnswer or CallOutcome
    words: str


def called_back(session: Session, ticket_id: int) -> Sequence[CalledBack]:
    """Everything that came of asking about this ticket, oldest first."""
    calls = session.execute(
        select(Call.done_at, Person.name, Call.outcome, Call.words)
        .outerjoin(Person, Person.id == Call.done_by)
        .where(Call.ticket_id == ticket_id, Call.outcome.is_not(None), Call.outcome != "withdrawn")
    )
    online = session.execute(
        select(FollowUp.answered_at, FollowUp.answer).where(
            FollowUp.ticket_id == ticket_id,
            FollowUp.way == "online",
            or_(FollowUp.answer == "well", FollowUp.answer == "wrong"),
        )
    )
    made = [
        CalledBack(at, name or "", "phone", outcome, words or "")
        for at, name, outcome, words in calls
        if at is not None and outcome is not None
    ]
    made += [CalledBack(at, "", "online", answer, "") for at, answer in online if at is not None]
    return sorted(made, key=lambda one: one.at)
