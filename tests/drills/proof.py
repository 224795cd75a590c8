"""What the tables say after the last kill: lost, doubled, stuck, unsure, and every clock worked out anew."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from agreement.words import PromiseState
from desk.auditing import audit
from desk.sitting import Sitting
from storage.leasing import WAITING
from storage.tables import Event, Inbox, Lane, Outbox, PromiseRow, Ticket

UNSURE = select(Outbox.weight, Outbox.reason).where(Outbox.state == "unsure")
LIMITS = {"fault-response": timedelta(minutes=10), "fault-resolution": timedelta(hours=2)}  # agreement §3


@dataclass(frozen=True)
class Proof:
    """Counts over one drill; `unsure` and `differences` say what and why."""

    reports: int
    lost: list[str]
    doubled: list[str]
    stuck: list[str]
    unsure: Counter[str]
    promises: int
    differences: list[str]

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.stuck or self.differences)

    def __str__(self) -> str:
        return (
            f"reports={self.reports} lost={len(self.lost)} doubled={len(self.doubled)} stuck={len(self.stuck)} "
            f"unsure={self.unsure.total()} clocks={self.promises} differences={len(self.differences)}"
        )


def prove(session: Session, sitting: Sitting, answered: Sequence[str], now: datetime) -> Proof:
    """Read everything. `answered` are the marks of reports that the desk said yes to."""
    texts = list(session.scalars(select(Ticket.text)))
    filed = Counter(mark for mark in answered for text in texts if mark in text)
    return Proof(
        reports=len(answered),
        lost=[mark for mark in answered if not filed[mark]],
        doubled=[mark for mark, count in filed.items() if count > 1],
        stuck=stuck(session, now),
        unsure=Counter(f"{weight}: {reason}" for weight, reason in session.execute(UNSURE)),
        promises=session.query(PromiseRow).count(),
        differences=[*audit(sitting), *_clocks(session)],
    )


def stuck(session: Session, now: datetime) -> list[str]:
    """Messages in that nobody answered, messages out that wait though their time has come."""
    unread = session.execute(select(Inbox.id, Inbox.state).where(Inbox.state != "done"))
    waiting = session.execute(
        select(Outbox.id, Outbox.state)
        .join(Lane, Lane.id == Outbox.lane_id)
        .where(Outbox.state.in_(WAITING), or_(Lane.next_at.is_(None), Lane.next_at <= now))
    )
    return [f"inbox {row.id} {row.state}" for row in unread] + [
        f"outbox {row.id} {row.state}" for row in waiting
    ]


def _clocks(session: Session) -> list[str]:
    """By hand, from the events alone: due so long after the report, kept by the first acknowledgement in time."""
    wrong: list[str] = []
    for ticket, row in session.execute(
        select(Ticket, PromiseRow).join(Ticket, Ticket.id == PromiseRow.ticket_id)
    ):
        due_at = ticket.reported_at + LIMITS[row.promise]
        if row.due_at != due_at:
            wrong.append(f"ticket {ticket.ordinal} {row.promise}: due {row.due_at}, by hand {due_at}")
        if row.promise == "fault-response":
            wrong += _kept(session, ticket, row, due_at)
    return wrong


def _kept(session: Session, ticket: Ticket, row: PromiseRow, due_at: datetime) -> list[str]:
    at = session.scalar(
        select(Event.at)
        .where(Event.ticket_id == ticket.id, Event.name == "acknowledge")
        .order_by(Event.id)
        .limit(1)
    )
    kept = at is not None and at <= due_at
    if kept == (row.state == PromiseState.KEPT.value):
        return []
    return [f"ticket {ticket.ordinal}: {row.state}, acknowledged {at}, due {due_at}"]
