"""Moments of a ticket that are no promise: reminders, closing by silence, the end of objection days."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from desk.sitting import Sitting
from storage.tables import Event, Reminder, Ticket
from storage.work import wake

SOONER = "alarms"
PLAN_WAITS = "plan_waits"


def at(sitting: Sitting, ticket: Ticket, name: str, due_at: datetime, about: int) -> None:
    """Remember this moment once."""
    postgres = sitting.session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    sitting.session.execute(
        insert(Reminder)
        .values(ticket_id=ticket.id, round=ticket.round, name=name, about=about, due_at=due_at)
        .on_conflict_do_nothing(index_elements=["ticket_id", "round", "name", "about"])
    )
    wake(sitting.session, SOONER)


def ask_opinion(sitting: Sitting, ticket: Ticket, event: Event) -> None:
    """The customer was asked: remind after the policy's days, then let silence stand (acts, 办结)."""
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    drop(sitting, ticket)
    for day in policy.opinion_reminder_days:
        at(sitting, ticket, f"opinion_reminder_{day}", sitting.at + timedelta(days=day), event.id)
    at(sitting, ticket, "silence_closes", sitting.at + timedelta(days=policy.silence_closes_days), event.id)


def ask_for_agreement(sitting: Sitting, ticket: Ticket, plan_id: int) -> None:
    """A plan was put before the school: remind after the same days, for silence never stands for it."""
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    for day in policy.opinion_reminder_days:
        at(sitting, ticket, f"{PLAN_WAITS}_{day}", sitting.at + timedelta(days=day), plan_id)


def drop(sitting: Sitting, ticket: Ticket) -> None:
    """What was waited for has come: nothing of this ticket needs reminding any more."""
    sitting.session.execute(
        update(Reminder)
        .where(Reminder.ticket_id == ticket.id, Reminder.done_at.is_(None))
        .values(done_at=sitting.now)
    )
