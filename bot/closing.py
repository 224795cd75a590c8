"""The job that keeps records as they were closed: read, set and count the pages on a thread, write."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.clock import Clock
from desk.alerting import sitting
from desk.record_editions import Closed
from desk.rulebook import Rulebook
from records import closing
from records.closing import ToClose
from records.office import Office
from storage.work import Work

log = logging.getLogger(__name__)

ROUNDS = 1000  # more in one drain is a loop, not work


class Closing:
    """Any number of these may run: an edition that is there already stays as it is."""

    def __init__(self, work: Work, clock: Clock, rulebook: Rulebook, office: Office) -> None:
        self._work = work
        self._clock = clock
        self._rulebook = rulebook
        self._office = office

    async def drain(self) -> int:
        """Close what is to be closed now; how many tickets were looked at."""
        done = 0
        for _ in range(ROUNDS):
            now = self._clock.now()
            found = await self._work.read(
                lambda session: closing.due_now(session, self._rulebook, self._office, now)  # noqa: B023
            )
            for one in found:
                await self._close(one)
            done += len(found)
            if not found:
                return done
        log.error("closing still finds records after %s rounds", ROUNDS)
        return done

    async def _close(self, one: ToClose) -> None:
        """One that cannot be printed, kept or sealed is named in the log and waits; the others go on."""
        try:
            closed = await asyncio.to_thread(closing.counted, one, self._office)
            await self._keep(one, closed)
        except Exception as error:
            log.error("the records of ticket %s cannot be closed", one.ticket_id, exc_info=error)
            await self._keep(replace(one, found=None), [])

    async def _keep(self, one: ToClose, closed: Sequence[Closed]) -> None:
        now = self._clock.now()
        await self._work.run(lambda session: closing.keep(sitting(session, self._rulebook, now), one, closed))
