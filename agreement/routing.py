"""Who is rung first: the choice among the engineers on duty, each choice with the reason a person may read.

Every engineer on duty holds the card of a new ticket; this decides only whose phone rings first, and whose
next when nothing moves.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Candidate:
    """An engineer on duty. `is_named`: by the contract, for this project. `rung_at` None: never rung."""

    person_id: int
    is_named: bool
    open_load: int  # open tickets assigned to them
    rung_at: datetime | None


@dataclass(frozen=True)
class Choice:
    """Whom to ring and why: a key of the texts with its values; the first rule that set them apart."""

    person_id: int
    reason_key: str
    values: Mapping[str, object] = field(default_factory=dict)


# In this order; the smaller value is rung first. The last row only makes equal ones repeatable.
RULES: Final[tuple[tuple[str, Callable[[Candidate], int | datetime]], ...]] = (
    ("routing.named", lambda one: 0 if one.is_named else 1),
    ("routing.lowest_load", lambda one: one.open_load),
    ("routing.longest_not_rung", lambda one: one.rung_at or NEVER),
    ("routing.equal", lambda one: one.person_id),
)
ONLY_ONE: Final = "routing.only_one"
LAST_LEFT: Final = "routing.last_left"  # the others on duty were rung before


def next_after(chosen: Collection[int], on_duty: Iterable[Candidate]) -> Choice | None:
    """Who is rung after those chosen so far (none: who is rung first); None when nobody is left."""
    everybody = list(on_duty)
    left = sorted((one for one in everybody if one.person_id not in chosen), key=_rank)
    if not left:
        return None
    alone = ONLY_ONE if len(everybody) == 1 else LAST_LEFT
    reason = _what_sets_apart(left[0], left[1]) if len(left) > 1 else alone
    return Choice(left[0].person_id, reason, {"load": left[0].open_load, "rung_at": left[0].rung_at})


def ranked(chosen: Collection[int], on_duty: Iterable[Candidate]) -> list[int]:
    """Everybody on duty as they would be rung one after the other; those chosen before come last."""
    return [one.person_id for one in sorted(on_duty, key=lambda one: (one.person_id in chosen, *_rank(one)))]


def _rank(one: Candidate) -> tuple[int | datetime, ...]:
    return tuple(value(one) for _, value in RULES)


def _what_sets_apart(first: Candidate, second: Candidate) -> str:
    return next((key for key, value in RULES if value(first) != value(second)), RULES[-1][0])
