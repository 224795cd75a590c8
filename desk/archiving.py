"""The end of a case: the desk confirms, or silence by policy does; the archivist seals what is complete."""

from sqlalchemy import select

from agreement.lifecycle import Allowed, decide
from agreement.records import CaseFacts, Missing, makeable, missing_for_archive
from agreement.words import Act, Record, Relation, State
from desk import following_up, reminding
from desk.access import facts_of, locked, require
from desk.events import append
from desk.numbers import issue
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Acceptance, Archived, Event, Opinion, Plan, Review, Ticket, WorkOrder
from texts.refused import Refused
from texts.say import say


def close(sitting: Sitting, ticket_id: int) -> Ticket:
    """办结: records and opinion pass; this maintenance ends."""
    ticket = locked(sitting, ticket_id)
    allowed = require(sitting, Act.CLOSE, ticket)
    return _close(sitting, ticket, allowed)


def close_by_policy(sitting: Sitting, ticket: Ticket) -> None:
    """The same by silence; a ticket whose acceptance is still due stays open."""
    decision = decide(Act.CLOSE, facts_of(ticket), frozenset({Relation.SYSTEM}))
    if isinstance(decision, Allowed):
        _close(sitting, ticket, decision)


def _close(sitting: Sitting, ticket: Ticket, allowed: Allowed) -> Ticket:
    ticket.state = allowed.to.value
    ticket.closed_at = sitting.at
    reminding.drop(sitting, ticket)
    event = append(sitting, ticket, "close", {"opinion": ticket.opinion})
    following_up.after_closing(sitting, ticket)
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    tell(sitting, ticket, event, values={"days": policy.reopen_days, "by": sitting.actor.name})
    return ticket


def archive(sitting: Sitting, ticket_id: int) -> Ticket:
    """归档: refused, with the list, while a record that this case needs is missing."""
    ticket = locked(sitting, ticket_id)
    if ticket.state == State.DECLINED.value and not ticket.objection_settled:
        raise Refused("refused.may_be_objected", number=ticket.ordinal, until_at=ticket.objection_until_at)
    allowed = require(sitting, Act.ARCHIVE, ticket)
    missing = missing_for_archive(case_facts(sitting, ticket))
    if missing:
        raise Refused(
            "refused.records_missing", number=ticket.ordinal, missing=[owed(one) for one in missing]
        )
    ticket.state = allowed.to.value
    sitting.session.add(
        Archived(ticket_id=ticket.id, person_id=sitting.actor.person_id, remark="", at=sitting.at)
    )
    event = append(sitting, ticket, "archive")
    issue(sitting, ticket, Record.ARCHIVE)
    tell(sitting, ticket, event)
    return ticket


def owed(missing: Missing) -> object:
    """A missing record and who owes it, as a sentence."""
    return say(
        "record.missing",
        record=missing.record.value,
        what=say(missing.what),
        owner=say(f"role.{missing.owed_by.value}"),
    )


def can_be_made(sitting: Sitting, ticket: Ticket, record: Record) -> bool:
    """Whether this record can be made now from the tables."""
    return makeable(record, case_facts(sitting, ticket)) is None


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
