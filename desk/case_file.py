"""One case as plain values: everything that the records of the agreement are written from.

Read by `case_reading.py`, used by whoever prints. Moments are UTC, sums in fen; nothing here is a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from agreement.records import Missing, ReviewOutcome
from agreement.words import Record
from desk.happened import Happened, Somebody
from desk.outcome_facts import AcceptanceFact, ConfirmationFact, OpinionFact, PenaltyFact, PromiseFact
from desk.paper_facts import ArchivedFact, AttachedFact, EditionFact, SealFact, SentFact
from desk.work_facts import OrderFact, PlanFact, ReviewFact, VisitFact


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """All of one case."""

    number: str  # 登记编号
    state: str
    kind: str
    round: int
    zone: ZoneInfo
    text: str
    place: str
    system: str
    channel: str
    school: str
    project: str
    contract: str
    reporter: Somebody | None
    reported_at: datetime
    registered_at: datetime
    is_unconfirmed: bool
    is_urgent: bool
    has_request_unconfirmed: bool  # the school never agreed to the written request of a customised change
    cause: str
    harm: str
    objection_until_at: datetime | None
    objection_settled: bool
    closed_at: datetime | None
    low_mark: int  # of the policy: an opinion this low asks for a call
    numbers: Mapping[tuple[Record, int], str] = field(default_factory=dict)  # (record, attempt) → its number
    events: tuple[Happened, ...] = ()
    reviews: tuple[ReviewFact, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    orders: tuple[OrderFact, ...] = ()
    visits: tuple[VisitFact, ...] = ()
    opinions: tuple[OpinionFact, ...] = ()
    acceptances: tuple[AcceptanceFact, ...] = ()
    confirmations: tuple[ConfirmationFact, ...] = ()
    promises: tuple[PromiseFact, ...] = ()
    penalties: tuple[PenaltyFact, ...] = ()
    attached: tuple[AttachedFact, ...] = ()
    sent: tuple[SentFact, ...] = ()
    editions: tuple[EditionFact, ...] = ()
    seals: tuple[SealFact, ...] = ()
    missing: tuple[Missing, ...] = ()  # what it still lacks before 归档
    outcome: ReviewOutcome = ReviewOutcome.AT_ONCE  # how the review ended, which says what records it needs
    may_see: bool = True  # whether anybody is there who may see it
    secrecy: str = ""
    archived: ArchivedFact | None = None

    def happened(self, *names: str) -> tuple[Happened, ...]:
        """The events of these names, oldest first; nothing that stays inside the house."""
        return tuple(one for one in self.events if one.name in names and not one.is_internal)

    @property
    def explanation(self) -> str:
        """The document manager's written 缺项说明, the last of several; empty without one."""
        return next((one.words for one in reversed(self.events) if one.name == "explained"), "")

    def newest(self) -> Mapping[tuple[Record, int], EditionFact]:
        """The last edition of every record that was closed, by record and attempt, in the order of first closing."""
        return {(one.record, one.attempt): one for one in self.editions}

    def judged(self, attempt: int) -> Happened | None:
        """验收通过 or 验收不通过 of that try; None while nobody has judged it."""
        found = self.happened("accept", "reject")
        return next((one for one in found if one.data.get("attempt") == attempt), None)

    def agreed_plan(self, number: int) -> PlanFact | None:
        """The plan that the customer agreed to in that round, the last of several."""
        agreed = [one for one in self.plans if one.round == number and one.answer == "agreed"]
        return agreed[-1] if agreed else None
