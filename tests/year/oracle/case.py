"""One ticket as its events tell it: which promises it has, and what happens to each of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tests.year.oracle import promised
from tests.year.oracle.clock import Clock, Happening
from tests.year.oracle.paper import Paper

# What an engineer does to a ticket. "Any other act of an engineer on an unacknowledged ticket acknowledges it
# too"; 备注 and 合并 are any engineer's of the project and no work on it.
WORK = {
    "depart",
    "arrive",
    "ask",
    "answer",
    "propose",
    "start",
    "step_done",
    "done",
    "decline",
    "contingency",
    "fix_plan",
    "test",
    "finding",
    "ask_resort",
}
BY_ENGINEERS = {"engineer", "assignee"}
STANDING = {"acknowledged", "plan"}
OWED_BEYOND = {"sent", "contingency plan", "fix plan"}
# A plan of a merged ticket can be agreed to no more, and work on it was not done on the one that goes on.
PASSED_ON = {"acknowledged", "answer", *OWED_BEYOND}
OF_A_PLAN = {"plan-step", "custom-start"}

Key = tuple[str, int, int, int]  # promise, round, version of the plan, step


class Case:
    """A ticket of the log."""

    def __init__(self, ticket: int, paper: Paper, policies: dict[int, dict[str, str]]) -> None:
        self.ticket = ticket
        self.paper = paper
        self.policies = policies
        self.contract: int | None = None
        self.policy = 0
        self.kind = ""
        self.round = 1
        self.matter_at: datetime  # the first words of this round
        self.urgent_at: datetime | None = None
        self.acknowledged_at: datetime | None = None
        self.closed_at: datetime | None = None
        self.work_agreed = False  # a plan was agreed and work has not begun
        self.plans: dict[int, list[datetime]] = {}
        self.agreed = 0  # version
        self.clocks: dict[Key, Clock] = {}
        self.from_matter: set[Key] = set()  # clocks that count from the report itself
        # What the present round has seen, for a clock that begins behind the work.
        self.heard: list[Happening] = []
        self.passed_on: dict[str, list[Happening]] = {}  # promise → what was done for it, when this was merged
        self.whole: dict[str, datetime] = {}  # promise → start of what was then not broken

    def term(self, promise: str) -> str:
        """The contract's own limit, else the agreement's."""
        # > The limits below are the default policy. Each contract may carry another.
        return self.policies[self.policy].get(promise) or promised.TERMS.get(promise, "")

    def of_round(self, promises: Iterable[str]) -> list[Key]:
        """The clocks of these promises in the present round."""
        wanted = set(promises)
        return [key for key in self.clocks if key[0] in wanted and key[1] == self.round]

    def begin(
        self, promise: str, event: "Event", start: datetime, *, step: Key | None = None, **due: datetime
    ) -> None:
        """Start a clock, or start it again where it was withdrawn."""
        key = step or (promise, self.round, 0, 0)
        if key not in self.clocks:
            self.clocks[key] = Clock(self.term(promise), self.paper)
        self.tell(key, event, "start", start=start, history=self._history(promise, start), **due)
        self.from_matter.discard(key)
        if promise not in promised.URGENT and start == self.matter_at:
            self.from_matter.add(key)

    def _history(self, promise: str, start: datetime) -> list[Happening]:
        # > A person's acknowledgement, a detailed solution handed to the customer stand once they are given:
        # nobody acknowledges twice. All else must be done for this promise: since it began to count.
        kept_by = promised.KEPT_BY[promise] if promise != "plan-step" else set()
        return [
            one
            for one in self.heard
            if one.what in {"undo", "confirm"}
            or (one.due is not None and one.due > start and promise in promised.MOVED_BY_A_SCHEDULE)
            or (one.causes & kept_by and (one.causes & STANDING or one.at >= start))
        ]

    def tell(self, key: Key, event: "Event", what: str, **more: Any) -> None:
        """One happening to one clock."""
        self.clocks[key].happen(Happening(event.at, event.recorded_at, what, **more))

    def keep(self, event: "Event", cause: str, *, step: Key | None = None) -> None:
        """Every promise of this round that asks for it is kept by it."""
        self.heard.append(Happening(event.at, event.recorded_at, "keep", causes=frozenset({cause})))
        # > urgent-dispatch: a technician has been sent; urgent-contingency, urgent-fix-plan: kept by that plan handed
        # over. No clause ends them with 已办结: what an earlier round still owes is owed until then.
        before = [one for one in self.clocks if one[1] < self.round] if cause in OWED_BEYOND else []
        for key in [*before, *self.of_round(promised.KEPT_BY)]:
            if cause in promised.KEPT_BY[key[0]] and step in {None, key}:
                self.tell(key, event, "keep", causes=frozenset({cause}))

    def everywhere(self, event: "Event", what: str, promises: Iterable[str], **more: Any) -> None:
        """The same happening to all of these promises of this round."""
        if what in {"undo", "confirm", "move"}:
            self.heard.append(Happening(event.at, event.recorded_at, what, **more))
        for key in self.of_round(promises):
            self.tell(key, event, what, **more)

    def pass_on(self, event: "Event") -> None:
        """Remember what was done here that is done for whatever report of the matter."""
        for key in self.of_round(promised.KEPT_BY):
            self.passed_on[key[0]] = [
                Happening(at, event.recorded_at, "keep", causes=causes)
                for at, causes in self.clocks[key].keeps(event.at)
                if causes & PASSED_ON
            ]
            verdict = self.clocks[key].verdict(event.at)
            if verdict.state != "withdrawn" and verdict.broken_at is None and key[0] not in OF_A_PLAN:
                self.whole[key[0]] = verdict.start


class Event:
    """One line of the log."""

    def __init__(self, line: dict[str, Any]) -> None:
        self.ticket: int = line["ticket"]
        self.name: str = line["name"]
        self.at = datetime.fromisoformat(line["at"])
        self.recorded_at = datetime.fromisoformat(line["recorded_at"])
        self.by: str = line["by"]
        self.data: dict[str, Any] = line["data"]
