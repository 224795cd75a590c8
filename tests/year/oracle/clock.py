"""One promise: what happened to it, in order of time, and what that comes to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tests.year.oracle.paper import Paper, end_of_term

Count = tuple[datetime, bool]  # due, and whether that rests on an unpublished year


@dataclass
class Happening:
    """One thing that happened to a promise. `at` is when it counts, `known_at` when the desk had it."""

    at: datetime
    known_at: datetime
    what: str  # start, keep, undo, confirm, move, recount, inherit, withdraw, edition
    start: datetime | None = None  # of start and recount
    due: datetime | None = None  # of start and move, where a schedule names it
    causes: frozenset[str] = frozenset()  # of keep and undo
    # Of start: what this round had seen before the clock was known of. Of recount: what was done for the merged report.
    history: "Sequence[Happening]" = ()


@dataclass
class Verdict:
    """What a promise comes to at a moment."""

    start: datetime
    due: datetime
    state: str
    provisional: bool
    kept_at: datetime | None
    broken_at: datetime | None
    late_at: datetime | None  # fulfilled, but late


class Clock:
    """A promise of one round of a ticket, walked from its first happening to a moment."""

    def __init__(self, term: str, paper: Paper) -> None:
        self.term = term
        self.paper = paper
        self.happenings: list[Happening] = []

    def happen(self, one: Happening) -> None:
        """Remember it. What undoes and what is undone follow each other as the desk learned of them: nobody says
        no to what was not done yet, and nothing done before a no answers it."""
        contrary = {"undo": "keep", "keep": "undo"}.get(one.what, "")
        before = [e.at for e in self.happenings if e.what == contrary and e.causes & one.causes]
        one.at = max([one.at, *before])
        self.happenings.append(one)

    def verdict(self, now: datetime) -> Verdict:
        """What it comes to at `now`."""
        walk = self._walked(now)
        walk.time_passes(now)
        return walk.verdict(now)

    def keeps(self, now: datetime) -> list[tuple[datetime, frozenset[str]]]:
        """When and by what it was kept, as far as that is not undone."""
        walk = self._walked(now)
        return [] if walk.withdrawn else walk.keeps

    def is_broken(self, now: datetime) -> bool:
        """Whether it is broken by then."""
        return self.verdict(now).broken_at is not None

    def is_withdrawn(self, now: datetime) -> bool:
        """Whether it is withdrawn by then."""
        return self.verdict(now).state == "withdrawn"

    def _walked(self, now: datetime) -> "_Walk":
        """Walk through everything that counts before `now`."""
        first, *rest = self.happenings
        editions = [Happening(at, at, "edition") for at, _ in self.paper.editions if at > first.known_at]
        # > What keeps a promise counts at the platform's time where it has one, else at receipt.
        in_order = sorted([*rest, *editions], key=lambda one: one.at)
        happened = [one for one in in_order if one.at <= now]
        settled: dict[datetime, Count] = {}
        walk = _Walk(self, first, settled)
        for number, one in enumerate(happened):
            if one.what == "edition" and walk.counted[1]:
                # > A promise broken by a provisional day is booked only when the edition is there: until then
                # nothing is decided, and all that happened meanwhile is judged by the day that the edition gives.
                settled[walk.start_at] = walk.by_edition(one)
                walk = _Walk(self, first, settled)
                for earlier in happened[:number]:
                    walk.hear(earlier)
            walk.hear(one)
        return walk


class _Walk:
    def __init__(self, clock: Clock, first: Happening, settled: dict[datetime, Count]) -> None:
        self.clock = clock
        self.settled = settled  # start → what an edition made of a provisional count
        self.broken_at: datetime | None = None
        self._begin(first)

    def _begin(self, one: Happening) -> None:
        assert one.start is not None
        self.start_at = one.start
        self.keeps: list[tuple[datetime, frozenset[str]]] = []
        self.withdrawn = False
        self.dated = one.due is not None  # "plan-step: its own date"
        self.counted = self._count(one.known_at) if one.due is None else (one.due, False)
        self.due, self.provisional = self.counted
        # > What keeps a promise counts at the platform's time: what was recorded late comes in its own place.
        for earlier in sorted(one.history, key=lambda each: each.at):
            self.hear(replace(earlier, at=max(earlier.at, one.start)))

    def hear(self, one: Happening) -> None:
        """Time passes, then it happens."""
        self.time_passes(one.at)
        getattr(self, one.what)(one)

    def _count(self, known_at: datetime) -> Count:
        if self.start_at in self.settled:
            return self.settled[self.start_at]
        # > due = f(start, term, segments, calendar edition, policy version), always recomputable.
        return end_of_term(self.start_at, self.clock.term, self.clock.paper.known(known_at))

    def in_time(self) -> datetime | None:
        # > Kept at the very due instant is kept.
        return min((at for at, _ in self.keeps if at <= self.due), default=None)

    def time_passes(self, at: datetime) -> None:
        # > Past its due time it is broken (as of the due time). … A promise broken by a provisional day is booked
        # only when the edition is there.
        late = self.due < at and self.in_time() is None
        if late and not self.withdrawn and not self.provisional and self.broken_at is None:
            self.broken_at = self.due

    def start(self, one: Happening) -> None:
        # > What is broken stays broken; what runs, runs on; what was withdrawn begins anew.
        if self.withdrawn:
            self._begin(one)

    def keep(self, one: Happening) -> None:
        if not self.withdrawn:
            self.keeps.append((one.at, one.causes))

    def undo(self, one: Happening) -> None:
        # > What kept the promise is undone: past its due time it is broken (as of the due time), before it it
        # runs again.
        self.keeps = [(at, causes) for at, causes in self.keeps if not causes & one.causes]
        self.time_passes(one.at)

    def confirm(self, one: Happening) -> None:
        # > A promise kept by a confirmed plan stays kept.
        self.keeps = [(at, frozenset({"confirmed plan"}) if "plan" in why else why) for at, why in self.keeps]

    def move(self, one: Happening) -> None:
        # > A promise once broken stays broken in the books. What is kept needs no other date.
        assert one.due is not None
        if not self.withdrawn and self.broken_at is None and self.in_time() is None:
            self.due, self.provisional, self.dated = one.due, False, True

    def recount(self, one: Happening) -> None:
        # > That one's promises count from the earlier report (合并): also one that is broken already.
        assert one.start is not None
        if self.withdrawn or one.start >= self.start_at:
            return
        was_whole = self.broken_at is None
        self.start_at = one.start
        if was_whole:
            self._passed_on(one)
        if not self.dated:
            self.counted = self.due, self.provisional = self._count(one.known_at)
            self.broken_at = None if self.broken_at is None else min(self.broken_at, self.due)
            self.time_passes(one.at)

    def inherit(self, one: Happening) -> None:
        if not self.withdrawn and self.broken_at is None:
            self._passed_on(one)

    def _passed_on(self, one: Happening) -> None:
        # > No clock is lost by merging: what was done for the merged report was done for the matter.
        self.keeps += [(each.at, each.causes) for each in one.history if each.at >= self.start_at]

    def edition(self, one: Happening) -> None:
        # > A newly published workday calendar moves a due time.
        if self.withdrawn or self.dated or self.broken_at is not None:
            return
        self.counted = self.due, self.provisional = self.by_edition(one)
        self.time_passes(one.at)

    def by_edition(self, one: Happening) -> Count:
        """The count anew by an edition that is published now."""
        # > No edition makes late what was in time on the day it was told: one that would move the due time to
        # before its own publication leaves it where it was told.
        due, provisional = self._count(one.at)
        told, _ = self.counted
        return (told if due < min(one.at, told) else due), provisional

    def withdraw(self, one: Happening) -> None:
        # > Withdrawn: was running or kept ...; what is broken stays broken.
        if self.broken_at is None:
            self.withdrawn = True

    def supersede(self, one: Happening) -> None:
        # A step that was done in time stays kept.
        if self.in_time() is None:
            self.withdraw(one)

    def verdict(self, now: datetime) -> Verdict:
        kept_at = self.in_time() if self.broken_at is None and not self.withdrawn else None
        late = not self.withdrawn and kept_at is None and self.due < now
        if self.withdrawn:
            state = "withdrawn"
        elif late:
            state = "broken"
        else:
            state = "kept" if kept_at is not None else "running"
        late_at = min((at for at, _ in self.keeps), default=None) if late else None
        due = self.due if self.broken_at is None else self.broken_at
        return Verdict(self.start_at, due, state, self.provisional, kept_at, due if late else None, late_at)
