"""The school's word on a plan: agreed, its schedule becomes promises; discussed, what it had kept is undone."""

from collections.abc import Sequence

from agreement.promises import MOVED_BY_SCHEDULE, PROMISES_OF_AGREED_PLAN, Undoing
from agreement.segments import Segment, SegmentKind
from agreement.words import Act, Kind, Promise, PromiseState, Relation
from desk import clock_rows, other_dates, watching
from desk.access import locked, require
from desk.confirming import confirm, given
from desk.events import append
from desk.finishing import open_work_order
from desk.planning import content_of, latest
from desk.representing import reporter_stands_in
from desk.schedule import steps_of
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Plan, PlanStep, Ticket
from texts.refused import Refused


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
        return other_dates.ask(sitting, ticket, plan, past)
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
    kept = confirm(sitting, ticket, event, content_of(ticket, plan, steps))
    tell(sitting, ticket, event, values={"by": sitting.actor.name, "version": plan.version, **given(kept)})
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
