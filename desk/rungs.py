"""Which rungs of their ladders some clocks have reached, and what that leaves in their rows.

Everything is derived from the segments here too: the due time in the row only brought the clock to our notice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import Table, bindparam, select, update

from agreement.clocks import Life
from agreement.escalation import Alarm, Audience, Standing, heard, next_alarm
from agreement.lifecycle import ENDED, can_be_fulfilled, can_be_fulfilled_later
from agreement.words import Promise, PromiseState, State
from desk import clock_rows
from desk.sitting import Sitting
from storage.due import DueClock
from storage.many import many
from storage.tables import PromiseRow

LIVE = frozenset({PromiseState.RUNNING, PromiseState.BROKEN})


@dataclass(frozen=True, eq=False)
class Ring:
    """One rung that one clock has reached, which happens once; `at` is when, which after downtime is long ago."""

    clock: DueClock
    stage: str
    at: datetime
    tells: tuple[Audience, ...]
    due_at: datetime
    is_provisional: bool


@dataclass(frozen=True)
class Reached:
    """One clock with its new rungs in order of time, and the next alarm it waits for now."""

    clock: DueClock
    life: Life
    rings: tuple[Ring, ...]
    next_alarm_at: datetime | None

    @property
    def stage(self) -> str:
        """The last rung that was reached, ever."""
        return self.rings[-1].stage if self.rings else self.clock.stage


def reached(sitting: Sitting, clock: DueClock) -> Reached:
    """Every rung of this clock up to now that was not reached before.

    What was fulfilled too late rings for what it had reached by then: after an outage the word that fulfils it is read
    before the rungs that were missed, and a breach must not be told to nobody.
    """
    life = clock_rows.life_of(sitting, clock)
    if life.state not in LIVE:
        return Reached(clock, life, (), None)
    until = sitting.now if life.fulfilled_at is None else min(life.fulfilled_at, sitting.now)
    ladder = sitting.rulebook.policy(sitting.session, clock.policy_id).ladder
    standing = _standing_of(clock)
    rings: list[Ring] = []
    stage = clock.stage or None
    while (alarm := _heard(standing, life, next_alarm(life.runs_from, life.due_at, stage, ladder))) is not None:
        if alarm.at > until:
            break
        rings.append(Ring(clock, alarm.stage, alarm.at, alarm.tells, life.due_at, life.provisional))
        stage = alarm.stage
    next_at = alarm.at if alarm is not None and life.fulfilled_at is None else None
    return Reached(clock, life, tuple(rings), next_at)


def _heard(standing: Standing, life: Life, alarm: Alarm | None) -> Alarm | None:
    return heard(alarm, life.due_at, standing) if alarm is not None else None


def _standing_of(clock: DueClock) -> Standing:
    is_present = clock.round == clock.ticket_round
    return _standing(clock.promise, clock.ticket_state, is_present=is_present, is_known=clock.is_known)


@cache
def _standing(promise: str, ticket_state: str, *, is_present: bool, is_known: bool) -> Standing:
    """Of all clocks of this promise on tickets in this state: few of either, and hundreds of clocks in a tick."""
    state = State(ticket_state)
    return Standing(
        is_known=is_known,
        is_over=state in ENDED or not is_present,
        is_owed=(can_be_fulfilled if is_present else can_be_fulfilled_later)(Promise(promise), state),
    )


CLOCKS = cast("Table", PromiseRow.__table__)
MOVE_ON = many(
    {"clock": CLOCKS.c.id.type, "reached": CLOCKS.c.stage.type, "next_at": CLOCKS.c.next_alarm_at.type},
    lambda new: (
        update(CLOCKS)
        .where(CLOCKS.c.id == new["clock"])
        .values(stage=new["reached"], next_alarm_at=new["next_at"], failures=0)
    ),
)


def move_on(sitting: Sitting, clocks: Sequence[Reached]) -> None:
    """Write what the tick has made of these clocks. One that another state was derived for is made anew whole."""
    changed = [one for one in clocks if one.life.state.value != one.clock.state or one.life.due_at != one.clock.due_at]
    rows = [{"clock": one.clock.id, "reached": one.stage, "next_at": one.next_alarm_at} for one in clocks]
    MOVE_ON.run_later(sitting.session, rows)
    for row in rows_of(sitting, [one.clock.id for one in changed]):
        clock_rows.refresh(sitting, row)


def rows_of(sitting: Sitting, clocks: Iterable[int]) -> list[PromiseRow]:
    """The rows of these clocks as they stand in the tables."""
    these = list(clocks)
    return list(sitting.session.scalars(THESE, {"these": these})) if these else []


THESE = (
    select(PromiseRow)
    .where(PromiseRow.id.in_(bindparam("these", expanding=True)))
    .order_by(PromiseRow.due_at, PromiseRow.id)
    .execution_options(populate_existing=True)
)


def put_off(sitting: Sitting, ticket_id: int, until: datetime) -> list[tuple[int, int]]:
    """The clocks of a ticket that failed wait until then; (clock, its failures so far)."""
    query = select(PromiseRow).where(
        PromiseRow.ticket_id == ticket_id, PromiseRow.next_alarm_at <= sitting.now
    )
    rows = list(sitting.session.scalars(query.execution_options(populate_existing=True)))
    for row in rows:
        row.failures += 1
        row.next_alarm_at = until
    return [(row.id, row.failures) for row in rows]
