"""Which records a case needs, which can be made when, and who owes what is missing."""

from dataclasses import fields, replace

import pytest

from agreement.records import CaseFacts, Missing, ReviewOutcome, makeable, missing_for_archive, records_needed
from agreement.words import Record, Role

R = Record
ANSWERED = CaseFacts(registered=True, acknowledged=True, reviewed=True)
AT_ONCE = replace(ANSWERED, resolved=True, opinion_recorded=True, close_confirmed=True)
DEEP = replace(
    AT_ONCE,
    plan_agreed=True,
    work_ordered=True,
    acceptance_tried=True,
    acceptance_passed=True,
    acceptance_signers=2,
)
NOT_NEEDED = replace(ANSWERED, receipt_sent=True, objection_over=True)


@pytest.mark.parametrize(
    ("facts", "outcome", "records"),
    [
        (AT_ONCE, ReviewOutcome.AT_ONCE, [R.REGISTER, R.REVIEW, R.OPINION, R.ARCHIVE]),
        (
            DEEP,
            ReviewOutcome.DEEP,
            [R.REGISTER, R.REVIEW, R.WORK_ORDER, R.OPINION, R.ACCEPTANCE, R.ARCHIVE],
        ),
        (NOT_NEEDED, ReviewOutcome.NOT_NEEDED, [R.REGISTER, R.REVIEW, R.RECEIPT, R.ARCHIVE]),
    ],
)
def test_a_complete_case(facts: CaseFacts, outcome: ReviewOutcome, records: list[Record]) -> None:
    """Each way a review ends needs its own records; a complete case can make them all and be archived."""
    assert facts.outcome is outcome
    assert list(records_needed(facts)) == records
    assert missing_for_archive(facts) == ()
    assert [record for record in Record if makeable(record, facts) is None] == records


@pytest.mark.parametrize(
    ("complete", "lost", "missing"),
    [
        (AT_ONCE, "acknowledged", Missing(R.REGISTER, "missing.acknowledged", Role.ENGINEER)),
        (AT_ONCE, "reviewed", Missing(R.REVIEW, "missing.reviewed", Role.ENGINEER)),
        (AT_ONCE, "opinion_recorded", Missing(R.OPINION, "missing.opinion_recorded", Role.TEACHER)),
        (AT_ONCE, "close_confirmed", Missing(R.ARCHIVE, "missing.close_confirmed", Role.DESK)),
        (DEEP, "work_ordered", Missing(R.WORK_ORDER, "missing.work_ordered", Role.ENGINEER)),
        (DEEP, "resolved", Missing(R.WORK_ORDER, "missing.resolved", Role.ENGINEER)),
        (DEEP, "acceptance_tried", Missing(R.ACCEPTANCE, "missing.acceptance_tried", Role.LEAD)),
        (DEEP, "acceptance_passed", Missing(R.ACCEPTANCE, "missing.acceptance_passed", Role.LEAD)),
        (NOT_NEEDED, "objection_over", Missing(R.RECEIPT, "missing.objection_over", Role.REPRESENTATIVE)),
    ],
)
def test_what_is_missing_names_the_record_and_who_owes_it(
    complete: CaseFacts, lost: str, missing: Missing
) -> None:
    """One fact taken away keeps the case out of the archive, with exactly that said."""
    facts = replace(complete, **{lost: False})
    assert missing_for_archive(facts) == (missing,)
    assert makeable(R.ARCHIVE, facts) == missing


def test_one_person_cannot_accept_alone() -> None:
    """Two checks, two signatures: the same hand twice is one."""
    alone = replace(DEEP, acceptance_signers=1)
    assert makeable(R.ACCEPTANCE, alone) == Missing(R.ACCEPTANCE, "missing.two_signatures", Role.LEAD)
    assert missing_for_archive(alone) == (Missing(R.ACCEPTANCE, "missing.two_signatures", Role.LEAD),)


def test_records_can_be_made_as_soon_as_their_act_has_left_them() -> None:
    """The register at registration, the work order at the agreed plan, a failed acceptance as well."""
    registered = CaseFacts(registered=True)
    assert makeable(R.REGISTER, registered) is None
    assert makeable(R.REVIEW, registered) is not None
    agreed = replace(ANSWERED, plan_agreed=True, work_ordered=True)
    assert makeable(R.WORK_ORDER, agreed) is None
    failed = replace(agreed, acceptance_tried=True, acceptance_signers=2)
    assert makeable(R.ACCEPTANCE, failed) is None
    assert makeable(R.RECEIPT, replace(NOT_NEEDED, objection_over=False)) is None


def test_an_empty_case_lacks_everything_and_says_it_once_per_record() -> None:
    """The list that 归档 refuses with has no record twice."""
    missing = [one.record for one in missing_for_archive(CaseFacts())]
    assert missing == [R.REGISTER, R.REVIEW, R.OPINION, R.ARCHIVE]


def test_every_fact_matters_to_some_record() -> None:
    """No field of the facts is asked for nothing."""
    asked = {field.name for field in fields(CaseFacts)}
    matters = {
        name
        for complete in (AT_ONCE, DEEP, NOT_NEEDED)
        for name in asked
        if getattr(complete, name) and missing_for_archive(replace(complete, **{name: False})) != ()
    }
    assert asked - matters == {"plan_agreed"}  # without it the case is simply settled at once
