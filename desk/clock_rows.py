"""The clocks of a ticket as rows: found, given one more segment, and derived anew from all of them.

State, due time and next alarm in the row are caches: `derive` makes them anew from the segments at any time,
and the nightly audit does.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Select, bindparam

from agreement.calendar import Workdays
from agreement.clocks import Life, derive
from agreement.escalation import known, next_alarm
from agreement.segments import Segment, segments_from_json, segments_to_json
from agreement.words import Promise, PromiseState
from desk import breaching
from desk.sitting import Sitting
from storage.entities import Entities
from storage.tables import PromiseRow, Ticket
from storage.work import wake

ALARMS = "alarms"
LIVE = (PromiseState.RUNNING.value, PromiseState.PAUSED.value)


def of_round(sitting: Sitting, ticket: Ticket, promises: Collection[Promise]) -> list[PromiseRow]:
    """The ticket's clocks of its present round, locked after the ticket (the written order)."""
    sitting.session.flush()
    return OF_ROUND_LOCKED.found(sitting.session, _which(ticket, promises))


def seen(sitting: Sitting, ticket: Ticket) -> list[PromiseRow]:
    """The same for whoever only looks: a card is rendered by someone who holds a lane, and acts lock lanes last."""
    return OF_ROUND.found(sitting.session, _which(ticket, tuple(Promise)))


def _which(ticket: Ticket, promises: Collection[Promise]) -> dict[str, object]:
    return {"ticket": ticket.id, "round": ticket.round, "these": [one.value for one in promises]}


def _of_round(rows: Select[Any]) -> Select[Any]:
    return rows.where(
        PromiseRow.ticket_id == bindparam("ticket"),
        PromiseRow.round == bindparam("round"),
        PromiseRow.promise.in_(bindparam("these", expanding=True)),
    ).order_by(PromiseRow.id)


OF_ROUND = Entities(PromiseRow, _of_round)
OF_ROUND_LOCKED = Entities(PromiseRow, lambda rows: _of_round(rows).with_for_update())


def is_owed(sitting: Sitting, ticket: Ticket, promise: Promise) -> bool:
    """Whether this round has such a clock that nothing has fulfilled yet, in time or late."""
    lives = [life_of(sitting, row) for row in of_round(sitting, ticket, {promise})]
    return any(
        one.kept_at is None and one.fulfilled_at is None and one.state is not PromiseState.WITHDRAWN
        for one in lives
    )


def note(sitting: Sitting, row: PromiseRow, segment: Segment) -> Life:
    """Add a segment and make the caches anew."""
    row.segments = segments_to_json([*segments_from_json(row.segments), segment])
    row.failures = 0  # somebody has put their hand to it: a clock that was set aside gets another chance
    return refresh(sitting, row)


def refresh(sitting: Sitting, row: PromiseRow) -> Life:
    """Make state, due time and next alarm anew from the segments; the next tick settles the books."""
    life = life_of(sitting, row)
    for name, value in caches(sitting, row, life).items():
        setattr(row, name, value)
    return life


class Clock(Protocol):
    """What a life is derived from: a row of the table, or those of its columns."""

    @property
    def promise(self) -> str:
        """Which clock: a word of the agreement."""

    @property
    def policy_id(self) -> int:
        """The policy it began with."""

    @property
    def segments(self) -> str:
        """JSON of agreement/segments.py."""

    @property
    def calendar_edition(self) -> str:
        """The edition of the calendar that it was told by."""


class OnLadder(Clock, breaching.Booked, Protocol):
    """The same with where it stands on its ladder and in the books."""

    @property
    def ticket_id(self) -> int:
        """Whose clock."""

    @property
    def round(self) -> int:
        """Of which round of that ticket."""

    @property
    def stage(self) -> str:
        """The last rung that was told; empty before the first."""

    @property
    def is_known(self) -> bool:
        """Whether the manager has said 已知悉 since it called them."""


@dataclass(frozen=True, kw_only=True)
class NewClock:
    """A clock that is about to be written: the columns of its row that are no caches."""

    ticket_id: int
    promise: str
    round: int
    step: int
    plan: int
    policy_id: int
    calendar_edition: str
    segments: str
    stage: str = ""
    failures: int = 0
    is_known: bool = False
    booked_at: datetime | None = None


def caches(sitting: Sitting, row: OnLadder, life: Life) -> dict[str, object]:
    """The columns that are made anew from a life, by name; the alarms are woken where one is ahead."""
    next_alarm_at = _next_alarm_at(sitting, row, life)
    if next_alarm_at is not None:
        wake(sitting.session, ALARMS)
    return {
        "state": life.state.value,
        "started_at": life.started_at,
        "due_at": life.due_at,
        "is_provisional": life.provisional,
        "calendar_edition": _workdays(sitting, row).edition,
        "next_alarm_at": next_alarm_at,
    }


def life_of(sitting: Sitting, row: Clock) -> Life:
    """What the segments of this clock come to now."""
    return life_with(sitting, row)


def life_with(sitting: Sitting, row: Clock, *further: Segment) -> Life:
    """The same with segments that are not written yet."""
    policy = sitting.rulebook.policy(sitting.session, row.policy_id)
    return derive(
        [*segments_from_json(row.segments), *further],
        policy.terms.get(Promise(row.promise)),
        _workdays(sitting, row),
        policy.zone,
        sitting.now,
    )


def _workdays(sitting: Sitting, row: Clock) -> Workdays:
    """The edition that this clock was told by, until `calendar_editions.py` has counted it by a newer one."""
    return sitting.rulebook.calendars(sitting.session, sitting.now).told_by(row.calendar_edition)


def _next_alarm_at(sitting: Sitting, row: OnLadder, life: Life) -> datetime | None:
    if not breaching.is_settled(sitting, row, life):
        return sitting.now
    if life.fulfilled_at is not None or life.state not in {PromiseState.RUNNING, PromiseState.BROKEN}:
        return None
    policy = sitting.rulebook.policy(sitting.session, row.policy_id)
    alarm = next_alarm(life.runs_from, life.due_at, row.stage or None, policy.ladder)
    if alarm is not None and row.is_known:
        alarm = known(alarm)
    return alarm.at if alarm else None
