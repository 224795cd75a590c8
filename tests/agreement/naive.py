"""A naive second opinion on the whole life of a clock: minute by minute, and day by day where a calendar arrives.

Written from the agreement's own sentences (§3), without looking at how `agreement/clocks.py` folds its segments.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

UNDOES = {"not_solved": "resolved", "rejected": "resolved", "discussed": "plan_handed_over", "objected": "declined"}


@dataclass(frozen=True)
class Happening:
    """One thing in one minute. `by`: what kept it, or the customer's no; `to`: the new due minute, or the new start."""

    at: int
    what: str
    by: str = ""
    to: int = 0


@dataclass
class Life:
    """A promise of `budget` minutes that began in minute 0, as it stands."""

    budget: int
    start: int = 0
    due: int = 0
    is_dated: bool = False  # the customer agreed to another date: the budget no longer counts
    keeps: list[tuple[int, str]] = field(default_factory=list)
    is_paused: bool = False
    stood_still: int = 0
    is_withdrawn: bool = False
    broken: int | None = None

    def __post_init__(self) -> None:
        self.due = self.budget

    @property
    def state(self) -> str:
        if self.broken is not None:
            return "broken"
        if self.is_withdrawn:
            return "withdrawn"
        return "kept" if self.keeps else "paused" if self.is_paused else "running"

    def look(self, minute: int) -> None:
        """Past its due minute, and nothing keeps it: broken as of the due minute."""
        if self.state == "running" and minute > self.due:
            self.broken = self.due

    def stand_still(self) -> None:
        """A minute of waiting is no part of the term."""
        if self.is_paused:
            self.due += 1
            self.stood_still += 1


def live(budget: int, happenings: Sequence[Happening], now: int) -> Life:
    """The life at minute `now`."""
    life = Life(budget)
    for minute in range(now + 1):
        life.look(minute)
        for one in happenings:
            if one.at == minute:
                DEEDS[one.what](life, one)
                life.look(minute)
        if minute < now:
            life.stand_still()
    return life


def _keep(life: Life, one: Happening) -> None:
    if life.is_withdrawn:
        return
    if life.broken is None and not life.keeps and one.at > life.due:
        life.broken = life.due  # a date that was over when it was agreed to, while the clock stood still
    life.keeps.append((one.at, one.by))
    life.is_paused = False


def _undo(life: Life, one: Happening) -> None:
    life.keeps = [(at, by) for at, by in life.keeps if by != UNDOES[one.by]]
    _judge(life)


def _pause(life: Life, one: Happening) -> None:
    life.is_paused = life.is_paused or life.state == "running"


def _resume(life: Life, one: Happening) -> None:
    life.is_paused = False


def _move(life: Life, one: Happening) -> None:
    if life.state in {"running", "paused"}:  # what is kept needs no other date
        life.due, life.is_dated, life.stood_still = one.to, True, 0


def _withdraw(life: Life, one: Happening) -> None:
    if life.broken is None:
        life.is_withdrawn, life.is_paused = True, False


def _begin_anew(life: Life, one: Happening) -> None:
    """What was withdrawn begins anew; what runs counts from an earlier report (合并), also if it is broken."""
    if life.is_withdrawn:
        life.start, life.due, life.is_dated = one.to, one.to + life.budget, False
        life.keeps, life.is_withdrawn, life.stood_still = [], False, 0
        return
    life.start = min(life.start, one.to)
    if life.is_dated:
        return
    life.due = life.start + life.budget + life.stood_still
    if life.broken is not None:
        life.broken = min(life.broken, life.due)
    _judge(life)


def _judge(life: Life) -> None:
    """All that keeps it came too late: it is broken, and fulfilled late."""
    if life.broken is None and life.keeps and all(at > life.due for at, _ in life.keeps):
        life.broken = life.due


DEEDS = {
    "kept": _keep,
    "unkept": _undo,
    "paused": _pause,
    "resumed": _resume,
    "moved": _move,
    "withdrawn": _withdraw,
    "started": _begin_anew,
}


def due_by_new_calendar(told: int, right: int, *, published: int, kept: int | None, is_provisional: bool) -> int:
    """The due day once a calendar is published on day `published`: as told, or as the new calendar counts.

    A later day always counts, save for what published days have broken. An earlier one counts only if nothing that
    was in time by what was told becomes late by it.
    """
    was_kept_in_time = kept is not None and kept <= told
    is_broken = not was_kept_in_time and published > told
    if is_broken and not is_provisional:
        return told
    if right >= told:
        return right
    if is_broken:
        return told
    settled = kept if kept is not None and was_kept_in_time else published
    return right if settled <= right else told
