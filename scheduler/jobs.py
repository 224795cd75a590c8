"""What runs how often: one table, ticked by APScheduler. State lives in rows; the scheduler only ticks.

`coalesce` and no misfire limit: the default would drop a run that is one second late. Memory store: nothing is
remembered here that a restart could lose.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)

Body = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Every:
    """One job: its name and how many seconds lie between two ticks."""

    name: str
    seconds: int


JOBS: tuple[Every, ...] = (
    Every("clocks", 1),  # alarms, reminders, silent drafts: whatever row is due; woken earlier by a commit
    Every("delivery", 2),  # the safety net; a commit wakes delivery at once
    Every("media", 5),
    Every("records", 10),  # records to be closed; woken earlier by a commit
    Every("voice", 5),  # phone calls of the last rung; woken earlier by a commit
    Every("heartbeat", 30),
    Every("failed_messages", 60),
    Every("daily", 30),  # jobs of the day: see daily.py
)


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
