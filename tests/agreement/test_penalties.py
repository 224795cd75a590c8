"""The ledger, walked row by row, and the arithmetic of the deposit."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.penalties import OPEN, STEPS, Moved, NotMoved, PenaltyAct, decide, deduct, possible
from agreement.words import PenaltyState, Relation

S, A, R = PenaltyState, PenaltyAct, Relation

LEGAL = {
    (S.CLAIMABLE, A.CLAIM, R.REPRESENTATIVE): S.CLAIMED,
    (S.CLAIMED, A.CONFIRM, R.MANAGER): S.AGREED,
    (S.CLAIMED, A.DISPUTE, R.MANAGER): S.DISPUTED,
    (S.DISPUTED, A.CONFIRM, R.MANAGER): S.AGREED,
    (S.AGREED, A.DEDUCT, R.MANAGER): S.DEDUCTED,
    (S.DISPUTED, A.DEDUCT, R.MANAGER): S.DEDUCTED,
    (S.DISPUTED, A.EXPLAIN, R.REPRESENTATIVE): S.DISPUTED,
    (S.DISPUTED, A.EXPLAIN, R.MANAGER): S.DISPUTED,
    (S.CLAIMABLE, A.VOID, R.SYSTEM): S.VOID,
    (S.VOID, A.BOOK_AGAIN, R.SYSTEM): S.CLAIMABLE,
} | {
    (state, act, who): to
    for state in (S.CLAIMABLE, S.CLAIMED, S.AGREED, S.DISPUTED)
    for act, who, to in ((A.LET_GO, R.REPRESENTATIVE, S.LET_GO), (A.EXHAUST, R.SYSTEM, S.EXHAUSTED))
}


@pytest.mark.parametrize(("state", "act", "who"), list(product(S, A, R)))
def test_every_step_legal_and_illegal(state: PenaltyState, act: PenaltyAct, who: Relation) -> None:
    """Every state, act and relation: what is not in the page's ledger is refused."""
    decision = decide(state, act, frozenset({who}))
    if (state, act, who) in LEGAL:
        assert decision == Moved(LEGAL[state, act, who])
    else:
        assert isinstance(decision, NotMoved)


def test_only_the_customer_lets_go() -> None:
    """A right of the customer is never given away by the vendor or by the clock."""
    assert {step.who for step in STEPS if step.act is A.LET_GO} == {R.REPRESENTATIVE}


def test_a_refusal_says_why_and_what_is_possible() -> None:
    """Not yours, or not now; with what can be done instead."""
    manager = frozenset({R.MANAGER})
    assert decide(S.CLAIMED, A.CLAIM, manager) == NotMoved(
        "refused.penalty_not_yours", (A.CONFIRM, A.DISPUTE)
    )
    assert decide(S.CLAIMABLE, A.CONFIRM, manager) == NotMoved("refused.penalty_not_now", ())


def test_nothing_follows_an_end() -> None:
    """Deducted, let go, exhausted and void entries stay, whatever a person does."""
    everybody = frozenset(Relation) - {R.SYSTEM}
    assert {state for state in S if not possible(state, everybody)} == set(S) - set(OPEN)


@pytest.mark.parametrize(
    ("left", "state", "taken", "uncovered"),
    [
        (50_001, S.DEDUCTED, 50_000, 0),
        (50_000, S.DEDUCTED, 50_000, 0),
        (20_000, S.DEDUCTED, 20_000, 30_000),
        (0, S.EXHAUSTED, 0, 50_000),
    ],
)
def test_the_cap_acts_where_money_moves(left: int, state: PenaltyState, taken: int, uncovered: int) -> None:
    """An entry takes what is left, says what the deposit did not cover, and ends as used up with nothing."""
    found = deduct(50_000, left)
    assert (found.state, found.taken_fen, found.uncovered_fen) == (state, taken, uncovered)
    assert found.left_fen == left - taken


@given(deposit=st.integers(0, 10**9), sums=st.lists(st.integers(0, 10**8)))
def test_never_more_than_the_deposit_is_taken(deposit: int, sums: list[int]) -> None:
    """To the fen, over any number of entries: taken and left make the deposit, with uncovered the sum."""
    left = deposit
    for one in sums:
        found = deduct(one, left)
        assert found.taken_fen + found.uncovered_fen == one
        assert found.taken_fen + found.left_fen == left
        left = found.left_fen
    assert left == max(deposit - sum(sums), 0)


@pytest.mark.parametrize(("total", "left"), [(-1, 0), (0, -1)])
def test_no_sum_below_zero(total: int, left: int) -> None:
    """A negative sum would pay the vendor."""
    with pytest.raises(ValueError, match="below zero"):
        deduct(total, left)
