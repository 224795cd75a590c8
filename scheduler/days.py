"""Runs the jobs of the day: begins what an hour has made due, does it page by page, books what became of it."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from time import perf_counter

from sqlalchemy.orm import Session

from desk.alerting import alarm_desk, sitting
from desk.rulebook import Rulebook
from scheduler.daily import DAILY, Daily
from storage import daily, jobs
from storage.jobs import Ran
from storage.work import Work

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(minutes=5)
SET_ASIDE_AFTER = 5  # failures of one run before it is left for a human
PAGES = 100_000  # more than this in one go is a loop, not work


class Days:
    """The jobs of the day on one database; any number of workers may run them."""

    def __init__(self, work: Work, rulebook: Rulebook, table: Sequence[Daily] = DAILY) -> None:
        self._work = work
        self._rulebook = rulebook
        self._table = {one.name: one for one in table}

    async def introduce(self, now: datetime) -> None:
        """Let jobs that this installation never had begin with their next hour."""
        await self._work.run(lambda session: self._introduce(session, now))

    def _introduce(self, session: Session, now: datetime) -> None:
        known = daily.newest(session)
        new = {name: job.day_at(now) for name, job in self._table.items() if name not in known}
        daily.pass_over(session, new, now)

    async def begin(self, now: datetime) -> None:
        """Begin what an hour has made due; `run` goes on with it."""
        await self._work.run(lambda session: self._begin(session, now))

    async def run(self, now: datetime) -> int:
        """Do all that is due at `now`; how many pages that was."""
        await self.begin(now)
        for pages in range(PAGES):
            if not await self._one(now):
                return pages
        log.error("the jobs of the day still find pages after %s", PAGES)
        return PAGES

    def _begin(self, session: Session, now: datetime) -> None:
        """A date is begun only after every date that ran before: a clock set back begins nothing."""
        known = daily.newest(session)
        due = {name: job.day_at(now) for name, job in self._table.items()}
        daily.begin(session, {name: day for name, day in due.items() if name in known and known[name] < day}, now)
        daily.pass_over(session, {name: day for name, day in due.items() if name not in known}, now)

    async def _one(self, now: datetime) -> bool:
        """One page of one run. A failure is rolled back, booked, and is no page."""
        claimed: list[tuple[str, date]] = []
        try:
            return await self._work.run(lambda session: self._page(session, now, claimed))
        except Exception as error:
            if not claimed:
                raise
            (job, day), problem = claimed[0], type(error).__name__
            log.error("daily job %s of %s failed", job, day, exc_info=error)
            await self._work.run(lambda session: self._failed(session, job, day, problem, now))
            return True

    def _page(self, session: Session, now: datetime, claimed: list[tuple[str, date]]) -> bool:
        run = daily.claim(session, self._table, now)
        if run is None:
            return False
        claimed[:] = [(run.job, run.day)]  # a rollback forgets the row
        job, began = self._table[run.job], perf_counter()
        house = sitting(session, self._rulebook, now).as_of(job.due_at(run.day))
        run.reached = job.page(house, run.reached)
        run.next_at = now if run.reached else None
        run.milliseconds += int((perf_counter() - began) * 1000)
        session.flush()
        jobs.record(session, _ran(run, now, ""))
        return True

    def _failed(self, session: Session, job: str, day: date, error: str, now: datetime) -> None:
        run = daily.run_of(session, job, day)
        run.failures += 1
        run.next_at = now + AGAIN_AFTER if run.failures < SET_ASIDE_AFTER else None
        session.flush()
        jobs.record(session, _ran(run, now, error))
        if run.next_at is None:
            house = sitting(session, self._rulebook, now)
            alarm_desk(house, "failed_job", {"job": run.job}, key=f"j{run.job}:{run.day.isoformat()}")

    async def next_due(self, now: datetime) -> datetime:
        """The next moment at which a run begins or goes on."""
        waiting = await self._work.read(daily.next_moment)
        moments = [job.next_at(now) for job in self._table.values()]
        return min(moments if waiting is None else [waiting, *moments])


def _ran(run: daily.DueRun, now: datetime, error: str) -> Ran:
    return Ran(
        name=run.job,
        started_at=now,
        milliseconds=run.milliseconds,
        error=error,
        backlog=int(run.next_at is not None),
    )
