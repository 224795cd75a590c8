"""What runs how often: one table, ticked by APScheduler. State lives in rows; the scheduler only ticks.

`coalesce` and no misfire limit: the default would drop a run that is one second late. Memory store: nothing is
remembered here that a restart could lose.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)

STALE = timedelta(minutes=3)
Body = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Every:
    """One job: its name and how many seconds lie between two ticks."""

    name: str
    seconds: int


JOBS: tuple[Every, ...] = (
    Every("clocks", 5),  # the safety net: the sleeper wakes at the moment itself (bot/running.py)
    Every("delivery", 2),  # the safety net; a commit wakes delivery at once
    Every("media", 5),
    Every("records", 10),  # records to be closed; woken earlier by a commit
    Every("voice", 5),  # phone calls of the last rung; woken earlier by a commit
    Every("heartbeat", 30),
    Every("failed_messages", 60),
    Every("daily", 30),  # jobs of the day: see daily.py
)


def longest_silence(rows: Iterable[str]) -> Mapping[str, timedelta]:
    """How long after its last run each job is late; `rows` are those that run within the clocks'."""
    ticking = {job.name: max(STALE, timedelta(seconds=10 * job.seconds)) for job in JOBS}
    return ticking | dict.fromkeys(rows, STALE)


def tick_anew(scheduler: AsyncIOScheduler) -> None:
    """The wall's clock was set back: each job's next tick is counted from now, not waited for."""
    for job in JOBS:
        scheduler.reschedule_job(job.name, trigger=IntervalTrigger(seconds=job.seconds))


def schedule(bodies: Mapping[str, Body]) -> AsyncIOScheduler:
    """A scheduler with every job of the table, not started. KeyError for a job without a body."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for job in JOBS:
        scheduler.add_job(
            bodies[job.name],
            IntervalTrigger(seconds=job.seconds),
            id=job.name,
            name=job.name,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )
    return scheduler
