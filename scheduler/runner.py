"""What the clock does when it ticks: claim what is due, do it in short transactions, go on until nothing is left.

A body that fails touches nobody else: its batch is rolled back and tried row by row, and a row that fails again
and again is set aside and named in the log.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from desk.alarming import ring_what_is_due
from desk.alerting import sitting
from desk.beating import beat
from desk.remembering import remember_what_is_due
from desk.rulebook import Rulebook
from storage import due
from storage.work import Work

log = logging.getLogger(__name__)

Tick = Callable[[Session, datetime], int]
ROUNDS = 1000  # more than this in one tick is a loop, not work


class Runner:
    """The jobs that run whenever something is due."""

    def __init__(self, work: Work, rulebook: Rulebook, first: Mapping[str, Tick]) -> None:
        """`first` are jobs of other floors that run before the clocks: silent drafts become tickets."""
        self._work = work
        self._rulebook = rulebook
        self._first = first

    def ticks(self) -> dict[str, Tick]:
        """Each job as one claim-and-do in one transaction; it returns how many rows it had."""
        return {
            **self._first,
            "reminders": lambda session, now: remember_what_is_due(sitting(session, self._rulebook, now)),
            "alarms": lambda session, now: ring_what_is_due(sitting(session, self._rulebook, now)),
        }

    async def run(self, now: datetime) -> int:
        """Do everything that is due at `now`; how many rows that was."""
        done = 0
        for name, tick in self.ticks().items():
            done += await self._until_nothing_is_left(name, tick, now)
        return done

    async def _until_nothing_is_left(self, name: str, tick: Tick, now: datetime) -> int:
        done = 0
        for _ in range(ROUNDS):
            count = await self._work.run(lambda session: tick(session, now))
            if count == 0:
                return done
            done += count
        log.error("job %s still finds rows after %s rounds", name, ROUNDS)
        return done

    async def next_due(self) -> datetime | None:
        """The next moment at which anything falls due."""
        return await self._work.read(due.next_moment)

    async def beat(self, now: datetime) -> None:
        """The desk is up: a gap between two beats is an outage and stands in the evidence."""
        await self._work.run(lambda session: beat(session, now))
