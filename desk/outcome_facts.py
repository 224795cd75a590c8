"""What came of a case as plain values: opinions, acceptance, evidence, promises, the ledger (`case_outcome.py`).

Moments are UTC, sums in fen, digests SHA-256 in hex.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from agreement.words import Promise, PromiseState
from desk.happened import Somebody


@dataclass(frozen=True, kw_only=True)
class OpinionFact:
    """What the customer said, or that they stayed silent. `answer`: solved, not_solved, silence."""

    round: int
    by: Somebody | None
    answer: str
    mark: int | None  # 5 非常满意 … 1 很不满意
    words: str
    channel: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AcceptanceFact:
    """One try at acceptance. `lead`, the two checks and `at`: nobody has judged it yet where they are None."""

    round: int
    attempt: int
    implementer: Somebody
    implemented_at: datetime
    lead: Somebody | None
    change_is_right: bool | None
    software_reconfirmed: bool | None
    words: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ConfirmationFact:
    """Evidence of a tap that binds: whose, of which event, on which channel, to what content."""

    number: str
    event_id: int
    event: str
    by: Somebody | None  # nobody: a stranger, known by the account only
    channel: str
    bound_how: str
    message: str  # the platform's id of the tap
    digest: str
    shown_digest: str  # of the words on the screen; empty: not known
    is_intact: bool  # the digest is that of the content as it is kept
    at: datetime
    is_entitled: bool = True  # was then what such a confirmation asks for, by an account of that person


@dataclass(frozen=True, kw_only=True)
class PromiseFact:
    """One clock as it stands. `step` only of a plan-step."""

    id: int
    promise: Promise
    round: int
    step: int
    plan: int
    state: PromiseState
    started_at: datetime
    first_due_at: datetime  # as promised when it began; only a schedule, consent or calendar moves `due_at`
    due_at: datetime
    kept_at: datetime | None  # also late
    is_breach: bool  # broken, and the agreement's own rather than a house target
    is_provisional: bool
    paused_for: timedelta  # in all, of the pauses that are over


@dataclass(frozen=True, kw_only=True)
class PenaltyFact:
    """An entry of the ledger that this case brought about: one for each promise and round, of one clock's breach.

    `number` is its own in the ledger; `promise_id` None: booked by a release that did not keep which clock it was.
    """

    number: int
    promise_id: int | None
    promise: Promise
    round: int
    amount_fen: int
    state: str
