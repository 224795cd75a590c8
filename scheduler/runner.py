"""What the clock does when it ticks: claim what is due, do it in short transactions, go on until nothing is left."""

import logging
from collections.abc import Sequence
from datetime import datetime

from desk.alerting import sitting
from desk.beating import beat, go_on
from desk.rulebook import Rulebook
from scheduler.due_rows import DUE_ROWS, ELSEWHERE, DueRows
from storage.due import Soonest
from storage.work import Work

log = logging.getLogger(__name__)

ROUNDS = 1000  # more than this in one tick is a loop, not work


class Runner:
    """The jobs that run whenever something is due."""

    def __init__(self, work: Work, rulebook: Rulebook, first: Sequence[DueRows]) -> None:
        """`first` are rows of other floors that come before the clocks: silent drafts become tickets."""
        self._work = work
        self._rulebook = rulebook
        self._kinds = (*first, *DUE_ROWS)
        self._soonest = Soonest([*(kind.rows for kind in self._kinds), *ELSEWHERE])

    async def run(self, now: datetime) -> int:
        """Do everything that is due at `now`; how many rows that was."""
        done = 0
        for kind in self._kinds:
            done += await self._until_nothing_is_left(kind, now)
        return done

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

    async def beat(self, now: datetime) -> None:
        """The desk is up: a gap between two beats is an outage and stands in the evidence."""
        await self._work.run(lambda session: beat(session, now))

    async def go_on(self, now: datetime) -> None:
        """The desk was up until now, though its clock was moved over longer than a gap."""
        await self._work.run(lambda session: go_on(session, now))
