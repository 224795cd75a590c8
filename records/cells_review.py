"""《用户问题反馈及落实情况表》: the spine of the case, from the finding to what became of it (records §3)."""

from collections.abc import Collection, Sequence
from typing import Final

from agreement.words import PromiseState, Record
from desk.case_file import CaseFile
from desk.happened import Happened
from desk.outcome_facts import PenaltyFact, PromiseFact
from desk.work_facts import PlanFact, ReviewFact
from records.amounts import both
from records.cells import TEXT, Blank, Cell, Chosen, Field, choice, rows, table, words
from records.conventions import case_moment, moment, word
from records.letterhead import Letterhead
from records.telling_case import (
    by_phone,
    clerk_of,
    fee,
    in_round,
    kept,
    last,
    line,
    maintenance_type,
    plan_lines,
    promise_name,
    with_department,
)

FIELDS: Final[dict[str, Field]] = {
    "school": TEXT,
    "project": TEXT,
    "reporter": TEXT,
    "reported_at": TEXT,
    "problem": TEXT,
    "environment": TEXT,
    "class": choice("program", "data", "document", "improvement", "operation", "environment"),
    "scope": TEXT,
    "cause": TEXT,
    "outcome": choice("at_once", "deep", "not_needed"),
    "reasons": TEXT,
    "type": choice("corrective", "adaptive", "perfective"),
    "plan": TEXT,
    "mode": choice("remote", "on_site", "resident", "by_phone"),
    "fee": choice("free", "paid"),
    "negotiation": TEXT,
    "confirmed": TEXT,
    "reviewer": TEXT,
    "reviewed_at": TEXT,
    "promises": table(5),
    "carried_out": TEXT,
    "breaches": TEXT,
    "rework": TEXT,
    "responsible": TEXT,
    "closed_at": TEXT,
}
ROUNDS_OF_TALK = ("propose", "discuss", "agree")
MEASURES = ("answer", "contingency", "fix_plan", "test", "step_done", "done", "decline", "accept")
SENT_BACK = ("reject", "not_solved", "object")
CLASS_OF_KIND = {
    # What the kind itself says; a fault may lie anywhere, so its class is the technician's to say.
    "consultation": "operation",
    "usability": "improvement",
    "performance": "improvement",
    "in_scope": "program",
    "customised": "improvement",
}


def cells(case: CaseFile, _attempt: int, _head: Letterhead) -> dict[str, Cell]:
    """One record for each case; what a later round adds stands in it too."""
    review = case.reviews[-1] if case.reviews else None
    plan = next(reversed(case.plans), None)
    deep = plan is not None and review is not None and review.outcome == "deep"
    return {
        "school": words(case.school),
        "project": words(case.project),
        "reporter": words(case.reporter.name if case.reporter else ""),
        "reported_at": words(moment(case.reported_at, case.zone)),
        "problem": words(_problem(case)),
        "environment": words(case.system, Blank.NOT_APPLICABLE),
        "class": Chosen((CLASS_OF_KIND[case.kind],)) if case.kind in CLASS_OF_KIND else Blank.OPEN,
        "scope": words(_scope(case)),
        **_finding(case, review),
        "plan": words(plan_lines(case, plan)) if plan is not None and deep else _unless(review),
        "mode": mode(case, range(1, case.round + 1)) if review is not None else Blank.OPEN,
        "fee": fee(plan) if deep else _unless(review),
        "negotiation": words(_negotiation(case), _unless(review)),
        "confirmed": _confirmed(case, plan) if deep else _unless(review),
        "promises": rows(kept(case, _of_all_rounds(case))),
        "carried_out": words(_carried_out(case)),
        "breaches": words(_breaches(case), Blank.NOTHING if _ended(case) else Blank.OPEN),
        "rework": words(_lines(case, SENT_BACK), Blank.NOTHING if _ended(case) else Blank.OPEN),
        **_end(case),
    }


def _unless(review: ReviewFact | None) -> Blank:
    """What belongs to a plan: open until the review, then not applicable where there is none."""
    return Blank.OPEN if review is None else Blank.NOT_APPLICABLE


def _problem(case: CaseFile) -> str:
    """The words as they stand after corrections, then what the customer added."""
    corrected = case.happened("edited")
    text = corrected[-1].words if corrected else case.text
    added = [one for one in case.happened("add") if one.words]
    return "\n".join([text, *(word("cell.added", line=line(case, one, _as_said(one))) for one in added)])


def _as_said(added: Happened) -> str:
    """The customer's words; said on the phone, with the clerk who wrote them down."""
    clerk = clerk_of(added)
    return added.words if clerk is None else f"{added.words}，{by_phone(clerk)}"


def _scope(case: CaseFile) -> str:
    """What the customer stated of the harm; without a word of theirs the technician has to say."""
    if not case.is_urgent or case.harm in {"", "unstated"}:
        return ""
    return word("cell.urgent_scope", harm=word(f"label.harm_{case.harm}"))


def _finding(case: CaseFile, review: ReviewFact | None) -> dict[str, Cell]:
    if review is None:
        empty = ("cause", "outcome", "reasons", "type", "reviewer", "reviewed_at")
        return dict.fromkeys(empty, Blank.OPEN)
    found = maintenance_type(case)
    declined = review.outcome == "not_needed"
    maintained = not declined and found is not None
    return {
        "cause": Blank.NOT_APPLICABLE if declined else words("\n".join(_cause(case, review))),
        "outcome": Chosen((review.outcome,)),
        "reasons": words(review.reason) if declined else Blank.NOT_APPLICABLE,
        "type": Chosen((found.value,)) if found is not None and maintained else Blank.NOT_APPLICABLE,
        "reviewer": words(review.by.name),
        "reviewed_at": words(moment(review.at, case.zone)),
    }


def _cause(case: CaseFile, review: ReviewFact) -> list[str]:
    """The words of 完成 say what it was; a plan says what will be done, so its cause is the technician's to say."""
    return _found(case) if review.outcome == "deep" else [review.reason, *_found(case)]


def _found(case: CaseFile) -> list[str]:
    """软件原因: each finding with its author."""
    return [
        line(
            case,
            one,
            word("cell.found" if one.data.get("is_software") else "cell.not_found", words=one.words),
        )
        for one in case.happened("finding")
    ]


def mode(case: CaseFile, rounds: Collection[int]) -> Cell:
    """现场 where an engineer went there in these rounds, 电话指导 where the clerk answered at once, else 远程."""
    if any(one.round in rounds for one in case.visits):
        return Chosen(("on_site",))
    if case.happened("answered_at_once") and not case.orders:
        return Chosen(("by_phone",))
    return Chosen(("remote",))


def _negotiation(case: CaseFile) -> str:
    return _lines(case, ROUNDS_OF_TALK)


def _lines(case: CaseFile, names: tuple[str, ...]) -> str:
    """Events below each other: what happened, with the version or the words."""
    found = []
    for event in case.happened(*names):
        said = [word(f"event.{event.name}")]
        if "version" in event.data:
            said.append(word("cell.version", version=event.data["version"]))
        if event.words:
            said.append(event.words)
        found.append(line(case, event, "，".join(said)))
    return "\n".join(found)


def _confirmed(case: CaseFile, plan: PlanFact | None) -> Cell:
    if plan is None or plan.answer != "agreed" or plan.answered_by is None:
        return Blank.OPEN
    return words(
        word(
            "cell.agreed",
            by=plan.answered_by.name,
            at=case_moment(case, plan.answered_at),
            version=plan.version,
        )
    )


def _of_all_rounds(case: CaseFile) -> list[PromiseFact]:
    return [one for number in range(1, case.round + 1) for one in in_round(case, number)]


def _carried_out(case: CaseFile) -> str:
    """Measures with their dates, the work orders, the result of each acceptance."""
    found = [
        line(case, one, "：".join(part for part in (word(f"event.{one.name}"), _measure(one)) if part))
        for one in case.happened(*MEASURES)
    ]
    orders = [number for (record, _), number in case.numbers.items() if record is Record.WORK_ORDER]
    if orders:
        found.append(word("cell.orders", numbers="、".join(orders)))
    return "\n".join(found)


def _measure(one: Happened) -> str:
    return str(one.data.get("result", "")) if one.name == "test" else one.words


def _breaches(case: CaseFile) -> str:
    """Promises of the agreement that were broken, each with its entry of the ledger where there is one."""
    broken = [one for one in case.promises if one.is_breach and one.state is PromiseState.BROKEN]
    entries = {(one.promise, one.round): one for one in case.penalties}
    found = []
    for one in broken:
        said = _entry(entries.get((one.promise, one.round)), one, broken)
        found.append(word("cell.breach", promise=promise_name(one), entry=said))
    return "\n".join(found)


def _whose(entry: PenaltyFact, broken: Sequence[PromiseFact]) -> PromiseFact | None:
    """The clock that the entry was booked for; the first of its promise and round where the ledger does not say."""
    own = [one for one in broken if (one.promise, one.round) == (entry.promise, entry.round)]
    return next((one for one in own if one.id == entry.promise_id), own[0] if own else None)


def _entry(entry: PenaltyFact | None, clock: PromiseFact, broken: Sequence[PromiseFact]) -> str:
    """The sum stands once: further steps of the same promise and round are counted in the entry of the first."""
    if entry is None:
        return word("cell.no_sum")
    if _whose(entry, broken) is not clock:
        return word("cell.counted_in", number=entry.number)
    state = word(f"penalty_state.{entry.state}")
    return word("cell.entry", number=entry.number, sum=both(entry.amount_fen), state=state)


def _ended(case: CaseFile) -> bool:
    return case.state in {"closed", "archived", "declined"}


def _end(case: CaseFile) -> dict[str, Cell]:
    """办结; of a case without maintenance when nobody could object any more, by whoever sent the receipt."""
    closed = last(case.happened("close"))
    settled = last(case.happened("no_objection", "objection_over")) if case.objection_settled else None
    end = closed or settled
    if end is None or not _ended(case):
        return {"responsible": Blank.OPEN, "closed_at": Blank.OPEN}
    sent = last(case.happened("decline"))
    who = closed.by if closed is not None else sent.by if sent is not None else None
    by = with_department(who) if who is not None else word("cell.by_silence")
    return {"responsible": words(by), "closed_at": words(moment(end.at, case.zone))}
