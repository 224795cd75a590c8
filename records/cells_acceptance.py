"""《维护验收表》: one try at acceptance, two checks and two signatures by two people (records §7)."""

from typing import Final

from agreement.maintenance import STANDARD_OF
from agreement.words import Record
from desk.case_file import CaseFile
from desk.happened import Happened
from desk.outcome_facts import AcceptanceFact
from records.cells import (
    SIGNATURE,
    TEXT,
    Blank,
    Cell,
    Chosen,
    Field,
    Rows,
    choice,
    table,
    words,
)
from records.conventions import case_moment, word
from records.letterhead import Letterhead
from records.telling_case import last, maintenance_type, signed, tests

FIELDS: Final[dict[str, Field]] = {
    "school": TEXT,
    "project": TEXT,
    "contract": TEXT,
    "order_number": TEXT,
    "basis": TEXT,
    "way": choice("remote", "on_site"),
    "accepted_at": TEXT,
    "place": TEXT,
    "work": TEXT,
    "software_version": TEXT,
    "items": table(5),
    "regression": TEXT,
    "documents": choice("yes", "not_concerned"),
    "problems": TEXT,
    "until": TEXT,
    "verdict": choice("passed", "failed"),
    "tries": TEXT,
    "engineer": SIGNATURE,
    "lead": SIGNATURE,
    "representative": SIGNATURE,
}
CHECKS = ("change_is_right", "software_reconfirmed")  # fixed by the agreement (§2, step 4)
STEP_BACK = 3
TICKED: Final = {None: "acceptance.open", True: "acceptance.good", False: "acceptance.bad"}


def cells(case: CaseFile, attempt: int, _head: Letterhead) -> dict[str, Cell]:
    """That try. Of one that is not there yet the head stands, and how it would be accepted; all else is open."""
    found = next((one for one in case.acceptances if one.attempt == attempt), None)
    judged = case.judged(attempt)
    on_site = found is not None and any(
        one.round == found.round and one.departed_at <= found.implemented_at for one in case.visits
    )
    return {
        "school": words(case.school),
        "project": words(case.project),
        "contract": words(case.contract, Blank.NOT_APPLICABLE),
        "order_number": words(_order(case, found), Blank.NOT_APPLICABLE),
        "basis": words(_basis(case, found)),
        "way": Chosen(("on_site",)) if on_site else Chosen(("remote",)),
        "accepted_at": words(case_moment(case, judged.at if judged else None)),
        "place": words(case.place) if on_site else Blank.NOT_APPLICABLE,
        "work": words(_work(case, found, judged)),
        "software_version": Blank.OPEN,
        "items": Rows(tuple(_checks(case, found, judged))),
        "regression": words(tests(case, found.round) if found is not None else ""),
        "documents": Blank.OPEN,
        **_verdict(judged),
        "tries": words(word("acceptance.tries", attempt=attempt)),
        **_signatures(case, found, judged),
    }


def _order(case: CaseFile, found: AcceptanceFact | None) -> str:
    return case.numbers.get((Record.WORK_ORDER, found.round), "") if found is not None else ""


def _basis(case: CaseFile, found: AcceptanceFact | None) -> str:
    """The contract, the plan that the customer agreed to in this round, the standard."""
    plan = case.agreed_plan(found.round) if found is not None else None
    kind = maintenance_type(case)
    parts = [word("acceptance.contract", number=case.contract)] if case.contract else []
    parts += [word("acceptance.plan", version=plan.version)] if plan is not None else []
    parts += [word(f"standard.{STANDARD_OF[kind].value}")] if kind is not None else []
    return "；".join(parts)


def _work(case: CaseFile, found: AcceptanceFact | None, judged: Happened | None) -> str:
    """The implementer's words of this try; the row's own words hold the lead's below them."""
    if found is None:
        return ""
    done = [
        one
        for one in case.happened("done")
        if one.at == found.implemented_at and (judged is None or one.id < judged.id)
    ]
    return done[-1].words if done else found.words


def _checks(case: CaseFile, found: AcceptanceFact | None, judged: Happened | None) -> list[tuple[str, ...]]:
    answers = (None, None) if found is None else (found.change_is_right, found.software_reconfirmed)
    said = judged.words if judged is not None and judged.words else _work(case, found, judged)
    return [
        (
            str(number),
            word(f"acceptance.{check}"),
            word(f"acceptance.{check}_standard"),
            said if judged is not None else "",
            word(TICKED[answer]),  # both options printed, the chosen one ticked
        )
        for number, (check, answer) in enumerate(zip(CHECKS, answers, strict=True), start=1)
    ]


def _verdict(judged: Happened | None) -> dict[str, Cell]:
    if judged is None:
        return dict.fromkeys(("problems", "until", "verdict"), Blank.OPEN)
    if judged.name == "accept":
        return {"problems": Blank.NOTHING, "until": Blank.NOT_APPLICABLE, "verdict": Chosen(("passed",))}
    back = word("acceptance.back", step=STEP_BACK)
    return {"problems": words(judged.words), "until": Blank.OPEN, "verdict": Chosen(("failed",), back)}


def _signatures(case: CaseFile, found: AcceptanceFact | None, judged: Happened | None) -> dict[str, Cell]:
    """The implementer signs with the words of 完成, the lead with the tap; the school's place stays open."""
    return {
        "engineer": _implementer(case, found),
        "lead": signed(case, judged.by if judged else None, judged),
        "representative": Blank.OPEN,
    }


def _implementer(case: CaseFile, found: AcceptanceFact | None) -> Cell:
    if found is None:
        return Blank.OPEN
    done = last(one for one in case.happened("done") if one.at == found.implemented_at)
    return signed(case, found.implementer, done)
