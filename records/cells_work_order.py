"""《维护任务单》: what is to be done, by whom, until when, and what was done; one for each round (records §5)."""

from typing import Final

from agreement.maintenance import STANDARD_OF
from agreement.words import Promise
from desk.case_file import CaseFile
from desk.happened import Happened, Somebody
from desk.work_facts import OrderFact, PlanFact
from records.amounts import both
from records.cells import (
    PHONE,
    SIGNATURE,
    TEXT,
    Blank,
    Cell,
    Chosen,
    Field,
    choice,
    rows,
    table,
    words,
)
from records.cells_review import mode
from records.conventions import case_moment, moment, names, word
from records.letterhead import Letterhead
from records.telling_case import (
    fee,
    in_round,
    kept,
    last,
    maintenance_type,
    plan_lines,
    signed,
    tests,
    urgency,
    where,
    with_department,
)

FIELDS: Final[dict[str, Field]] = {
    "school": TEXT,
    "project": TEXT,
    "contract": TEXT,
    "reporter": TEXT,
    "phone": PHONE,
    "place": TEXT,
    "type": choice("corrective", "adaptive", "perfective"),
    "urgency": choice("normal", "urgent"),
    "mode": choice("remote", "on_site", "resident", "by_phone"),
    "fee": choice("free", "paid"),
    "standard": choice("software", "system"),
    "software_version": TEXT,
    "problem": TEXT,
    "plan": TEXT,
    "dispatcher": TEXT,
    "engineers": TEXT,
    "dispatched_at": TEXT,
    "accepted_at": TEXT,
    "planned_start": TEXT,
    "planned_end": TEXT,
    "arrived": TEXT,
    "left": TEXT,
    "witness": TEXT,
    "promises": table(5),
    "backup": TEXT,
    "log": table(4),
    "changes": TEXT,
    "tests": TEXT,
    "costs": TEXT,
    "result": choice("solved", "partly", "unsolved"),
    "remaining": TEXT,
    "engineer": SIGNATURE,
    "lead": SIGNATURE,
    "representative": SIGNATURE,
}
WORK = ("start", "depart", "arrive", "step_done", "done", "reject", "not_solved")


def cells(case: CaseFile, attempt: int, _head: Letterhead) -> dict[str, Cell]:
    """The work order of that round."""
    order = next((one for one in case.orders if one.round == attempt), None)
    plan = case.agreed_plan(attempt) if order is not None else None
    found = maintenance_type(case)
    worked = last(one for one in case.happened("done", "reject", "not_solved") if one.round == attempt)
    done = worked if worked is not None and worked.name == "done" else None
    return {
        "school": words(case.school),
        "project": words(case.project),
        "contract": words(case.contract, Blank.NOT_APPLICABLE),
        "reporter": words(case.reporter.name if case.reporter else ""),
        "phone": words(case.reporter.phone if case.reporter else ""),
        "place": words(where(case), Blank.NOT_APPLICABLE),
        "type": Chosen((found.value,)) if found is not None else Blank.NOT_APPLICABLE,
        "urgency": urgency(case, attempt),
        "mode": mode(case, (attempt,)),
        "fee": fee(plan),
        "standard": Chosen((STANDARD_OF[found].value,)) if found is not None else Blank.NOT_APPLICABLE,
        "software_version": Blank.OPEN,
        "problem": words(case.text),
        "plan": words(plan_lines(case, plan) if plan is not None else "", Blank.NOT_APPLICABLE),
        **_people(case, attempt, order),
        **_schedule(case, attempt, order, plan),
        **_visits(case, attempt),
        "promises": rows(kept(case, in_round(case, attempt))),
        "backup": Blank.OPEN,
        "log": rows(_log(case, attempt), Blank.OPEN),
        "changes": Blank.OPEN,
        "tests": words(tests(case, attempt)),
        "costs": words(both(plan.fee_fen)) if plan is not None and plan.fee == "paid" else Blank.NOTHING,
        "result": Chosen(("solved",)) if done is not None else Blank.OPEN,
        "remaining": Blank.OPEN,
        **_signatures(case, attempt, done),
    }


def _people(case: CaseFile, attempt: int, order: OrderFact | None) -> dict[str, Cell]:
    """Who sent whom. Where nobody was sent by name, the desk's routing offered it to whoever was on duty."""
    assigned = last(one for one in case.happened("assign", "hand_over") if one.round == attempt)
    taken = last(one for one in case.happened("acknowledge") if one.round == attempt)
    sent_by = with_department(assigned.by) if assigned and assigned.by else word("cell.by_duty")
    hands: list[Somebody] = [order.by] if order is not None else []
    hands += [one.by for one in case.visits if one.round == attempt]
    return {
        "dispatcher": words(sent_by),
        "engineers": words(names(hands)),
        "dispatched_at": words(moment(assigned.at if assigned else case.registered_at, case.zone)),
        "accepted_at": words(case_moment(case, taken.at if taken else None)),
    }


def _schedule(
    case: CaseFile, attempt: int, order: OrderFact | None, plan: PlanFact | None
) -> dict[str, Cell]:
    """From 同意方案 to its last step; without a plan from the beginning of the work to what was promised."""
    if plan is not None:
        ends = max(one.due_at for one in plan.steps)
        return {
            "planned_start": words(case_moment(case, plan.answered_at)),
            "planned_end": words(moment(ends, case.zone)),
        }
    due = [one.due_at for one in in_round(case, attempt) if one.promise is not Promise.CUSTOM_START]
    return {
        "planned_start": words(case_moment(case, order.opened_at if order else None)),
        "planned_end": words(moment(max(due), case.zone) if due else ""),
    }


def _visits(case: CaseFile, attempt: int) -> dict[str, Cell]:
    found = [one for one in case.visits if one.round == attempt]
    if not found:
        return dict.fromkeys(("arrived", "left", "witness"), Blank.NOT_APPLICABLE)
    arrived = [f"{one.by.name} {case_moment(case, one.arrived_at)}" for one in found if one.arrived_at]
    return {"arrived": words("\n".join(arrived)), "left": Blank.OPEN, "witness": Blank.OPEN}


def _log(case: CaseFile, attempt: int) -> list[tuple[str, ...]]:
    found = [one for one in case.happened(*WORK) if one.round == attempt]
    return [
        (
            str(number),
            moment(one.at, case.zone),
            "：".join(part for part in (word(f"event.{one.name}"), one.words) if part),
            one.by.name if one.by else "",
        )
        for number, one in enumerate(found, start=1)
    ]


def _signatures(case: CaseFile, attempt: int, done: Happened | None) -> dict[str, Cell]:
    """完成, 验收通过 and 同意方案 are the three signatures; the school's may stand there on paper besides."""
    accepted = last(one for one in case.happened("accept") if one.round == attempt)
    agreed = last(one for one in case.happened("agree") if one.round == attempt)
    return {
        "engineer": signed(case, done.by if done else None, done),
        "lead": signed(case, accepted.by if accepted else None, accepted),
        "representative": signed(case, agreed.by if agreed else None, agreed),
    }
