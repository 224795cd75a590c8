"""The ladder: who is told when while a promise runs out, as data of the policy.

`next_alarm` answers what comes next and when; whether the promise still runs is the caller's question: a
kept, paused or withdrawn one has no alarm, and the daily calls end with an acknowledgement.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final

from agreement.words import Role

BROKEN: Final = "broken"  # the booking of the breach: one microsecond after the due time, tells nobody
JUST_AFTER: Final = timedelta(microseconds=1)
DAILY: Final = timedelta(days=1)
DAY: Final = "day-"


class Audience(StrEnum):
    """Whom a rung tells; who that is right now is looked up by the one who rings."""

    ASSIGNEE_OR_ON_DUTY = "assignee_or_on_duty"
    NEXT_ENGINEER = "next_engineer"
    LEAD = "lead"
    DESK = "desk"
    MANAGER = "manager"


# Who is there without a shift: an audience of these is everybody in the role.
ROLE_OF: Final[Mapping[Audience, Role]] = {
    Audience.LEAD: Role.LEAD,
    Audience.DESK: Role.DESK,
    Audience.MANAGER: Role.MANAGER,
}


@dataclass(frozen=True)
class Rung:
    """One stage of the ladder, at so many percent of the time from start to due (100 is the due time)."""

    stage: str
    percent: int
    tells: tuple[Audience, ...]


BREACH: Final = Rung(BROKEN, 100, ())


@dataclass(frozen=True)
class Ladder:
    """The rungs in order of time, whom the daily calls after the last rung tell, and whom, beside the desk, a new
    matter while nobody is on duty.
    """

    rungs: tuple[Rung, ...]
    daily: tuple[Audience, ...]
    nobody_on_duty: tuple[Audience, ...]

    @cached_property
    def in_order(self) -> tuple[Rung, ...]:
        """The rungs in order of time, the breach among them."""
        before = [rung for rung in self.rungs if rung.percent <= 100]
        after = [rung for rung in self.rungs if rung.percent > 100]
        return (*before, BREACH, *after)

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(rung.stage for rung in self.in_order)


@dataclass(frozen=True)
class Voice:
    """At which stages the phone rings besides, how often, and how many minutes lie between two tries."""

    stages: tuple[str, ...] = ("twice",)
    tries: int = 3
    again_minutes: int = 5


@dataclass(frozen=True)
class Alarm:
    """What happens next on the ladder. `at` has the time zone of the due time it was computed from."""

    stage: str
    at: datetime
    tells: tuple[Audience, ...]


def next_alarm(
    started_at: datetime, due_at: datetime, after_stage: str | None, ladder: Ladder
) -> Alarm | None:
    """The stage after `after_stage` (None: the first) of a promise that still runs or is broken unmet.

    Stages come in the order of the ladder with "broken" just after the due time, then day-1, day-2 … counted
    from the last of them; None when the ladder has no daily calls. Its time may lie in the past: then it is
    due now. Raises ValueError for a stage that this ladder does not have.
    """
    stages = ladder.stages
    if after_stage is None or after_stage in stages[:-1]:
        place = 0 if after_stage is None else stages.index(after_stage) + 1
        return _alarm(started_at, due_at, ladder.in_order[place])
    day = 1 if after_stage == stages[-1] else _day_of(after_stage) + 1
    if not ladder.daily:
        return None
    last = _alarm(started_at, due_at, ladder.in_order[-1])
    return Alarm(f"{DAY}{day}", last.at + day * DAILY, ladder.daily)


def stage_after_move(
    started_at: datetime, due_at: datetime, stage: str, ladder: Ladder, now: datetime
) -> tuple[str, frozenset[str]]:
    """Where a clock goes on whose due time its calendar moved, and the stages that may be told once more.

    What was told before the due time stays told. The due time and all after it, where they lie ahead again,
    are told for the new one; a breach that has not been booked is looked at again, so never passed over.
    """
    if not stage:
        return stage, frozenset()
    stages = [_alarm(started_at, due_at, rung) for rung in ladder.in_order]
    names = ladder.stages
    last = names.index(stage) if stage in names else len(names)
    stays = ""
    for alarm in stages[: min(last + 1, names.index(BROKEN))]:
        if alarm.at < due_at or alarm.at <= now:
            stays = alarm.stage
    again = [alarm.stage for alarm in stages if alarm.at >= due_at and alarm.at > now]
    days = [f"day-{day}" for day in range(1, _day_of(stage) + 1)] if stage not in names and again else []
    return stays, frozenset([*again, *days])


def known(alarm: Alarm) -> Alarm | None:
    """What is left of an alarm of a clock of which the manager has said 已知悉: the daily calls are theirs no more."""
    if not alarm.stage.startswith(DAY):
        return alarm
    others = tuple(one for one in alarm.tells if one is not Audience.MANAGER)
    return replace(alarm, tells=others) if others else None


def calls_manager(stage: str, ladder: Ladder) -> bool:
    """Whether this stage calls the manager as the manager: a lead who is one too was called before as the lead."""
    rung = next((one for one in ladder.in_order if one.stage == stage), None)
    return stage.startswith(DAY) or (rung is not None and Audience.MANAGER in rung.tells)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What has become of the round of the ticket that a clock belongs to, as far as its ladder asks."""

    is_known: bool  # the manager said 已知悉 of this clock
    is_over: bool  # the ticket has ended, or another round has begun
    is_owed: bool  # over or not: somebody can still fulfil it


def heard(alarm: Alarm, due_at: datetime, standing: Standing) -> Alarm | None:
    """What is left of an alarm: None where nothing of it and of all that follow is.

    What is over rings nobody; what can still be fulfilled is warned of until it is due. Its breach is booked all the
    same: a rung before that tells nobody and lets the clock go on.
    """
    if not standing.is_over:
        return known(alarm) if standing.is_known else alarm
    if standing.is_owed and alarm.at <= due_at:
        return alarm
    return replace(alarm, tells=()) if alarm.at <= due_at or alarm.stage == BROKEN else None


def _alarm(started_at: datetime, due_at: datetime, rung: Rung) -> Alarm:
    return Alarm(rung.stage, _at(started_at, due_at, rung), rung.tells)


def _at(started_at: datetime, due_at: datetime, rung: Rung) -> datetime:
    """When this rung is reached; one after the due time never before the breach."""
    broken_at = due_at + JUST_AFTER
    if rung is BREACH:
        return broken_at
    span = max(due_at - started_at, timedelta())  # a step may be promised for an hour that has passed
    if rung.percent <= 100:
        return due_at - span * (100 - rung.percent) // 100
    return max(broken_at, due_at + span * (rung.percent - 100) // 100)


def _day_of(stage: str) -> int:
    found = re.fullmatch(r"day-(\d+)", stage)
    if found is None:
        raise ValueError(f'this ladder has no stage "{stage}"')
    return int(found[1])
