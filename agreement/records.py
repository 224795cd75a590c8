"""Which records a case needs, which can be made now, and who still owes what (agreement §2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agreement.words import Record, Relation, Role


class ReviewOutcome(StrEnum):
    """The three ways a review can end (agreement §2, step 2)."""

    AT_ONCE = "at_once"  # (a) 即时处理
    DEEP = "deep"  # (b) 深度维护
    NOT_NEEDED = "not_needed"  # (c) 不需要维护


R = Record

NEEDED: Final[Mapping[ReviewOutcome, tuple[Record, ...]]] = {
    ReviewOutcome.AT_ONCE: (R.REGISTER, R.REVIEW, R.OPINION, R.ARCHIVE),
    ReviewOutcome.DEEP: (R.REGISTER, R.REVIEW, R.WORK_ORDER, R.OPINION, R.ACCEPTANCE, R.ARCHIVE),
    ReviewOutcome.NOT_NEEDED: (R.REGISTER, R.REVIEW, R.RECEIPT, R.ARCHIVE),
}


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What exists of a case; each field is a fact that an act has left behind."""

    registered: bool = False
    acknowledged: bool = False  # a person answered
    reviewed: bool = False  # 出方案, 完成 or 无需维护 with its words
    plan_agreed: bool = False  # deep maintenance
    work_ordered: bool = False
    resolved: bool = False
    opinion_recorded: bool = False  # the customer's, or that it stayed silent
    acceptance_tried: bool = False  # passed or not: each try is a record of its own
    acceptance_passed: bool = False
    acceptance_signers: int = 0  # different people who signed the last try: implementer and lead
    receipt_sent: bool = False
    objection_over: bool = False  # 无异议, or its days have passed
    close_confirmed: bool = False  # 办结 by the desk, or by the customer's silence

    @property
    def outcome(self) -> ReviewOutcome:
        """How the review ended; a case that nobody planned or declined counts as settled at once."""
        if self.receipt_sent:
            return ReviewOutcome.NOT_NEEDED
        return ReviewOutcome.DEEP if self.plan_agreed else ReviewOutcome.AT_ONCE


@dataclass(frozen=True)
class Missing:
    """What a record waits for: a key of the texts, and the role that owes it."""

    record: Record
    what: str
    owed_by: Role


@dataclass(frozen=True)
class Need:
    """One row: the record is there only if `is_met`."""

    missing: Missing
    is_met: Callable[[CaseFacts], bool]


def _need(record: Record, what: str, owed_by: Role, is_met: Callable[[CaseFacts], bool]) -> Need:
    return Need(Missing(record, f"missing.{what}", owed_by), is_met)


# What must exist for the record to be made at all.
TO_MAKE: Final[tuple[Need, ...]] = (
    _need(R.REGISTER, "registered", Role.DESK, lambda facts: facts.registered),
    _need(R.REVIEW, "reviewed", Role.ENGINEER, lambda facts: facts.reviewed),
    _need(R.RECEIPT, "receipt_sent", Role.ENGINEER, lambda facts: facts.receipt_sent),
    _need(R.WORK_ORDER, "work_ordered", Role.ENGINEER, lambda facts: facts.work_ordered),
    _need(R.OPINION, "opinion_recorded", Role.TEACHER, lambda facts: facts.opinion_recorded),
    _need(R.ACCEPTANCE, "acceptance_tried", Role.LEAD, lambda facts: facts.acceptance_tried),
    _need(R.ACCEPTANCE, "two_signatures", Role.LEAD, lambda facts: facts.acceptance_signers >= 2),
)
# What must hold besides before the case can be archived.
TO_ARCHIVE: Final[tuple[Need, ...]] = (
    _need(R.REGISTER, "acknowledged", Role.ENGINEER, lambda facts: facts.acknowledged),
    _need(R.RECEIPT, "objection_over", Role.REPRESENTATIVE, lambda facts: facts.objection_over),
    _need(R.WORK_ORDER, "resolved", Role.ENGINEER, lambda facts: facts.resolved),
    _need(R.ACCEPTANCE, "acceptance_passed", Role.LEAD, lambda facts: facts.acceptance_passed),
    _need(R.ARCHIVE, "close_confirmed", Role.DESK, lambda facts: facts.close_confirmed or facts.receipt_sent),
)


def records_needed(facts: CaseFacts) -> tuple[Record, ...]:
    """The records of this case by the way its review ended, in their order."""
    return NEEDED[facts.outcome]


def makeable(record: Record, facts: CaseFacts) -> Missing | None:
    """None when the record can be made now, else the first thing that it waits for.

    《归档记录》 lists all others, so it waits for whatever the archive waits for.
    """
    if record is Record.ARCHIVE:
        return next(iter(missing_for_archive(facts)), None)
    return _first_unmet(record, TO_MAKE, facts)


def missing_for_archive(facts: CaseFacts) -> tuple[Missing, ...]:
    """What keeps the case out of the archive, at most one thing per record; empty when it may be archived."""
    unmet = (_first_unmet(record, TO_MAKE + TO_ARCHIVE, facts) for record in records_needed(facts))
    return tuple(missing for missing in unmet if missing is not None)


def _first_unmet(record: Record, needs: tuple[Need, ...], facts: CaseFacts) -> Missing | None:
    rows = (need for need in needs if need.missing.record is record)
    return next((need.missing for need in rows if not need.is_met(facts)), None)


# Who may have which records of a case (issue: records from chat). Nobody is given an internal note: no record has any.
ALL: Final = frozenset(Record)
GIVEN_TO: Final[Mapping[Relation, frozenset[Record]]] = {
    Relation.REPORTER: frozenset({R.RECEIPT, R.OPINION}),  # what was sent to them, and what they said themselves
    Relation.FOLLOWER: frozenset({R.RECEIPT}),
    Relation.COLLEAGUE: frozenset(),
    Relation.REPRESENTATIVE: ALL,
    Relation.ASSIGNEE: frozenset({R.WORK_ORDER}),
    Relation.ENGINEER: frozenset({R.WORK_ORDER}),
    Relation.DESK: ALL,
    Relation.LEAD: ALL,
    Relation.ARCHIVIST: ALL,
    Relation.MANAGER: ALL,
    Relation.SYSTEM: frozenset(),
}
HOUSE: Final = frozenset(
    {
        Relation.ASSIGNEE,
        Relation.ENGINEER,
        Relation.DESK,
        Relation.LEAD,
        Relation.ARCHIVIST,
        Relation.MANAGER,
    }
)


def given_to(relations: frozenset[Relation]) -> frozenset[Record]:
    """The records that somebody in these relations to a ticket may have."""
    return frozenset[Record]().union(*(GIVEN_TO[one] for one in relations))


def is_of_the_house(relations: frozenset[Relation]) -> bool:
    """Whether the copy stays inside the house: on any other phone numbers are masked (records, §1)."""
    return bool(relations & HOUSE)


# Events after which a record may have to be closed, or a closed one to get another edition (records, §1).
CHECKED_AFTER: Final = frozenset(
    {
        "acknowledge",
        "answered_at_once",
        "decline",
        "object",
        "no_objection",
        "objection_over",
        "accept",
        "reject",
        "not_solved",
        "close",
        "archive",
        # what changes a record that may be closed already
        "edited",
        "urgent",
        "urgency_stated",
        "not_urgent",
        "complaint",
        "resort",
        "settle_school",
        "rate",
        "opinion_words",
        "cell_filled",
        "called_back",
        "paper_returned",
    }
)

# Under which records an electronic confirmation stands (records, §9), by the event that it was given with.
CONFIRMS: Final[Mapping[str, tuple[Record, ...]]] = {
    "agree": (R.REVIEW, R.WORK_ORDER),
    "solved": (R.OPINION,),
    "done": (R.ACCEPTANCE,),  # with 验收通过 also signs 《维护任务单》; both lines stand under the try that they are of
    "accept": (R.ACCEPTANCE,),
    "reject": (R.ACCEPTANCE,),
    "close": (R.ARCHIVE,),
    "archive": (R.ARCHIVE,),
    "no_objection": (R.RECEIPT,),
    "urgent": (R.REGISTER,),
    "resort": (R.REGISTER,),
    "confirm_request": (R.REVIEW,),
    "test": (R.WORK_ORDER,),
}
BY_ROUND: Final = frozenset({R.WORK_ORDER, R.OPINION})  # records of a round, not of the whole case


def confirms(record: Record, attempt: int, event: str, *, in_round: int, of_try: object) -> bool:
    """Whether a confirmation given with that event stands under this record: of several rounds or tries only under
    its own. `of_try` is the try that the event names, if any."""
    if record not in CONFIRMS.get(event, ()):
        return False
    if record is Record.ACCEPTANCE:
        return of_try == attempt
    return in_round == attempt if record in BY_ROUND else True
