"""Of one case: what was done about it, from the review to the last visit."""

from datetime import datetime

from sqlalchemy import select

from desk.case_ground import CaseGround
from desk.work_facts import OrderFact, PlanFact, ReviewFact, StepFact, VisitFact
from storage.tables import Plan, PlanStep, Review, Visit, WorkOrder


def reviews(case: CaseGround) -> tuple[ReviewFact, ...]:
    """Each review of the matter."""
    found = case.session.scalars(select(Review).where(Review.ticket_id == case.ticket.id).order_by(Review.id))
    return tuple(
        ReviewFact(
            round=one.round,
            outcome=one.outcome,
            reason=one.reason,
            by=case.somebody(one.reviewer_id),
            at=one.at,
        )
        for one in found
    )


def plans(case: CaseGround) -> tuple[PlanFact, ...]:
    """Each version of the plan, with its steps."""
    found = case.session.scalars(
        select(Plan).where(Plan.ticket_id == case.ticket.id).order_by(Plan.version)
    ).all()
    steps = case.session.scalars(
        select(PlanStep)
        .where(PlanStep.plan_id.in_([one.id for one in found]))
        .order_by(PlanStep.plan_id, PlanStep.step)
    ).all()
    return tuple(
        PlanFact(
            round=one.round,
            version=one.version,
            fee=one.fee,
            fee_clause=one.fee_clause,
            fee_fen=one.fee_fen,
            by=case.somebody(one.author_id),
            answer=one.answer,
            answered_at=one.answered_at,
            answered_by=case.person(one.answered_by),
            steps=tuple(
                StepFact(step=step.step, what=step.what, due_at=step.due_at, done_at=step.done_at)
                for step in steps
                if step.plan_id == one.id
            ),
        )
        for one in found
    )


def orders(case: CaseGround) -> tuple[OrderFact, ...]:
    """Each work order."""
    found = case.session.scalars(
        select(WorkOrder).where(WorkOrder.ticket_id == case.ticket.id).order_by(WorkOrder.id)
    )
    return tuple(
        OrderFact(
            round=one.round,
            by=case.somebody(one.implementer_id),
            opened_at=one.opened_at,
            done_at=one.done_at,
            words=one.words,
        )
        for one in found
    )


def visits(case: CaseGround) -> tuple[VisitFact, ...]:
    """Each time somebody went there."""
    found = case.session.scalars(select(Visit).where(Visit.ticket_id == case.ticket.id).order_by(Visit.id))
    return tuple(
        VisitFact(
            round=_round_at(case, one.departed_at),
            by=case.somebody(one.person_id),
            departed_at=one.departed_at,
            arrived_at=one.arrived_at,
            place=one.place or {},
        )
        for one in found
    )


def _round_at(case: CaseGround, departed_at: datetime) -> int:
    """A visit has no round of its own: that of the event which it began with."""
    begun = (one.round for one in case.events if one.at == departed_at and one.name in {"depart", "arrive"})
    return next(begun, case.ticket.round)
