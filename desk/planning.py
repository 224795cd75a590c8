"""A maintenance plan: proposed with dated steps, agreed or discussed by the school's representative."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from agreement.promises import MOVED_BY_SCHEDULE, PROMISES_OF_AGREED_PLAN, Keeping, Undoing
from agreement.segments import Segment, SegmentKind
from agreement.words import Act, Kind, Promise, PromiseState, Record, Relation, State
from desk import clock_rows, reviewing, watching
from desk.access import locked, require
from desk.confirming import confirm
from desk.events import append
from desk.finishing import open_work_order
from desk.handling import taken_up
from desk.numbers import issue
from desk.representing import has_representative, reporter_stands_in
from desk.schedule import steps_of
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Plan, PlanStep, Ticket
from texts.refused import Refused
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
    _supersede(sitting, ticket)
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
    named = has_representative(sitting, ticket)
    tell(
        sitting,
        ticket,
        event,
        values={"engineer": sitting.actor.name, **described(steps, fee, plan.version)},
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
        steps = [Step(what=one.what, due_at=one.due_at) for one in steps_of(sitting, plan)]
        fee = Fee(mode=plan.fee, clause=plan.fee_clause, fen=plan.fee_fen)
        event = append(clock, ticket, "representative_named", {"person": person_id}, visibility="internal")
        tell(clock, ticket, event, named=[person_id], values=described(steps, fee, plan.version))


def described(steps: Sequence[Step], fee: Fee, version: int) -> dict[str, object]:
    """The plan as values of a sentence."""
    listed = [
        say("plan.step", step=number, what=one.what, due_at=one.due_at)
        for number, one in enumerate(steps, start=1)
    ]
    return {"steps": below(listed), "fee": fee_said(fee), "version": version}


def below(said: Sequence[Say]) -> Say:
    """Several sentences one below the other, as one."""
    first, *rest = said
    return say("plan.below", first=first, rest=below(rest)) if rest else first


def fee_said(fee: Fee) -> Say:
    """Free with its clause, or the sum, as a sentence."""
    if fee.mode == "free":
        return say("plan.free", clause=say(fee.clause or "clause.none"))
    fen = f"{fee.fen // 100}.{fee.fen % 100:02d}"
    return say("plan.paid_by", fen=fen, clause=say(fee.clause)) if fee.clause else say("plan.paid", fen=fen)


def _supersede(sitting: Sitting, ticket: Ticket) -> None:
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


def standing_in(sitting: Sitting, ticket: Ticket, plan: Plan | None) -> tuple[Relation, ...]:
    """Where the school has named no representative, the reporter answers for a plan without a price (acts)."""
    return () if plan is None or plan.fee == "paid" else reporter_stands_in(sitting, ticket)


def agree(sitting: Sitting, ticket_id: int, *, version: int = 0) -> Ticket:
    """同意方案: the schedule becomes promises, the work order opens. An older version is never agreed by mistake.

    A plan with a date that has passed meanwhile is agreed by nobody: its engineer is asked for other dates.
    """
    ticket = locked(sitting, ticket_id)
    plan = latest(sitting, ticket)
    allowed = require(sitting, Act.AGREE, ticket, *standing_in(sitting, ticket, plan))
    if plan is None or version not in {0, plan.version}:
        raise Refused("refused.other_plan", number=ticket.ordinal, version=plan.version if plan else 0)
    steps = steps_of(sitting, plan)
    past = next((one for one in steps if one.due_at < sitting.at), None)
    if past is not None:
        return _ask_for_other_dates(sitting, ticket, plan, past)
    ticket.state = allowed.to.value
    ticket.is_deep = True
    _answered(sitting, plan, "agreed")
    event = append(sitting, ticket, "agree", {"version": plan.version}, acted_as=Relation.REPRESENTATIVE)
    _promise_steps(sitting, ticket, plan, steps, event.id)
    watching.confirm(sitting, ticket, event)
    watching.move(sitting, ticket, MOVED_BY_SCHEDULE, max(one.due_at for one in steps), event)
    started = [one for one in PROMISES_OF_AGREED_PLAN[Kind(ticket.kind)] if one is not Promise.PLAN_STEP]
    watching.start(sitting, ticket, started, sitting.at, event)
    open_work_order(sitting, ticket, plan)
    confirm(
        sitting,
        ticket,
        event,
        {
            "plan": plan.version,
            "fee": plan.fee,
            "fen": plan.fee_fen,
            "steps": [[one.what, one.due_at.isoformat()] for one in steps],
        },
    )
    tell(sitting, ticket, event, values={"by": sitting.actor.name, "version": plan.version})
    return ticket


def _ask_for_other_dates(sitting: Sitting, ticket: Ticket, plan: Plan, past: PlanStep) -> Ticket:
    # Agreed as it is, its steps would be promises that were broken before they were made.
    event = append(sitting, ticket, "agree_late", {"version": plan.version, "step": past.step})
    values = {
        "by": sitting.actor.name,
        "version": plan.version,
        "step": past.step,
        "due_at": past.due_at,
    }
    tell(sitting, ticket, event, values=values)
    return ticket


def _promise_steps(
    sitting: Sitting, ticket: Ticket, plan: Plan, steps: Sequence[PlanStep], event: int
) -> None:
    for row in clock_rows.of_round(sitting, ticket, {Promise.PLAN_STEP}):
        # A newer schedule that the customer confirmed takes the place of what is open of the older one.
        if row.plan != plan.version and row.state != PromiseState.KEPT.value:
            clock_rows.note(
                sitting, row, Segment(SegmentKind.WITHDRAWN, sitting.at, reason="agree", event=event)
            )
    watching.begin(
        sitting,
        ticket,
        [
            watching.Beginning(
                promise=Promise.PLAN_STEP,
                step=one.step,
                plan=plan.version,
                first=Segment(SegmentKind.STARTED, sitting.at, due_at=one.due_at, event=event),
            )
            for one in steps
        ],
    )


def _answered(sitting: Sitting, plan: Plan, how: str) -> None:
    plan.answer = how
    plan.answered_at = sitting.at
    plan.answered_by = sitting.actor.person_id


def discuss(sitting: Sitting, ticket_id: int, *, words: str, version: int = 0) -> Ticket:
    """商议: not agreed; what the plan had kept is undone, the next plan is the next version.

    Words about an older version (`version`, 0 for none named) undo nothing of a newer one.
    """
    ticket = locked(sitting, ticket_id)
    plan = latest(sitting, ticket)
    allowed = require(sitting, Act.DISCUSS, ticket, *standing_in(sitting, ticket, plan))
    if plan is not None and version not in {0, plan.version}:
        raise Refused("refused.other_plan", number=ticket.ordinal, version=plan.version)
    ticket.state = allowed.to.value
    if plan is not None:
        _answered(sitting, plan, "discussed")
    event = append(sitting, ticket, "discuss", {"words": words}, acted_as=Relation.REPRESENTATIVE)
    watching.unkeep(sitting, ticket, Undoing.DISCUSSED, event)
    tell(sitting, ticket, event, values={"by": sitting.actor.name, "words": words})
    return ticket
