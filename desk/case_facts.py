"""What exists of a case, as the table of records asks for it (`agreement/records.py`)."""

from sqlalchemy import select

from agreement.records import CaseFacts
from agreement.words import State
from desk.sitting import Sitting
from storage.tables import Acceptance, Event, Opinion, Plan, Review, Ticket, WorkOrder


def case_facts(sitting: Sitting, ticket: Ticket) -> CaseFacts:
    """What exists of this case, as the table of records asks for it."""
    events = set(sitting.session.scalars(select(Event.name).where(Event.ticket_id == ticket.id)))
    reviews = list(
        sitting.session.scalars(
            select(Review.outcome).where(Review.ticket_id == ticket.id).order_by(Review.id)
        )
    )
    opinions = set(sitting.session.scalars(select(Opinion.answer).where(Opinion.ticket_id == ticket.id)))
    plans = set(sitting.session.scalars(select(Plan.answer).where(Plan.ticket_id == ticket.id)))
    orders = sitting.session.scalar(select(WorkOrder.id).where(WorkOrder.ticket_id == ticket.id).limit(1))
    judged = sitting.session.execute(
        select(Acceptance.implementer_id, Acceptance.lead_id, Acceptance.verdict)
        .where(Acceptance.ticket_id == ticket.id, Acceptance.verdict != "")
        .order_by(Acceptance.attempt)
    ).all()
    tries = [(implementer, lead) for implementer, lead, _ in judged]
    signers = [{implementer, lead} for implementer, lead in tries if lead is not None]
    return CaseFacts(
        registered=True,
        acknowledged=bool(events & {"acknowledge", "answered_at_once"}),
        reviewed=bool(reviews),
        plan_agreed="agreed" in plans,
        work_ordered=orders is not None,
        resolved="done" in events,
        opinion_recorded=bool(opinions),
        acceptance_tried=bool(tries),
        acceptance_passed="passed" in {verdict for _, _, verdict in judged},
        acceptance_signers=len(signers[-1]) if signers else 0,
        receipt_sent=bool(reviews) and reviews[-1] == "not_needed",
        objection_over=ticket.objection_settled,
        close_confirmed=ticket.state in {State.CLOSED.value, State.ARCHIVED.value},
    )
