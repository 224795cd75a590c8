"""The schedule in force: the newest plan of this round that the customer agreed to, and what of it is open.

A plan that is only proposed, or was discussed, changes nothing: the one agreed before goes on.
"""

from sqlalchemy import select

from desk.sitting import Sitting
from storage.tables import Plan, PlanStep, Ticket


def in_force(sitting: Sitting, ticket: Ticket) -> Plan | None:
    """The plan that the customer agreed to last in this round."""
    query = select(Plan).where(
        Plan.ticket_id == ticket.id, Plan.round == ticket.round, Plan.answer == "agreed"
    )
    return sitting.session.scalar(query.order_by(Plan.version.desc()).limit(1))


def steps_of(sitting: Sitting, plan: Plan) -> list[PlanStep]:
    """The plan's steps in their order."""
    query = select(PlanStep).where(PlanStep.plan_id == plan.id).order_by(PlanStep.step)
    return list(sitting.session.scalars(query))


def steps_open(sitting: Sitting, ticket: Ticket) -> list[PlanStep]:
    """Steps of the schedule in force that are not done."""
    plan = in_force(sitting, ticket)
    return [one for one in steps_of(sitting, plan) if one.done_at is None] if plan is not None else []


def reopen_last_step(sitting: Sitting, ticket: Ticket) -> None:
    """What was not good enough is the last step done: it is open again."""
    plan = in_force(sitting, ticket)
    finished = [one for one in steps_of(sitting, plan) if one.done_at is not None] if plan is not None else []
    if finished:
        max(finished, key=lambda one: (one.done_at, one.step)).done_at = None
