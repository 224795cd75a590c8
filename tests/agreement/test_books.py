"""The books of a deposit: they add up whatever people do, and it is seen when they do not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.books import Entry, Sum, books, wrongs
from agreement.penalties import OPEN, STEPS, PenaltyAct, deduct
from agreement.words import PenaltyState

S, A = PenaltyState, PenaltyAct
ACTS = tuple(act for act in A if act is not A.EXHAUST)


def test_the_last_entry_is_cut_and_its_rest_is_used_up() -> None:
    """￥700 for two entries of ￥500: 500 and 200 are taken, 300 ended as 质保金已用完."""
    found = books(70_000, [Entry(S.DEDUCTED, 50_000, 50_000), Entry(S.DEDUCTED, 50_000, 20_000)])
    assert (found.taken_fen, found.left_fen, found.is_used_up) == (70_000, 0, True)
    assert (found.sums[S.DEDUCTED], found.sums[S.EXHAUSTED]) == (Sum(2, 70_000), Sum(0, 30_000))


def test_a_contract_without_a_deposit_has_none_to_use_up() -> None:
    """The right is booked in full all the same; a deposit that is entered later finds it there."""
    found = books(0, [Entry(S.CLAIMABLE, 50_000)])
    assert (found.is_used_up, found.open_fen, found.left_fen) == (False, 50_000, 0)


def played(deposit: int, amounts: list[int], acts: list[tuple[int, PenaltyAct]]) -> list[Entry]:
    """The entries after these acts, done as the ledger does them; an illegal one changes nothing."""
    entries = [Entry(S.CLAIMABLE, one) for one in amounts]
    for number, act in acts:
        entry = entries[number % len(entries)]
        step = next((one for one in STEPS if one.source is entry.state and one.act is act), None)
        if step is None:
            continue
        done = replace(entry, state=step.to)
        if act is A.DEDUCT:
            taken = deduct(entry.amount_fen, books(deposit, entries).left_fen)
            done = replace(entry, state=taken.state, taken_fen=taken.taken_fen)
        entries[number % len(entries)] = done
        if books(deposit, entries).is_used_up:
            entries = [replace(one, state=S.EXHAUSTED) if one.state in OPEN else one for one in entries]
    return entries


@given(
    deposit=st.integers(0, 200_000),
    amounts=st.lists(st.integers(1, 100_000), min_size=1, max_size=6),
    acts=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(ACTS)), max_size=40),
)
def test_the_books_add_up_whatever_people_do(
    deposit: int, amounts: list[int], acts: list[tuple[int, PenaltyAct]]
) -> None:
    """Deposit = taken + left, and no fen of an entry is in two states or in none."""
    entries = played(deposit, amounts, acts)
    found = books(deposit, entries)
    assert wrongs(deposit, entries) == []
    assert found.taken_fen + found.left_fen == deposit
    assert sum(one.fen for one in found.sums.values()) == sum(amounts)


@pytest.mark.parametrize(
    ("deposit", "entries", "word"),
    [
        (10_000, [Entry(S.DEDUCTED, 50_000, 50_000)], "of a deposit"),
        (90_000, [Entry(S.DEDUCTED, 50_000, 60_000)], "more than its own sum"),
        (90_000, [Entry(S.LET_GO, 50_000, 50_000)], "not deducted"),
        (50_000, [Entry(S.DEDUCTED, 50_000, 50_000), Entry(S.CLAIMED, 50_000)], "entries are open"),
    ],
)
def test_wrong_books_are_seen(deposit: int, entries: list[Entry], word: str) -> None:
    """Wrong books are told apart from right ones."""
    assert any(word in one for one in wrongs(deposit, entries))
