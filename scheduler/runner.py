"""What the clock does when it ticks: claim what is due, do it in short transactions, go on until nothing is left.

Each kind of row is a job of its own: it is timed, what it could not do is counted, and one that fails stops none of
the others. A job that finds nothing is noted now and then, not at every tick.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from time import perf_counter
from typing import Final

from sqlalchemy.orm import Session

from desk.alerting import sitting
from desk.beating import beat, go_on
from desk.rulebook import Rulebook
from scheduler.due_rows import DUE_ROWS, ELSEWHERE, DueRows
from storage import jobs
from storage.falling_due import Soonest
from storage.jobs import Ran
from storage.work import Work

log = logging.getLogger(__name__)

ROUNDS = 1000  # more than this in one tick is a loop, not work
NOTED_EVERY: Final = timedelta(seconds=15)


class Runner:
    """The jobs that run whenever something is due."""

    def __init__(self, work: Work, rulebook: Rulebook, first: Sequence[DueRows]) -> None:
        """`first` are rows of other floors that come before the clocks: silent drafts become tickets."""
        self._work = work
        self._rulebook = rulebook
        self._kinds = (*first, *DUE_ROWS)
        self._soonest = Soonest([*(kind.rows for kind in self._kinds), *ELSEWHERE])
        self._own = Soonest([kind.rows for kind in self._kinds])
        self._noted: dict[str, Ran] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The jobs, one for each kind of row."""
        return tuple(kind.name for kind in self._kinds)

    async def run(self, now: datetime) -> int:
        """Do everything that is due at `now`; how many rows that was."""
        done, ran = 0, []
        due = await self._reached(now)
        for place, kind in enumerate(self._kinds):
            count, one = await self._timed(kind, now) if place in due else (0, _idle(kind, now))
            done += count
            due = await self._reached(now) if count else due  # one kind's work may be due as another's
            if self._is_news(one):
                ran.append(one)
        if ran:
            await self._work.run(lambda session: self._note(session, ran, now))
            self._noted |= {one.name: one for one in ran}
        return done

    async def _reached(self, now: datetime) -> frozenset[int]:
        """Asked of a reader: a kind with nothing to do costs no transaction of the one writer."""
        return await self._work.read(lambda session: self._own.reached(session, now))

    async def _timed(self, kind: DueRows, now: datetime) -> tuple[int, Ran]:
        """One kind's rows; an error is that job's state, and the next kind's turn."""
        began, done, error = perf_counter(), 0, ""
        try:
            done = await self._until_nothing_is_left(kind, now)
        except Exception as problem:
            error = type(problem).__name__
            log.error("job %s failed", kind.name, exc_info=problem)
        milliseconds = int((perf_counter() - began) * 1000)
        return done, Ran(name=kind.name, started_at=now, milliseconds=milliseconds, error=error)

    def _is_news(self, ran: Ran) -> bool:
        """A clock that was set back makes no pause: what counts is how far apart the two moments are."""
        last = self._noted.get(ran.name)
        return last is None or last.error != ran.error or abs(ran.started_at - last.started_at) >= NOTED_EVERY

    def _note(self, session: Session, ran: Sequence[Ran], now: datetime) -> None:
        rows: Mapping[str, DueRows] = {kind.name: kind for kind in self._kinds}
        jobs.record(session, *[replace(one, backlog=rows[one.name].rows.waiting(session, now)) for one in ran])

    async def _until_nothing_is_left(self, kind: DueRows, now: datetime) -> int:
        done = 0
        for _ in range(ROUNDS):
            count = await self._work.run(lambda session: kind.tick(sitting(session, self._rulebook, now)))
            if count == 0:
                return done
            done += count
        log.error("job %s still finds rows after %s rounds", kind.name, ROUNDS)
        return done

    async def next_due(self) -> datetime | None:
        """The next moment at which anything falls due."""
        return await self._work.read(self._soonest)

    async def next_of_rows(self) -> datetime | None:
        """The next moment at which one of these jobs has something to do: until then it may sleep."""
        return await self._work.read(self._own)

    async def beat(self, now: datetime) -> None:
        """The desk is up: a gap between two beats is an outage and stands in the evidence."""
        await self._work.run(lambda session: beat(session, now))

    async def go_on(self, now: datetime) -> None:
        """The desk was up until now, though its clock was moved over longer than a gap."""
        await self._work.run(lambda session: go_on(session, now))


def _idle(kind: DueRows, now: datetime) -> Ran:
    """A run with nothing to do."""
    return Ran(name=kind.name, started_at=now, milliseconds=0)
