"""The books of one deposit: what was taken, what is left, what lies in which state. They always add up.

An entry cut by the cap is 已扣 with what was taken; the rest of it ended as 质保金已用完 (agreement §3, Money).
So deposit = taken + left, and the sums of all states make the sum of all entries, to the fen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from agreement.coverage import deposit_left_fen
from agreement.penalties import OPEN
from agreement.words import PenaltyState


@dataclass(frozen=True)
class Entry:
    """One entry as the books see it. `taken_fen` is 0 unless it was deducted."""

    state: PenaltyState
    amount_fen: int
    taken_fen: int = 0


@dataclass(frozen=True)
class Sum:
    """How many entries and how many fen lie in one state."""

    count: int
    fen: int


@dataclass(frozen=True)
class Books:
    """One deposit and its entries. `sums` holds every state, also the empty ones."""

    deposit_fen: int
    taken_fen: int
    left_fen: int
    sums: Mapping[PenaltyState, Sum]

    @property
    def is_used_up(self) -> bool:
        """Nothing is left of a deposit that there was. A contract without one has none to use up."""
        return self.deposit_fen > 0 and self.left_fen == 0

    @property
    def open_fen(self) -> int:
        """What may still be deducted, before the cap."""
        return sum(self.sums[state].fen for state in OPEN)


def books(deposit_fen: int, entries: Sequence[Entry]) -> Books:
    """The books of this deposit."""
    taken = [one.taken_fen for one in entries]
    sums = {state: _sum(state, entries) for state in PenaltyState}
    left = deposit_left_fen(deposit_fen, taken)
    return Books(deposit_fen, sum(taken), left, MappingProxyType(sums))


def _sum(state: PenaltyState, entries: Sequence[Entry]) -> Sum:
    own = [one for one in entries if one.state is state]
    if state is PenaltyState.DEDUCTED:
        return Sum(len(own), sum(one.taken_fen for one in own))
    fen = sum(one.amount_fen for one in own)
    if state is PenaltyState.EXHAUSTED:
        fen += sum(_uncovered(one) for one in entries)
    return Sum(len(own), fen)


def _uncovered(entry: Entry) -> int:
    """What the cap cut off a deducted entry."""
    return entry.amount_fen - entry.taken_fen if entry.state is PenaltyState.DEDUCTED else 0


def wrongs(deposit_fen: int, entries: Sequence[Entry]) -> list[str]:
    """Whatever does not add up, each in words. Empty is the promise kept."""
    found = books(deposit_fen, entries)
    wrong = []
    if found.taken_fen > deposit_fen:
        wrong.append(f"taken {found.taken_fen} of a deposit of {deposit_fen}")
    if sum(one.fen for one in found.sums.values()) != sum(one.amount_fen for one in entries):
        wrong.append("the sums of the states are not the sum of the entries")
    if any(not 0 <= one.taken_fen <= one.amount_fen for one in entries):
        wrong.append("an entry took more than its own sum")
    if any(one.taken_fen and one.state is not PenaltyState.DEDUCTED for one in entries):
        wrong.append("something was taken for an entry that was not deducted")
    if found.is_used_up and found.open_fen:
        wrong.append("nothing is left of the deposit, and entries are open")
    return wrong
