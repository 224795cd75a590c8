"""The ledger of penalties: a right of the customer, so a table of states, and the arithmetic of the deposit.

One entry per (ticket, promise, round), of the full sum; the cap acts where money moves, at 已扣
(agreement §3, Money). Sums are whole fen. What the two sides owe each other is `agreement/books.py`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agreement.words import PenaltyState, Relation


class PenaltyAct(StrEnum):
    """What can be done to an entry."""

    CLAIM = "claim"  # 主张扣款
    LET_GO = "let_go"  # 放弃, by the customer only
    CONFIRM = "confirm"  # 确认扣款
    DISPUTE = "dispute"  # 有异议
    EXPLAIN = "explain"  # 说明理由: the other side's word in a dispute
    DEDUCT = "deduct"  # 已扣
    EXHAUST = "exhaust"  # 质保金已用完: nothing is left to deduct from
    VOID = "void"  # 作废: it was kept in time after all, and nobody had claimed it
    BOOK_AGAIN = "book_again"  # what proved it kept was undone later


@dataclass(frozen=True)
class PenaltyStep:
    """One row: the act by that party takes an entry from one state to another."""

    source: PenaltyState
    act: PenaltyAct
    who: Relation
    to: PenaltyState


S, A, R = PenaltyState, PenaltyAct, Relation

OPEN: Final = (S.CLAIMABLE, S.CLAIMED, S.AGREED, S.DISPUTED)

STEPS: Final[tuple[PenaltyStep, ...]] = (
    PenaltyStep(S.CLAIMABLE, A.CLAIM, R.REPRESENTATIVE, S.CLAIMED),
    PenaltyStep(S.CLAIMED, A.CONFIRM, R.MANAGER, S.AGREED),
    PenaltyStep(S.CLAIMED, A.DISPUTE, R.MANAGER, S.DISPUTED),
    PenaltyStep(S.DISPUTED, A.CONFIRM, R.MANAGER, S.AGREED),
    PenaltyStep(S.DISPUTED, A.EXPLAIN, R.REPRESENTATIVE, S.DISPUTED),
    PenaltyStep(S.DISPUTED, A.EXPLAIN, R.MANAGER, S.DISPUTED),
    PenaltyStep(S.AGREED, A.DEDUCT, R.MANAGER, S.DEDUCTED),
    PenaltyStep(S.DISPUTED, A.DEDUCT, R.MANAGER, S.DEDUCTED),
    *(PenaltyStep(state, A.LET_GO, R.REPRESENTATIVE, S.LET_GO) for state in OPEN),
    *(PenaltyStep(state, A.EXHAUST, R.SYSTEM, S.EXHAUSTED) for state in OPEN),
    # A right that was claimed is in the hands of people: from then on only they move it.
    PenaltyStep(S.CLAIMABLE, A.VOID, R.SYSTEM, S.VOID),
    PenaltyStep(S.VOID, A.BOOK_AGAIN, R.SYSTEM, S.CLAIMABLE),
)


@dataclass(frozen=True)
class Moved:
    """The entry goes to `to`."""

    to: PenaltyState


@dataclass(frozen=True)
class NotMoved:
    """The entry stays; `reason` is a key of the texts, `possible` what these relations can do instead."""

    reason: str
    possible: tuple[PenaltyAct, ...]


@dataclass(frozen=True)
class Deduction:
    """What one 已扣 does: what is taken, what the deposit does not cover, what is left of it (fen).

    `state` is the entry's: deducted with what was taken, or exhausted when nothing could be. With `left_fen`
    0 the other open entries close as exhausted.
    """

    state: PenaltyState
    taken_fen: int
    uncovered_fen: int
    left_fen: int


def decide(state: PenaltyState, act: PenaltyAct, relations: frozenset[Relation]) -> Moved | NotMoved:
    """May somebody in these relations do this to an entry in this state, and where does it lead?"""
    for step in STEPS:
        if step.source is state and step.act is act and step.who in relations:
            return Moved(step.to)
    is_theirs = any(step.act is act and step.who in relations for step in STEPS)
    reason = "refused.penalty_not_now" if is_theirs else "refused.penalty_not_yours"
    return NotMoved(reason, possible(state, relations))


def possible(state: PenaltyState, relations: frozenset[Relation]) -> tuple[PenaltyAct, ...]:
    """What somebody in these relations can do to an entry in this state, in the order of the table."""
    return tuple(step.act for step in STEPS if step.source is state and step.who in relations)


def deduct(sum_fen: int, left_fen: int) -> Deduction:
    """Takes the sum from what is left of the deposit, never more than that. Raises ValueError below zero."""
    if sum_fen < 0 or left_fen < 0:
        raise ValueError("a sum and a deposit are never below zero")
    taken = min(sum_fen, left_fen)
    state = PenaltyState.DEDUCTED if taken or not sum_fen else PenaltyState.EXHAUSTED
    return Deduction(state, taken, sum_fen - taken, left_fen - taken)
