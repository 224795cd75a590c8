"""The promises of the agreement as a table: one row per clock of §3, what starts it and what keeps it.

The terms themselves are policy (`default.toml`); this table holds what no contract changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agreement.words import Kind, Promise


class Starting(StrEnum):
    """What can start a clock. Each but `plan_agreed` counts from the request itself, whenever it is found."""

    REPORTED = "reported"  # the message that first states the matter, of the row's kind
    URGENT = "urgent"  # the message that first stated the urgency
    SOFTWARE_CAUSES_IT = "software_causes_it"  # a finding with an author; the month counts from the request
    PLAN_AGREED = "plan_agreed"  # the customer's 同意方案


class Keeping(StrEnum):
    """What happens on a ticket that can keep a promise. A bot's receipt is none of these."""

    ACKNOWLEDGED = "acknowledged"  # by a person: 接单, any first act of an engineer, the desk's 已当场答复
    PLAN_HANDED_OVER = "plan_handed_over"  # 出方案, confirmed by its author
    PLAN_AGREED = "plan_agreed"  # 同意方案: the handing over counts for good
    RESOLVED = "resolved"  # 完成 of the last step
    DECLINED = "declined"  # 无需维护, the receipt was sent
    ANSWERED = "answered"  # 答复; a question back (提问) is none. The desk's 已当场答复 is one too
    DISPATCHED = "dispatched"  # 出发, or 到场 where 出发 is missing
    CONTINGENCY_HANDED_OVER = "contingency_handed_over"
    FIX_PLAN_HANDED_OVER = "fix_plan_handed_over"
    STEP_DONE = "step_done"  # 完成 of one step of an agreed plan
    STARTED = "started"  # 开工, or the engineer's first act after 同意方案


class Undoing(StrEnum):
    """What happens on a ticket that undoes what kept a promise."""

    NOT_SOLVED = "not_solved"  # the customer's 没解决
    REJECTED = "rejected"  # acceptance failed
    DISCUSSED = "discussed"  # the plan was not agreed to
    OBJECTED = "objected"  # the receipt was objected to


@dataclass(frozen=True)
class PromiseRow:
    """One promise as §3 has it. `is_agreements`: missing it is a breach; else it is a house target."""

    promise: Promise
    clause: str
    starts: Starting
    kept_by: frozenset[Keeping]
    is_agreements: bool
    kinds: frozenset[Kind] = frozenset(Kind)  # on which kinds of request it runs


P, K = Promise, Keeping
DONE: Final = frozenset({K.RESOLVED, K.DECLINED})  # "done" means resolved; the receipt keeps what asks for it
PLAN: Final = frozenset({K.PLAN_HANDED_OVER, K.PLAN_AGREED})


def _row(promise: Promise, starts: Starting, kept_by: frozenset[Keeping], *kinds: Kind) -> PromiseRow:
    is_agreements = promise not in HOUSE_TARGETS
    return PromiseRow(
        promise, f"§3 {promise}", starts, kept_by, is_agreements, frozenset(kinds) or frozenset(Kind)
    )


HOUSE_TARGETS: Final = frozenset({P.IN_SCOPE, P.CONSULTATION_ANSWER})

ROWS: Final[tuple[PromiseRow, ...]] = (
    _row(P.FAULT_RESPONSE, Starting.REPORTED, frozenset({K.ACKNOWLEDGED}), Kind.FAULT),
    _row(P.FAULT_RESOLUTION, Starting.REPORTED, DONE | PLAN, Kind.FAULT),
    _row(P.PLAN_STEP, Starting.PLAN_AGREED, DONE | {K.STEP_DONE}),
    _row(P.URGENT_DISPATCH, Starting.URGENT, frozenset({K.DISPATCHED})),
    _row(P.URGENT_CONTINGENCY, Starting.URGENT, frozenset({K.CONTINGENCY_HANDED_OVER})),
    _row(P.URGENT_FIX_PLAN, Starting.URGENT, frozenset({K.FIX_PLAN_HANDED_OVER})),
    _row(P.USABILITY, Starting.REPORTED, DONE, Kind.USABILITY),
    _row(P.PERFORMANCE, Starting.SOFTWARE_CAUSES_IT, DONE, Kind.PERFORMANCE),
    _row(P.IN_SCOPE, Starting.REPORTED, DONE, Kind.IN_SCOPE),
    _row(P.CUSTOM_UNDERSTAND, Starting.REPORTED, PLAN, Kind.CUSTOMISED),
    # a receipt with its reasons is a reply in writing
    _row(
        P.CUSTOM_REPLY,
        Starting.REPORTED,
        PLAN | {K.ANSWERED, K.DECLINED},
        Kind.CUSTOMISED,
    ),
    _row(P.CUSTOM_START, Starting.PLAN_AGREED, frozenset({K.STARTED}), Kind.CUSTOMISED),
    _row(P.CONSULTATION_ANSWER, Starting.REPORTED, DONE | {K.ANSWERED}, Kind.CONSULTATION),
)

ROW_OF: Final[Mapping[Promise, PromiseRow]] = {row.promise: row for row in ROWS}
KEPT_BY: Final[Mapping[Promise, frozenset[Keeping]]] = {row.promise: row.kept_by for row in ROWS}


def _of_kind(kind: Kind, starts: Starting) -> tuple[Promise, ...]:
    return tuple(row.promise for row in ROWS if row.starts is starts and kind in row.kinds)


# From the report of each kind. Performance has none: its month waits for the finding 软件原因.
PROMISES_OF_KIND: Final[Mapping[Kind, tuple[Promise, ...]]] = {
    kind: _of_kind(kind, Starting.REPORTED) for kind in Kind
}
# Beside those of its kind: an urgent fault runs its fault clocks as well.
PROMISES_OF_URGENCY: Final = tuple(row.promise for row in ROWS if row.starts is Starting.URGENT)
# From the request, once 软件原因 is answered with 是.
PROMISES_OF_FINDING: Final[Mapping[Kind, tuple[Promise, ...]]] = {
    kind: _of_kind(kind, Starting.SOFTWARE_CAUSES_IT) for kind in Kind
}
# From 同意方案; plan-step once for each step, due at the step's own date.
PROMISES_OF_AGREED_PLAN: Final[Mapping[Kind, tuple[Promise, ...]]] = {
    kind: _of_kind(kind, Starting.PLAN_AGREED) for kind in Kind
}
# A schedule that the customer confirmed moves these to its last step's date (§3, Fine points).
MOVED_BY_SCHEDULE: Final = frozenset({P.USABILITY, P.PERFORMANCE, P.IN_SCOPE})

# What undoes which keeping. A plan that the customer agreed to goes on keeping what it kept, also when a later
# one is refused: 没解决 and a failed acceptance undo the work, not the plan, and of its steps the last, with which
# the whole was said to be done.
UNDONE_BY: Final[Mapping[Undoing, frozenset[Keeping]]] = {
    Undoing.NOT_SOLVED: frozenset({K.RESOLVED}),
    Undoing.REJECTED: frozenset({K.RESOLVED}),
    Undoing.DISCUSSED: frozenset({K.PLAN_HANDED_OVER}),
    Undoing.OBJECTED: frozenset({K.DECLINED}),
}
