"""The clocks sleep to the very moment of the next row, and a clock that is set back stops no job."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.jobs import JOBS, schedule, tick_anew
from scheduler.sleeping import LEFT_BEHIND, LONGEST, pause, went_back

RAN = datetime(2026, 11, 23, 14, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "now", "seconds"),
    [
        (None, RAN, LONGEST),
        (RAN + 7 * SECOND, RAN + SECOND, 6.0),
        (RAN + SECOND / 1000, RAN, 0.001),
        (RAN + 90 * SECOND, RAN, LONGEST),
        (RAN + SECOND, RAN + 2 * SECOND, 0.0),  # fell due while the run was under way
        (RAN, RAN + SECOND, LEFT_BEHIND),
        (RAN - 60 * SECOND, RAN, LEFT_BEHIND),
    ],
)
def test_the_pause_ends_at_the_moment_itself(moment: datetime | None, now: datetime, seconds: float) -> None:
    """Never longer than the safety net, never a loop over rows that stay behind."""
    assert pause(moment, RAN, now) == seconds


@pytest.mark.parametrize(
    ("gone", "is_back"), [(5.0, False), (4.0, False), (3605.0, False), (2.0, True), (-3595.0, True)]
)
def test_only_a_jump_back_counts(gone: float, is_back: bool) -> None:
    """Small corrections and jumps forward are no reason to count anew."""
    assert went_back(RAN, RAN + gone * SECOND, 5.0) is is_back


async def nothing() -> None:
    """A job's body."""


async def test_jobs_tick_anew_after_the_clock_was_set_back() -> None:
    """Their next ticks stood an hour ahead; now each lies within its own interval."""
    scheduler = schedule({job.name: nothing for job in JOBS})
    scheduler.start(paused=True)
    for job in scheduler.get_jobs():
        job.modify(next_run_time=job.next_run_time + timedelta(hours=1))
    late = {job.id: job.next_run_time for job in scheduler.get_jobs()}
    tick_anew(scheduler)
    for job in scheduler.get_jobs():
        assert late[job.id] - job.next_run_time > timedelta(minutes=59)
    scheduler.shutdown(wait=False)
