"""What tenders ask for, as sums: shares with their denominators, satisfaction with its base. No praise from silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from agreement.words import Promise

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Share:
    """So many of so many; None percent where there was nothing to count."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Whole percent, halves up."""
        if not self.whole:
            return None
        return int((HUNDRED * self.part / self.whole).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Asked:
    """One asking for an opinion that is over: the mark if one was given, and whether anybody answered."""

    mark: int | None
    answered: bool


@dataclass(frozen=True)
class Satisfaction:
    """`index` is the mean of the marks (1 … 5, one decimal), None without any; `base` how many marks it rests on."""

    index: Decimal | None
    base: int
    response: Share

    @property
    def silent(self) -> int:
        """Askings that nobody answered: counted apart."""
        return self.response.whole - self.response.part


def satisfaction(askings: Iterable[Asked]) -> Satisfaction:
    """The sums over askings that are over; silence lowers the response and touches no index."""
    over = list(askings)
    marks = [one.mark for one in over if one.mark is not None]
    index = (Decimal(sum(marks)) / len(marks)).quantize(TENTH, ROUND_HALF_UP) if marks else None
    return Satisfaction(index, len(marks), Share(sum(one.answered for one in over), len(over)))


@dataclass(frozen=True)
class PromiseCount:
    """How often one promise that fell due was kept and broken; `is_agreements`: missing it is a breach."""

    promise: Promise
    is_agreements: bool
    kept: int
    broken: int
