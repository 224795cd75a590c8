"""What was done about a case, as plain values: reviews, plans, work orders, visits (`case_work.py`).

Moments are UTC, sums in fen. `round` counts from 1: a case that was closed and opened again is in its second.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.happened import Somebody


@dataclass(frozen=True, kw_only=True)
class ReviewFact:
    """One finding of a technician: at_once, deep, not_needed."""

    round: int
    outcome: str
    reason: str
    by: Somebody
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StepFact:
    """One dated step of a plan."""

    step: int
    what: str
    due_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PlanFact:
    """One version of the plan. `answer`: "", agreed, discussed, superseded; `fee`: free, by that clause, or paid."""

    round: int
    version: int
    fee: str
    fee_clause: str  # a key of the texts
    fee_fen: int
    by: Somebody
    answer: str
    answered_at: datetime | None
    answered_by: Somebody | None
    steps: tuple[StepFact, ...]


@dataclass(frozen=True, kw_only=True)
class OrderFact:
    """A work order of one round."""

    round: int
    by: Somebody
    opened_at: datetime
    done_at: datetime | None
    words: str


@dataclass(frozen=True, kw_only=True)
class VisitFact:
    """An engineer on the way and there."""

    round: int
    by: Somebody
    departed_at: datetime
    arrived_at: datetime | None
    place: Mapping[str, object]
