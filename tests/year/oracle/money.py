"""One contract's quality deposit: the rights that missed promises give, and what both sides did about them."""

from dataclasses import dataclass
from datetime import datetime

from tests.year.oracle.case import Event

Right = tuple[int, str, int]  # ticket, promise, round: "one entry per (ticket, promise, round)"

# > claimable 可扣 → claimed 已主张 (by the representative) → agreed 已确认 or disputed 有争议 → deducted 已扣, or let
# go 已放弃 by the customer only; what the deposit no longer covers ends as 质保金已用完.
SAID = {
    "penalty_claimed": "claimed",
    "penalty_agreed": "agreed",
    "penalty_disputed": "disputed",
    "penalty_let_go": "let_go",
    "penalty_deducted": "deducted",
}
OVER = {"let_go", "deducted", "exhausted"}


@dataclass(frozen=True)
class Entitlement:
    """What became of one right, in fen."""

    amount: int
    state: str
    taken: int = 0


class Account:
    """The deposit of one contract. What is missed is told at the end, what people did in the order of the log."""

    def __init__(self, deposit: int) -> None:
        self.deposit = deposit
        self.missed: dict[Right, tuple[int, datetime]] = {}
        self.said: list[tuple[Right, str, datetime]] = []

    def hear(self, event: Event) -> None:
        """Somebody's word on an entry."""
        if event.name in SAID:
            right = (event.ticket, event.data["promise"], event.data["round"])
            self.said.append((right, SAID[event.name], event.recorded_at))

    def miss(self, right: Right, amount: int, at: datetime) -> None:
        """A missed promise gives the right to deduct so much."""
        self.missed[right] = (amount, at)

    def settled(self) -> dict[Right, Entitlement]:
        """Where every right stands in the end."""
        states = dict.fromkeys(self.missed, "claimable")
        taken: dict[Right, int] = {}
        for right, what, at in self.said:
            states[right] = what
            if what == "deducted":
                # > Every breach makes an entry of the full sum; the cap acts at 已扣 (what is left of the deposit).
                left = self.deposit - sum(taken.values())
                taken[right] = min(self.missed[right][0], left)
                self._close_what_is_left(states, taken, at)
        if self.deposit > 0 and sum(taken.values()) == self.deposit:
            states = {right: one if one in OVER else "exhausted" for right, one in states.items()}
        return {
            right: Entitlement(amount, states[right], taken.get(right, 0))
            for right, (amount, _) in self.missed.items()
        }

    def _close_what_is_left(self, states: dict[Right, str], taken: dict[Right, int], at: datetime) -> None:
        # > With nothing left open entries close as 质保金已用完 (what the last one could not take too).
        if sum(taken.values()) < self.deposit:
            return
        for right, state in states.items():
            if state not in OVER and self.missed[right][1] < at:
                states[right] = "exhausted"
