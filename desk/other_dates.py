"""A plan with a date that has passed is agreed by nobody: its engineer owes other dates, and is asked until they come.

The plan had kept what its handing over keeps, so no promise's alarm would ask (docs/decisions/0013).
"""

from datetime import timedelta
from typing import Final

from agreement.words import State
from desk import reminding
from desk.events import append
from desk.planning import latest
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Plan, PlanStep, Reminder, Ticket

NAME: Final = "other_dates"


def ask(sitting: Sitting, ticket: Ticket, plan: Plan, past: PlanStep) -> Ticket:
    """The school would agree, but this step's date has passed: agreed as it is, it would be broken at birth."""
    event = append(sitting, ticket, "agree_late", {"version": plan.version, "step": past.step})
    values = {
        "by": sitting.actor.name,
        "version": plan.version,
        "step": past.step,
        "due_at": past.due_at,
    }
    tell(sitting, ticket, event, values=values)
    reminding.at(sitting, ticket, NAME, sitting.at + _patience(sitting, ticket), plan.id)
    return ticket


def look(sitting: Sitting, ticket: Ticket, row: Reminder) -> None:
    """Still no other plan: the engineer and the lead hear of it again, and again after the same while."""
    plan = latest(sitting, ticket)
    if plan is None or plan.id != row.about or plan.answer or ticket.state != State.PROPOSED.value:
        return
    clock = sitting.by_the_clock()
    event = append(clock, ticket, "other_dates_wanted", {"version": plan.version}, visibility="internal")
    tell(clock, ticket, event, values={"version": plan.version})
    row.due_at = sitting.now + _patience(sitting, ticket)
    row.done_at = None


def _patience(sitting: Sitting, ticket: Ticket) -> timedelta:
    """As long as an acknowledgement may stand without movement."""
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    return timedelta(hours=policy.acknowledgement_expires_hours)
