"""The table of promises, walked against the agreement's own page."""

import pytest

from agreement.policy_file import DEFAULT
from agreement.promises import (
    KEPT_BY,
    MOVED_BY_SCHEDULE,
    PROMISES_OF_AGREED_PLAN,
    PROMISES_OF_FINDING,
    PROMISES_OF_KIND,
    PROMISES_OF_URGENCY,
    ROWS,
    UNDONE_BY,
    Keeping,
    Undoing,
)
from agreement.words import Kind, Promise

P, K = Promise, Keeping


def test_every_promise_has_one_row_with_its_clause() -> None:
    """Thirteen clocks stand in §3, thirteen rows here, in the same order."""
    assert [row.promise for row in ROWS] == list(Promise)
    assert all(row.clause == f"§3 {row.promise}" for row in ROWS)


@pytest.mark.parametrize(
    ("promise", "keepings"),
    [
        (P.FAULT_RESPONSE, {K.ACKNOWLEDGED}),
        (P.FAULT_RESOLUTION, {K.RESOLVED, K.PLAN_HANDED_OVER, K.PLAN_AGREED, K.DECLINED}),
        (P.PLAN_STEP, {K.STEP_DONE, K.RESOLVED, K.DECLINED}),
        (P.URGENT_DISPATCH, {K.DISPATCHED}),
        (P.URGENT_CONTINGENCY, {K.CONTINGENCY_HANDED_OVER}),
        (P.URGENT_FIX_PLAN, {K.FIX_PLAN_HANDED_OVER}),
        (P.USABILITY, {K.RESOLVED, K.DECLINED}),
        (P.PERFORMANCE, {K.RESOLVED, K.DECLINED}),
        (P.IN_SCOPE, {K.RESOLVED, K.DECLINED}),
        (P.CUSTOM_UNDERSTAND, {K.PLAN_HANDED_OVER, K.PLAN_AGREED}),
        (P.CUSTOM_REPLY, {K.ANSWERED, K.PLAN_HANDED_OVER, K.PLAN_AGREED, K.DECLINED}),
        (P.CUSTOM_START, {K.STARTED}),
        (P.CONSULTATION_ANSWER, {K.ANSWERED, K.RESOLVED, K.DECLINED}),
    ],
)
def test_what_keeps_a_promise(promise: Promise, keepings: set[Keeping]) -> None:
    """Row by row what the page says; "done" means resolved and the receipt keeps what asks for it."""
    assert KEPT_BY[promise] == keepings


@pytest.mark.parametrize(
    ("kind", "promises"),
    [
        (Kind.FAULT, (P.FAULT_RESPONSE, P.FAULT_RESOLUTION)),
        (Kind.CONSULTATION, (P.CONSULTATION_ANSWER,)),
        (Kind.USABILITY, (P.USABILITY,)),
        (Kind.PERFORMANCE, ()),
        (Kind.IN_SCOPE, (P.IN_SCOPE,)),
        (Kind.CUSTOMISED, (P.CUSTOM_UNDERSTAND, P.CUSTOM_REPLY)),
    ],
)
def test_what_the_report_of_a_kind_starts(kind: Kind, promises: tuple[Promise, ...]) -> None:
    """Performance alone waits for a finding before its month begins to count."""
    assert PROMISES_OF_KIND[kind] == promises


def test_what_else_starts_clocks() -> None:
    """Urgency starts three on any kind, the finding one, the agreed plan its steps and the start of work."""
    assert PROMISES_OF_URGENCY == (P.URGENT_DISPATCH, P.URGENT_CONTINGENCY, P.URGENT_FIX_PLAN)
    assert PROMISES_OF_FINDING[Kind.PERFORMANCE] == (P.PERFORMANCE,)
    assert not any(PROMISES_OF_FINDING[kind] for kind in Kind if kind is not Kind.PERFORMANCE)
    assert PROMISES_OF_AGREED_PLAN[Kind.CUSTOMISED] == (P.PLAN_STEP, P.CUSTOM_START)
    assert all(
        PROMISES_OF_AGREED_PLAN[kind] == (P.PLAN_STEP,) for kind in Kind if kind is not Kind.CUSTOMISED
    )
    assert {P.USABILITY, P.PERFORMANCE, P.IN_SCOPE} == MOVED_BY_SCHEDULE


def test_the_shipped_policy_knows_the_same_promises() -> None:
    """Every promise but plan-step has a term, and the house targets are those of column H."""
    assert set(DEFAULT.terms) == set(Promise) - {P.PLAN_STEP}
    assert all(DEFAULT.is_agreements(row.promise) is row.is_agreements for row in ROWS)


def test_every_keeping_and_undoing_has_a_use() -> None:
    """No happening stands in the words that no promise hears, and nothing is undone that keeps nothing."""
    used = frozenset[Keeping]().union(*KEPT_BY.values())
    assert used == set(Keeping)
    assert set(UNDONE_BY) == set(Undoing)
    assert frozenset[Keeping]().union(*UNDONE_BY.values()) <= used
