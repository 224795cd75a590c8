"""Pieces of a case that several records tell: promises as rows, plans and work as lines, who signed what."""

from collections.abc import Iterable
from datetime import datetime

from agreement.maintenance import type_of
from agreement.words import Cause, Kind, MaintenanceType, Promise, PromiseState, Role
from desk.case_file import CaseFile
from desk.happened import Happened, Somebody
from desk.outcome_facts import ConfirmationFact, PromiseFact
from desk.work_facts import PlanFact
from records.amounts import both
from records.cells import Blank, Cell, Chosen, Signed
from records.conventions import channel, day, moment, word

STAFF = (
    (Role.ENGINEER, "department.project"),
    (Role.LEAD, "department.project"),
    (Role.DESK, "department.service"),
    (Role.ARCHIVIST, "department.archive"),
    (Role.MANAGER, "department.manager"),
)


def with_department(one: Somebody) -> str:
    """客户服务部门 林客服: the vendor's people by their department, the school's by name alone."""
    department = next((key for role, key in STAFF if role in one.roles), "")
    return f"{word(department)} {one.name}" if department else one.name


def where(case: CaseFile) -> str:
    """服务地点: the place, then the system; empty where neither was said."""
    return " ".join(one for one in (case.place, case.system) if one)


def maintenance_type(case: CaseFile) -> MaintenanceType | None:
    """The type of maintenance as derived from the kind and the cause."""
    return type_of(Kind(case.kind), Cause(case.cause) if case.cause else None)


def promise_name(one: PromiseFact) -> str:
    """故障响应, 方案步骤 2."""
    named = word(f"promise.{one.promise.value}")
    return f"{named} {one.step}" if one.step else named


def promised(case: CaseFile, found: Iterable[PromiseFact]) -> list[tuple[str, ...]]:
    """承诺 · 起算 · 最迟, as promised when each began."""
    return [(promise_name(one), moment(one.started_at, case.zone), _due(case, one, one.first_due_at)) for one in found]


def kept(case: CaseFile, found: Iterable[PromiseFact]) -> list[tuple[str, ...]]:
    """承诺 · 起算 · 最迟 · 实际 · 结果, with how long it stood still."""
    return [
        (
            promise_name(one),
            moment(one.started_at, case.zone),
            _due(case, one, one.due_at),
            moment(one.kept_at, case.zone) if one.kept_at else "",
            _result(one),
        )
        for one in found
    ]


def _result(one: PromiseFact) -> str:
    """The word alone: which options stand beside it is the form's to say."""
    result = word(f"clock_result.{one.state.value}")
    minutes = int(one.paused_for.total_seconds() // 60)
    return f"{result}\n{word('cell.paused', minutes=minutes)}" if minutes else result


def _due(case: CaseFile, one: PromiseFact, at: datetime) -> str:
    return moment(at, case.zone) + (word("cell.provisional") if one.is_provisional else "")


def in_round(case: CaseFile, number: int) -> list[PromiseFact]:
    """The clocks of a round as it ended: a withdrawn step of an older plan is no promise any more."""
    return [
        one
        for one in case.promises
        if one.round == number and not (one.step and one.state is PromiseState.WITHDRAWN)
    ]


def urgency(case: CaseFile, number: int) -> Chosen:
    """一般 or 紧急 in that round, with cause and harm where they were stated.

    A new round is not urgent until somebody says so, so the ticket's own mark says nothing of the rounds before.
    """
    begun = any(one.round == number and one.promise is Promise.URGENT_DISPATCH for one in case.promises)
    taken_back = last(one for one in case.happened("urgent", "not_urgent") if one.round == number)
    if not begun or (taken_back is not None and taken_back.name == "not_urgent"):
        return Chosen(("normal",))
    stated = [
        word(f"label.{kind}_{value}") for kind, value in (("cause", case.cause), ("harm", case.harm)) if value
    ]
    return Chosen(("urgent",), "、".join((*stated, *_passed_on(case, number))))


def _passed_on(case: CaseFile, number: int) -> list[str]:
    """Urgent from the first words of a call: the customer's word, with the clerk who wrote it down (records §1)."""
    filed = next(iter(case.happened("report")), None)
    if number != 1 or case.channel != "phone" or filed is None or filed.by is None:
        return []
    return [by_phone(filed.by)] if filed.data.get("urgent_at") else []


def by_phone(clerk: Somebody) -> str:
    """电话确认，记录人：陈静: a customer's cell that somebody of the desk wrote down."""
    return word("cell.by_phone", by=clerk.name)


def clerk_of(event: Happened) -> Somebody | None:
    """Who wrote it down, where the customer said it on the phone."""
    return event.by if "said_by" in event.data else None


def plan_lines(case: CaseFile, plan: PlanFact) -> str:
    """第2版：1. … ."""
    steps = [
        word("cell.plan_step", step=one.step, what=one.what, due=moment(one.due_at, case.zone))
        for one in plan.steps
    ]
    return "\n".join([word("cell.version", version=plan.version), *steps])


def fee(plan: PlanFact | None) -> Cell:
    """无偿 with its clause, or 有偿 with the sum in figures and capitals."""
    if plan is None:
        return Blank.NOT_APPLICABLE
    if plan.fee == "free":
        return Chosen(("free",), word(plan.fee_clause) if plan.fee_clause else "")
    return Chosen(("paid",), both(plan.fee_fen))


def line(case: CaseFile, event: Happened, words: str) -> str:
    """2026-11-23 12:10 李工：…"""
    by = f" {event.by.name}" if event.by else ""
    return f"{moment(event.at, case.zone)}{by}：{words}"


def signed(case: CaseFile, who: Somebody | None, event: Happened | None) -> Cell:
    """The name and how it was confirmed; nobody yet is an empty place for a signature."""
    if who is None or event is None:
        return Blank.OPEN
    if (clerk := clerk_of(event)) is not None:
        return Signed(who.name, day(event.at, case.zone), by_phone(clerk))
    by = confirmation_of(case, event)
    where = channel(by.channel) if by is not None and by.channel else word("cell.online")
    how = word("cell.confirmed_at", where=where, at=moment(event.at, case.zone)[11:])
    return Signed(who.name, day(event.at, case.zone), how)


def confirmation_of(case: CaseFile, event: Happened) -> ConfirmationFact | None:
    """The evidence kept beside that event."""
    return next((one for one in case.confirmations if one.event_id == event.id), None)


def last(found: Iterable[Happened]) -> Happened | None:
    """The newest of them."""
    return next(reversed(list(found)), None)


def tests(case: CaseFile, number: int) -> str:
    """Every strict test of that round: where, what, with what result (严格测试)."""
    found = [one for one in case.happened("test") if one.round == number]
    return "\n".join(
        line(
            case,
            one,
            word(
                "cell.test",
                environment=one.data.get("environment", ""),
                cases=one.data.get("cases", ""),
                result=one.data.get("result", ""),
            ),
        )
        for one in found
    )
