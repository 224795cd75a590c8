"""The life of a ticket as one table: which act, by whom, leads from which state to which.

A row holds for the whole house: acts ask it before they write, cards ask it which buttons to offer, the
refusal of an illegal step names what is possible instead, and the diagram in the docs is drawn from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from agreement.words import Act, Promise, Record, Relation, State

S, R = State, Relation

BEFORE_WORK = frozenset({S.REGISTERED, S.ACKNOWLEDGED, S.PROPOSED})
UNRESOLVED = BEFORE_WORK | {S.IN_PROGRESS}
OPEN = UNRESOLVED | {S.RESOLVED, S.ACCEPTED}
ENDED = frozenset(State) - OPEN

CUSTOMER = frozenset({R.REPORTER, R.REPRESENTATIVE})
# Who reported the same matter besides is asked and told like its reporter, and answers like one: everything but what
# would take a word back that was not theirs.
REPORTERS = frozenset({R.REPORTER, R.FOLLOWER})
CONCERNED = CUSTOMER | REPORTERS
# An engineer counts as the assignee also while nobody has the ticket (desk/access.py).
WORKING = frozenset({R.ASSIGNEE})


@dataclass(frozen=True)
class Step:
    """One row: the act takes a ticket from any of `sources` to `to` (None: the state stays)."""

    act: Act
    who: frozenset[Relation]
    sources: frozenset[State]
    to: State | None = None
    record: Record | None = None  # the record that this step fills first (agreement §2)
    only: str = ""  # name of a condition in CONDITIONS that the ticket must also meet


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the table needs to know of a ticket beside its state."""

    state: State
    has_assignee: bool = False
    is_urgent: bool = False
    is_unstated: bool = False  # urgent, and nobody has said why or what it does if left alone
    was_urgent: bool = False  # when an earlier round ended: its plans may still be owed
    is_deep: bool = False  # a plan was agreed in this round: acceptance is due
    has_opinion: bool = False  # the customer said 已解决, or the silence by policy stands for it
    round_acknowledged: bool = False
    has_school: bool = True
    objection_settled: bool = False  # the receipt was agreed to, or its days are over
    is_performance: bool = False  # the kind is 性能: whether the software causes it is to be found
    is_customised: bool = False  # the kind is 个性化需求
    request_open: bool = False  # the written request waits for the school's word
    request_discussed: bool = False  # 商议: it is to be written anew, or agreed to after all
    is_aware: bool = False  # the manager said 已知悉 in this round
    is_tested: bool = False  # a record of strict testing was made in this round

    @property
    def request_unconfirmed(self) -> bool:
        """The newest text of the written request has not been agreed to."""
        return self.request_open or self.request_discussed

    @property
    def is_or_was_urgent(self) -> bool:
        """Urgent in this round or when an earlier one ended."""
        return self.is_urgent or self.was_urgent


CONDITIONS: Mapping[str, tuple[str, bool]] = {
    # name → (field of Facts, the value it must have)
    "nobody has it": ("has_assignee", False),
    "round not acknowledged": ("round_acknowledged", False),
    "urgent": ("is_urgent", True),
    "not urgent": ("is_urgent", False),
    "cause or harm unstated": ("is_unstated", True),
    "urgent in any round": ("is_or_was_urgent", True),
    "deep": ("is_deep", True),
    "no plan agreed": ("is_deep", False),
    "opinion given": ("has_opinion", True),
    "no school yet": ("has_school", False),
    "receipt open": ("objection_settled", False),
    "receipt settled": ("objection_settled", True),
    "performance": ("is_performance", True),
    "customised": ("is_customised", True),
    "request open": ("request_open", True),
    "request discussed": ("request_discussed", True),
    "request unconfirmed": ("request_unconfirmed", True),
    "manager not aware": ("is_aware", False),
}


def _step(
    act: Act,
    who: Iterable[Relation],
    sources: Iterable[State],
    to: State | None = None,
    record: Record | None = None,
    only: str = "",
) -> Step:
    return Step(act, frozenset(who), frozenset(sources), to, record, only)


STEPS: tuple[Step, ...] = (
    _step(Act.ADD, CONCERNED, OPEN),
    _step(Act.NUDGE, REPORTERS, UNRESOLVED | {S.RESOLVED}),
    _step(Act.URGENT, CONCERNED, UNRESOLVED, only="not urgent"),
    _step(Act.NOT_URGENT, CUSTOMER, UNRESOLVED, only="urgent"),
    _step(Act.STATE_URGENCY, CONCERNED, OPEN, only="cause or harm unstated"),
    _step(Act.WITHDRAW, [R.REPORTER], BEFORE_WORK, S.CANCELLED, only="no plan agreed"),
    _step(Act.ACKNOWLEDGE, [R.ENGINEER], [S.REGISTERED], S.ACKNOWLEDGED, Record.REGISTER),
    _step(Act.ACKNOWLEDGE, [R.ENGINEER], [S.ACKNOWLEDGED, S.PROPOSED, S.IN_PROGRESS], only="nobody has it"),
    # A new round, or an acknowledgement that expired without movement.
    _step(Act.ACKNOWLEDGE, [R.ENGINEER], [S.ACKNOWLEDGED, S.IN_PROGRESS], only="round not acknowledged"),
    _step(Act.HAND_OVER, [R.ASSIGNEE], UNRESOLVED | {S.RESOLVED}),
    _step(Act.ASSIGN, [R.LEAD, R.DESK], UNRESOLVED | {S.RESOLVED}),
    _step(Act.DEPART, WORKING, UNRESOLVED),
    _step(Act.ARRIVE, WORKING, UNRESOLVED),
    # An urgent fault that is put right at a distance still owes the customer a technician, also when it is closed
    # within the hour.
    _step(Act.DEPART, WORKING, [S.RESOLVED, S.ACCEPTED, S.DECLINED, S.CLOSED], only="urgent"),
    _step(Act.ARRIVE, WORKING, [S.RESOLVED, S.ACCEPTED, S.DECLINED, S.CLOSED], only="urgent"),
    # An urgent fault that is put right at once still owes both plans, also when it is closed meanwhile, and also in
    # a later round that is not urgent.
    _step(Act.CONTINGENCY, WORKING, OPEN | {S.DECLINED, S.CLOSED}, only="urgent in any round"),
    _step(Act.FIX_PLAN, WORKING, OPEN | {S.DECLINED, S.CLOSED}, only="urgent in any round"),
    _step(Act.TEST, WORKING, UNRESOLVED, only="customised"),
    _step(Act.FINDING, WORKING, UNRESOLVED, only="performance"),
    _step(Act.ASK, WORKING, UNRESOLVED),
    # As long as the customer's words are relayed, they can be answered.
    _step(Act.ANSWER, WORKING, OPEN),
    _step(Act.NOTE, [R.ASSIGNEE, R.ENGINEER, R.DESK, R.LEAD], OPEN | {S.DECLINED, S.CLOSED}),
    _step(Act.PROPOSE, WORKING, UNRESOLVED, S.PROPOSED, Record.REVIEW),
    _step(Act.AGREE, [R.REPRESENTATIVE], [S.PROPOSED], S.IN_PROGRESS, Record.WORK_ORDER),
    # While a newer plan waits, the one agreed before goes on: its steps are done, and 商议 leads back to them.
    _step(Act.DISCUSS, [R.REPRESENTATIVE], [S.PROPOSED], S.IN_PROGRESS, only="deep"),
    _step(Act.DISCUSS, [R.REPRESENTATIVE], [S.PROPOSED], S.ACKNOWLEDGED, only="no plan agreed"),
    # The written request of a customised change; while a plan waits the word 商议 means the plan.
    _step(Act.CONFIRM_REQUEST, [R.REPRESENTATIVE], UNRESOLVED, only="request unconfirmed"),
    _step(Act.DISCUSS_REQUEST, [R.REPRESENTATIVE], UNRESOLVED - {S.PROPOSED}, only="request open"),
    _step(Act.REVISE_REQUEST, CUSTOMER, UNRESOLVED, only="request discussed"),
    _step(Act.START, WORKING, [S.REGISTERED, S.ACKNOWLEDGED], S.IN_PROGRESS),
    _step(Act.START, WORKING, [S.IN_PROGRESS]),
    _step(Act.DONE, WORKING, [S.REGISTERED, S.ACKNOWLEDGED, S.IN_PROGRESS], S.RESOLVED, Record.REVIEW),
    _step(Act.DONE, WORKING, [S.PROPOSED], S.RESOLVED, Record.REVIEW, only="deep"),
    _step(Act.DECLINE, WORKING, [S.REGISTERED, S.ACKNOWLEDGED], S.DECLINED, Record.RECEIPT),
    _step(Act.OBJECT, CONCERNED, [S.DECLINED], S.ACKNOWLEDGED, only="receipt open"),
    _step(Act.NO_OBJECTION, CUSTOMER, [S.DECLINED], only="receipt open"),
    _step(Act.MERGE, [R.ASSIGNEE, R.ENGINEER, R.DESK], UNRESOLVED, S.MERGED),
    _step(Act.RESORT, [R.ASSIGNEE, R.ENGINEER, R.DESK], UNRESOLVED),
    _step(Act.RESORT_URGENCY, [R.ASSIGNEE, R.ENGINEER, R.DESK], UNRESOLVED),
    _step(Act.SETTLE_SCHOOL, [R.DESK], UNRESOLVED | {S.RESOLVED, S.ACCEPTED}, only="no school yet"),
    _step(Act.ACCEPT, [R.LEAD, R.MANAGER], [S.RESOLVED], S.ACCEPTED, Record.ACCEPTANCE, only="deep"),
    _step(Act.REJECT, [R.LEAD, R.MANAGER], [S.RESOLVED], S.IN_PROGRESS, Record.ACCEPTANCE, only="deep"),
    _step(Act.SOLVED, REPORTERS, [S.RESOLVED, S.ACCEPTED], record=Record.OPINION),
    _step(Act.NOT_SOLVED, REPORTERS, [S.RESOLVED, S.ACCEPTED, S.CLOSED], S.IN_PROGRESS, Record.OPINION),
    _step(Act.RATE, REPORTERS, [S.RESOLVED, S.ACCEPTED, S.CLOSED], record=Record.OPINION),
    _step(Act.CLOSE, [R.DESK, R.SYSTEM], [S.RESOLVED], S.CLOSED, only="no plan agreed"),
    _step(Act.CLOSE, [R.DESK, R.SYSTEM], [S.ACCEPTED], S.CLOSED),
    _step(Act.AWARE, [R.MANAGER], OPEN, only="manager not aware"),
    _step(Act.ARCHIVE, [R.ARCHIVIST], [S.CLOSED], S.ARCHIVED, Record.ARCHIVE),
    _step(Act.ARCHIVE, [R.ARCHIVIST], [S.DECLINED], S.ARCHIVED, Record.ARCHIVE, only="receipt settled"),
)


@dataclass(frozen=True)
class Gate:
    """What must be there besides a row, with the reason that is read where it is not.

    `hides`: no card offers the act until then; else it stays, and the refusal names the way on.
    """

    act: Act
    is_shut: Callable[[Facts], bool]
    reason: str
    hides: bool


GATES: tuple[Gate, ...] = (
    Gate(Act.CLOSE, lambda facts: not facts.has_opinion, "refused.no_opinion", hides=True),
    # §3: nothing of a customised change is handed over without a record of strict testing.
    Gate(Act.DONE, lambda facts: facts.is_customised and not facts.is_tested, "refused.no_test", hides=False),
    # A schedule that the school agreed to ends by the school's word only: the other report is merged into this one.
    Gate(Act.MERGE, lambda facts: facts.is_deep, "refused.has_a_plan", hides=True),
)


# The clocks that an act of the table can still fulfil once the ticket has ended.
OWED_BEYOND: Mapping[Promise, Act] = {
    Promise.URGENT_DISPATCH: Act.DEPART,
    Promise.URGENT_CONTINGENCY: Act.CONTINGENCY,
    Promise.URGENT_FIX_PLAN: Act.FIX_PLAN,
}
# The same by states, for the tick asks it of every clock.
OWED_IN: Mapping[Promise, frozenset[State]] = {
    promise: frozenset(state for step in STEPS if step.act is act for state in step.sources)
    for promise, act in OWED_BEYOND.items()
}
# And in a later round, which need not be urgent: whoever sets out then, or hands a plan over, does it for the matter.
WHETHER_URGENT_OR_NOT = frozenset({"", "urgent in any round"})
OWED_IN_A_LATER_ROUND: Mapping[Promise, frozenset[State]] = {
    promise: frozenset(
        state for step in STEPS if step.act is act and step.only in WHETHER_URGENT_OR_NOT for state in step.sources
    )
    for promise, act in OWED_BEYOND.items()
}


def can_be_fulfilled(promise: Promise, state: State) -> bool:
    """Whether somebody may still do what keeps this promise, on a ticket that has ended in this state."""
    return state in OWED_IN.get(promise, ())


def can_be_fulfilled_later(promise: Promise, state: State) -> bool:
    """The same of a promise of an earlier round, by the state of the present one."""
    return state in OWED_IN_A_LATER_ROUND.get(promise, ())


# What somebody says of a report that was merged is said of the one that goes on.
SAID_OF_THE_MATTER: Final = frozenset(
    {Act.ADD, Act.NUDGE, Act.URGENT, Act.NOT_URGENT, Act.STATE_URGENCY, Act.SOLVED, Act.NOT_SOLVED, Act.RATE}
)


@dataclass(frozen=True)
class Allowed:
    """The act may be done; the ticket goes to `to` (the same state where it stays)."""

    to: State
    record: Record | None


NOT_NOW: Final = "refused.not_now"  # theirs to do, but not in this state


@dataclass(frozen=True)
class NotAllowed:
    """The act may not be done now; `reason` is a key of the texts, `possible` what can be done."""

    reason: str
    possible: tuple[Act, ...]


def meets(facts: Facts, condition: str) -> bool:
    """Whether the ticket meets a row's further condition."""
    if not condition:
        return True
    name, wanted = CONDITIONS[condition]
    return bool(getattr(facts, name)) is wanted


def decide(act: Act, facts: Facts, relations: frozenset[Relation]) -> Allowed | NotAllowed:
    """May somebody in these relations to the ticket do this now, and where does it lead?"""
    rows = [step for step in STEPS if step.act is act]
    if not any(step.who & relations for step in rows):
        return NotAllowed("refused.not_yours", possible(facts, relations))
    for step in rows:
        if step.who & relations and facts.state in step.sources and meets(facts, step.only):
            gate = next((one for one in GATES if one.act is act and one.is_shut(facts)), None)
            if gate is not None:
                return NotAllowed(gate.reason, possible(facts, relations))
            return Allowed(step.to or facts.state, step.record)
    return NotAllowed(NOT_NOW, possible(facts, relations))


def possible(facts: Facts, relations: frozenset[Relation]) -> tuple[Act, ...]:
    """Every act open to somebody in these relations now, in the order of the table, each once."""
    acts = [
        step.act
        for step in STEPS
        if step.who & relations
        and facts.state in step.sources
        and meets(facts, step.only)
        and not any(one.act is step.act and one.hides and one.is_shut(facts) for one in GATES)
    ]
    return tuple(dict.fromkeys(acts))
