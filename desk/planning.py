"""A maintenance plan is proposed: dated steps and a fee, put before whoever may agree to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from agreement.promises import Keeping
from agreement.words import Act, Record, State
from desk import reminding, reviewing, watching
from desk.access import require
from desk.confirming import asked
from desk.events import append
from desk.handling import taken_up
from desk.numbers import issue
from desk.representing import has_representative
from desk.schedule import steps_of
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Plan, PlanStep, Ticket
from texts.formats import yuan
from texts.say import Say, say


@dataclass(frozen=True, kw_only=True)
class Step:
    """One dated step: what is done, until when."""

    what: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class Fee:
    """Free or paid, the clause it rests on, and the sum in fen."""

    mode: str  # free, paid
    clause: str = ""
    fen: int = 0


def propose(sitting: Sitting, ticket_id: int, *, steps: Sequence[Step], fee: Fee) -> Ticket:
    """出方案: handing it over keeps fault-resolution; the customer has the word (agreement §2, step 2b)."""
    ticket = taken_up(sitting, ticket_id, Act.PROPOSE)
    allowed = require(sitting, Act.PROPOSE, ticket)
    supersede(sitting, ticket)
    plan = _plan(sitting, ticket, steps, fee)
    ticket.state = allowed.to.value
    reviewing.sign(sitting, ticket, "deep", steps[0].what)
    event = append(
        sitting,
        ticket,
        "propose",
        {
            "version": plan.version,
            "fee": fee.mode,
            "fen": fee.fen,
            "steps": [[one.what, one.due_at] for one in steps],
        },
    )
    issue(sitting, ticket, Record.REVIEW)
    watching.keep(sitting, ticket, Keeping.PLAN_HANDED_OVER, event)
    reminding.ask_for_agreement(sitting, ticket, plan.id)
    named = has_representative(sitting, ticket)
    tell(
        sitting,
        ticket,
        event,
        values={"engineer": sitting.actor.name, **to_agree(ticket, plan, steps)},
        occasion="" if named or fee.mode == "free" else "propose_for_money",
    )
    if not named:
        clock = sitting.by_the_clock()
        tell(clock, ticket, append(clock, ticket, "representative_wanted", visibility="internal"))
    return ticket


def offer_open_plans(sitting: Sitting, *, school_id: int, person_id: int) -> None:
    """A representative has been named: the plans of the school that wait for an answer are put before them."""
    clock = sitting.by_the_clock()
    waiting = select(Ticket).where(Ticket.school_id == school_id, Ticket.state == State.PROPOSED.value)
    for ticket in sitting.session.scalars(waiting.order_by(Ticket.id)).all():
        plan = latest(sitting, ticket)
        if plan is None:
            continue
        values = to_agree(ticket, plan, steps_of(sitting, plan))
        event = append(clock, ticket, "representative_named", {"person": person_id}, visibility="internal")
        tell(clock, ticket, event, named=[person_id], values=values)


def offer_to_school(sitting: Sitting, ticket: Ticket) -> None:
    """The school has been found out: a plan that was made before is put before whoever may agree to it there."""
    plan = latest(sitting, ticket) if ticket.state == State.PROPOSED.value else None
    if plan is None or (plan.fee == "paid" and not has_representative(sitting, ticket)):
        return
    clock = sitting.by_the_clock()
    event = append(clock, ticket, "plan_offered", {"version": plan.version}, visibility="internal")
    tell(clock, ticket, event, values=to_agree(ticket, plan, steps_of(sitting, plan)))


def content_of(ticket: Ticket, plan: Plan, steps: Sequence[Step | PlanStep]) -> dict[str, object]:
    """Exactly what is agreed to with a plan: of which case, its version, fee and clause, what is done until when."""
    return {
        "case": ticket.number,
        "plan": plan.version,
        "fee": plan.fee,
        "clause": plan.fee_clause,
        "fen": plan.fee_fen,
        "steps": [[one.what, one.due_at] for one in steps],
    }


def to_agree(ticket: Ticket, plan: Plan, steps: Sequence[Step | PlanStep]) -> dict[str, object]:
    """The plan as values of the sentence that asks for the word on it."""
    fee = Fee(mode=plan.fee, clause=plan.fee_clause, fen=plan.fee_fen)
    listed = [
        say("plan.step", step=number, what=one.what, due_at=one.due_at)
        for number, one in enumerate(steps, start=1)
    ]
    said = {"steps": below(listed), "fee": fee_said(fee), "version": plan.version}
    return {**said, **asked(ticket, content_of(ticket, plan, steps))}


def below(said: Sequence[Say]) -> Say:
    """Several sentences one below the other, as one."""
    first, *rest = said
    return say("plan.below", first=first, rest=below(rest)) if rest else first


def fee_said(fee: Fee) -> Say:
    """Free with its clause, or the sum, as a sentence."""
    if fee.mode == "free":
        return say("plan.free", clause=say(fee.clause or "clause.none"))
    fen = yuan(fee.fen)
    return say("plan.paid_by", fen=fen, clause=say(fee.clause)) if fee.clause else say("plan.paid", fen=fen)


def supersede(sitting: Sitting, ticket: Ticket) -> None:
    """A plan that waits for the school's word is answered by what took its place: nobody can agree to it any more."""
    open_plan = latest(sitting, ticket)
    if open_plan is not None and not open_plan.answer:
        open_plan.answer = "superseded"


def _plan(sitting: Sitting, ticket: Ticket, steps: Sequence[Step], fee: Fee) -> Plan:
    last = sitting.session.scalar(select(func.max(Plan.version)).where(Plan.ticket_id == ticket.id)) or 0
    plan = Plan(
        ticket_id=ticket.id,
        round=ticket.round,
        version=last + 1,
        fee=fee.mode,
        fee_clause=fee.clause,
        fee_fen=fee.fen,
        author_id=sitting.actor.person_id,
        handed_at=sitting.at,
        answer="",
    )
    sitting.session.add(plan)
    sitting.session.flush()
    sitting.session.add_all(
        PlanStep(plan_id=plan.id, step=number, what=one.what, due_at=one.due_at, words="")
        for number, one in enumerate(steps, start=1)
    )
    return plan


def latest(sitting: Sitting, ticket: Ticket) -> Plan | None:
    """The newest version of the ticket's plan."""
    return sitting.session.scalar(
        select(Plan).where(Plan.ticket_id == ticket.id).order_by(Plan.version.desc()).limit(1)
    )
