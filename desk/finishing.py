"""The work itself and its end: 开工, 完成 step by step or at once, 无需维护."""

from sqlalchemy import func, select

from agreement.promises import Keeping
from agreement.words import Act, Record, Role, State
from desk import objections, pausing, planning, reminding, reviewing, watching
from desk.access import require
from desk.confirming import asked, confirm
from desk.events import append
from desk.handling import acting_person, taken_up
from desk.implementing import implementers
from desk.numbers import issue
from desk.reporting import Sent, attach
from desk.schedule import steps_open
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Acceptance, Event, Membership, Plan, PlanStep, Ticket, WorkOrder
from texts.refused import Refused


def begin(sitting: Sitting, ticket_id: int) -> Ticket:
    """开工: work has begun; the work order is open."""
    ticket = taken_up(sitting, ticket_id, Act.START)
    allowed = require(sitting, Act.START, ticket)
    ticket.state = allowed.to.value
    event = append(sitting, ticket, "start")
    watching.keep(sitting, ticket, Keeping.STARTED, event)
    open_work_order(sitting, ticket, None)
    tell(sitting, ticket, event, values={"engineer": sitting.actor.name})
    return ticket


def open_work_order(sitting: Sitting, ticket: Ticket, plan: Plan | None) -> None:
    """《维护任务单》, one per round."""
    found = select(WorkOrder.id).where(WorkOrder.ticket_id == ticket.id, WorkOrder.round == ticket.round)
    if sitting.session.scalar(found) is not None:
        return
    implementer = ticket.assignee_id if ticket.assignee_id is not None else acting_person(sitting)
    sitting.session.add(
        WorkOrder(
            ticket_id=ticket.id,
            round=ticket.round,
            plan_id=plan.id if plan else None,
            implementer_id=implementer,
            opened_at=sitting.at,
            words="",
        )
    )
    issue(sitting, ticket, Record.WORK_ORDER, attempt=ticket.round)


def done(sitting: Sitting, ticket_id: int, *, words: str, step: int = 0, sent: tuple[Sent, ...] = ()) -> Ticket:
    """完成: the step is done; with the last one the ticket is resolved and the customer is asked."""
    ticket = taken_up(sitting, ticket_id, Act.DONE)
    allowed = require(sitting, Act.DONE, ticket)
    open_steps = steps_open(sitting, ticket)
    finished = next((one for one in open_steps if step in {0, one.step}), None)
    if open_steps and finished is None:
        raise Refused("refused.step_not_open", number=ticket.ordinal, step=step)
    if finished is not None:
        finished.done_at = sitting.at
        finished.words = words
    if finished is not None and len(open_steps) > 1:
        _step_done(sitting, ticket, finished, left=len(open_steps) - 1, sent=sent)
        return ticket
    was_proposed = ticket.state == State.PROPOSED.value
    ticket.state = allowed.to.value
    ticket.opinion = ""
    event = append(sitting, ticket, "done", _said(sitting, ticket, words, finished))
    attach(sitting, ticket, event, sent)
    pausing.waits_no_more(sitting, ticket, event)
    watching.keep(sitting, ticket, Keeping.RESOLVED, event)
    _sign_work(sitting, ticket, event)
    reminding.ask_opinion(sitting, ticket, event)
    tell(sitting, ticket, event, values={"words": words, "engineer": sitting.actor.name})
    if was_proposed:
        planning.supersede(sitting, ticket)
        tell(sitting, ticket, append(sitting, ticket, "plan_superseded", visibility="internal"))
    if ticket.is_deep:
        _ask_acceptance(sitting, ticket, words)
    return ticket


def _step_done(
    sitting: Sitting, ticket: Ticket, finished: PlanStep, *, left: int, sent: tuple[Sent, ...]
) -> None:
    event = append(sitting, ticket, "step_done", {"step": finished.step, "words": finished.words})
    attach(sitting, ticket, event, sent)
    watching.step_done(sitting, ticket, finished.step, event)
    values = {"words": finished.words, "step": finished.step, "left": left, "engineer": sitting.actor.name}
    tell(sitting, ticket, event, values=values)


def _said(sitting: Sitting, ticket: Ticket, words: str, finished: PlanStep | None) -> dict[str, object]:
    said: dict[str, object] = {"words": words, "step": finished.step if finished else 0}
    return said | {"attempt": _tries(sitting, ticket) + 1} if ticket.is_deep else said


def _tries(sitting: Sitting, ticket: Ticket) -> int:
    """How often the lead was asked for an acceptance of this case."""
    before = select(func.count()).select_from(Acceptance).where(Acceptance.ticket_id == ticket.id)
    return sitting.session.scalar(before) or 0


def _sign_work(sitting: Sitting, ticket: Ticket, event: Event) -> None:
    """The words of 完成 are the implementer's: of the review, or of the work order and the acceptance's first half.

    Those two bear signatures, so there they are an electronic confirmation (records, §5 and §7).
    """
    words = str(event.data["words"])
    if ticket.is_deep:
        _sign_order(sitting, ticket, words)
        _sign_acceptance(sitting, ticket, event)
        confirm(sitting, ticket, event, {"case": ticket.number, "round": ticket.round, **event.data})
    else:
        reviewing.sign(sitting, ticket, "at_once", words)
        issue(sitting, ticket, Record.REVIEW)


def _sign_order(sitting: Sitting, ticket: Ticket, words: str) -> None:
    newest = select(WorkOrder).where(WorkOrder.ticket_id == ticket.id).order_by(WorkOrder.id.desc()).limit(1)
    order = sitting.session.scalar(newest)
    if order is not None:
        order.done_at = sitting.at
        order.words = words


def _sign_acceptance(sitting: Sitting, ticket: Ticket, event: Event) -> None:
    sitting.session.add(
        Acceptance(
            ticket_id=ticket.id,
            round=ticket.round,
            attempt=int(event.data["attempt"]),
            implementer_id=acting_person(sitting),
            implemented_at=sitting.at,
            verdict="",
            words=str(event.data["words"]),
        )
    )


def _ask_acceptance(sitting: Sitting, ticket: Ticket, words: str) -> None:
    leads = select(Membership.person_id).where(
        Membership.role == Role.LEAD.value,
        Membership.until_at.is_(None),
        Membership.person_id.not_in(sorted(implementers(sitting, ticket) | {acting_person(sitting)})),
    )
    name = (
        "acceptance_due" if sitting.session.scalar(leads.limit(1)) is not None else "acceptance_due_manager"
    )
    event = append(sitting.by_the_clock(), ticket, name, visibility="internal")
    tell(sitting.by_the_clock(), ticket, event, values={"words": words, "engineer": sitting.actor.name})


def decline(sitting: Sitting, ticket_id: int, *, words: str) -> Ticket:
    """无需维护: the receipt goes to the customer; it keeps whatever asks for done or resolved."""
    ticket = taken_up(sitting, ticket_id, Act.DECLINE)
    allowed = require(sitting, Act.DECLINE, ticket)
    ticket.state = allowed.to.value
    ticket.objection_settled = False
    ticket.objection_until_at = objections.days_of(sitting, ticket).at
    reviewing.sign(sitting, ticket, "not_needed", words)
    event = append(sitting, ticket, "decline", {"words": words})
    pausing.waits_no_more(sitting, ticket, event)
    watching.keep(sitting, ticket, Keeping.DECLINED, event)
    issue(sitting, ticket, Record.REVIEW)
    issue(sitting, ticket, Record.RECEIPT)
    reminding.at(sitting, ticket, objections.OVER, ticket.objection_until_at, event.id)
    tell(
        sitting,
        ticket,
        event,
        values={
            "words": words,
            "engineer": sitting.actor.name,
            "until_at": objections.until_said(sitting, ticket),
            **asked(ticket, reviewing.receipt(ticket, words)),
        },
    )
    return ticket
