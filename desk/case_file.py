"""One case as plain values: everything that the records of the agreement are written from.

Read by `case_reading.py`, used by whoever prints. Moments are UTC, sums in fen; nothing here is a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agreement.chain import Sealed
from agreement.records import Missing
from agreement.words import Promise, PromiseState, Record, Role


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A person as a record names one. `roles`: what they are at the school of the case or at the vendor."""

    id: int
    name: str
    phone: str = ""
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One event. `by` is nobody when the clock did it; `acted_as` is the relation in which they did."""

    id: int
    at: datetime
    recorded_at: datetime
    name: str
    round: int
    by: Somebody | None
    acted_as: str
    data: Mapping[str, object]
    is_internal: bool

    @property
    def words(self) -> str:
        """What was said with it, if anything."""
        return str(self.data.get("words") or self.data.get("text") or "")


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
    """One version of the plan. `answer`: "", agreed, discussed, superseded."""

    round: int
    version: int
    fee: str
    fee_clause: str
    fee_fen: int
    by: Somebody
    handed_at: datetime
    answer: str
    answered_at: datetime | None
    answered_by: Somebody | None
    steps: tuple[StepFact, ...]


@dataclass(frozen=True, kw_only=True)
class OrderFact:
    """A work order of one round."""

    round: int
    plan_version: int  # 0: without a plan
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


@dataclass(frozen=True, kw_only=True)
class OpinionFact:
    """What the customer said, or that they stayed silent. `answer`: solved, not_solved, silence."""

    round: int
    by: Somebody | None
    answer: str
    mark: int | None
    words: str
    channel: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AcceptanceFact:
    """One try at acceptance. `verdict`: "", passed, failed."""

    round: int
    attempt: int
    implementer: Somebody
    implemented_at: datetime
    lead: Somebody | None
    change_is_right: bool | None
    software_reconfirmed: bool | None
    verdict: str
    words: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ConfirmationFact:
    """Evidence of a tap that binds: whose, of which event, on which channel, to what content."""

    number: str
    event_id: int
    event: str
    by: Somebody | None  # nobody: a stranger, known by the account only
    acted_as: str
    channel: str
    bound_how: str
    message: str  # the platform's id of the tap
    digest: str
    shown_digest: str  # of the words on the screen; empty: not known
    is_intact: bool  # the digest is that of the content as it is kept
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PromiseFact:
    """One clock as it stands. `step` only of a plan-step."""

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


@dataclass(frozen=True, kw_only=True)
class PenaltyFact:
    """An entry of the ledger that this case brought about."""

    promise: Promise
    round: int
    amount_fen: int
    taken_fen: int
    state: str


@dataclass(frozen=True, kw_only=True)
class AttachedFact:
    """Something that was sent along. `digest` is empty until the bytes are here."""

    event_id: int | None
    kind: str
    name: str
    digest: str
    state: str  # wanted, stored, failed, erased


@dataclass(frozen=True, kw_only=True)
class SentFact:
    """One message about the case to the customer's side: of which event, on which channel, when it left."""

    event_id: int
    channel: str
    to: Somebody | None
    state: str
    sent_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class EditionFact:
    """A record that was closed: which edition, of which content, when, by whom and why."""

    id: int
    record: Record
    attempt: int
    number: str
    edition: int
    form_number: str
    form_version: str
    content: str
    digest: str
    print_digest: str  # of its PDF; empty: not kept
    left_open: tuple[str, ...]  # labels of required cells that nobody had filled
    pages: int  # of its PDF; 0 until it was printed
    reason: str
    by: Somebody | None  # nobody: the clock, by policy
    made_at: datetime
    event_id: int  # what closed or changed it


@dataclass(frozen=True, kw_only=True)
class SealFact:
    """One link of the chain that covers something of this case."""

    n: int
    kind: Sealed
    previous: str
    digest: str
    edition_id: int | None


@dataclass(frozen=True, kw_only=True)
class ArchivedFact:
    """How a case was filed: 档号, code of 保管期限 and its last day (None: for ever), 密级."""

    file_number: str
    term: str
    kept_until: date | None
    secrecy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """All of one case."""

    ticket_id: int
    ordinal: int
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
    accepted_on: date | None
    reporter: Somebody | None
    assignee: Somebody | None
    reported_at: datetime
    received_at: datetime
    registered_at: datetime
    is_unconfirmed: bool
    is_urgent: bool
    cause: str
    harm: str
    is_deep: bool
    opinion: str
    objection_until_at: datetime | None
    objection_settled: bool
    closed_at: datetime | None
    follows: str  # 登记编号 of the archived case that this one takes up again
    merged_into: str
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
    secrecy: str = ""
    archived: ArchivedFact | None = None

    def happened(self, *names: str) -> tuple[Happened, ...]:
        """The events of these names, oldest first; nothing that stays inside the house."""
        return tuple(one for one in self.events if one.name in names and not one.is_internal)
