"""Jobs of the day: once a date, once after downtime, page by page over crashes, set aside when they keep failing."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from agreement.words import Role
from desk import seeding
from desk.rulebook import Rulebook
from desk.sitting import Sitting
from scheduler.daily import ZONE, Daily, whole
from scheduler.days import Days
from storage import jobs
from storage.work import Work
from tests.scheduler.seen import told

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
DAY = timedelta(days=1)


@dataclass
class Rounds:
    """A job that remembers when it was due and when it ran, and may break."""

    ran: list[tuple[datetime, datetime]] = field(default_factory=list)
    breaks: int = 0  # so many times before it works

    def __call__(self, sitting: Sitting) -> None:
        if self.breaks:
            self.breaks -= 1
            raise RuntimeError("broken")
        self.ran.append((sitting.at.astimezone(ZONE), sitting.now))


def _clerk(session: Session) -> None:
    """Somebody at the desk who can be told."""
    person = seeding.person(session, NOON, "林客服")
    seeding.member(session, NOON, person, Role.DESK, None)
    seeding.account(session, NOON, person, channel="web", external="lin")


def days_of(work: Work, rounds: Rounds, hour: int = 8) -> Days:
    return Days(work, Rulebook(), [Daily("rounds", hour, whole(rounds))])


async def test_a_new_job_begins_with_its_next_hour_and_runs_once_a_date(work: Work) -> None:
    """Nobody gets the morning's list at noon because of a deploy."""
    rounds = Rounds()
    days = days_of(work, rounds)
    await days.introduce(NOON)
    assert await days.next_due(NOON) == datetime(2026, 11, 24, 8, 0, tzinfo=ZONE)
    for hour in range(48):
        await days.run(NOON + timedelta(hours=hour))
    assert [due_at.day for due_at, _ in rounds.ran] == [24, 25]
    assert all(due_at.hour == 8 for due_at, _ in rounds.ran)


async def test_after_downtime_only_the_last_date_is_made_up_for(work: Work) -> None:
    """Three missed mornings are one late list."""
    rounds = Rounds()
    days = days_of(work, rounds)
    await days.introduce(NOON)
    await days.run(NOON + 3 * DAY)
    await days.run(NOON + 3 * DAY)
    assert rounds.ran == [(datetime(2026, 11, 26, 8, 0, tzinfo=ZONE), NOON + 3 * DAY)]


async def test_a_clock_that_jumps_neither_repeats_nor_skips_a_date(work: Work) -> None:
    """Forward a day and back again, and back an hour over the hour itself."""
    rounds = Rounds()
    days = days_of(work, rounds)
    await days.introduce(NOON)
    eight = datetime(2026, 11, 24, 8, 0, tzinfo=ZONE)
    steps = (eight, eight - timedelta(hours=1), eight, eight + DAY, eight, eight + DAY, eight + 2 * DAY)
    for moment in steps:
        await days.run(moment)
    assert [due_at.day for due_at, _ in rounds.ran] == [24, 25, 26]


async def test_workers_that_look_at_the_same_moment_run_it_once(work: Work) -> None:
    """The row of (job, date) is claimed by one of them."""
    rounds = Rounds()
    days = days_of(work, rounds)
    await days.introduce(NOON)
    await asyncio.gather(*(days.run(NOON + DAY) for _ in range(8)))
    assert len(rounds.ran) == 1


async def test_a_run_goes_on_after_its_last_whole_page(work: Work) -> None:
    """A crash in the third page repeats that page and none before it."""
    seen: list[int] = []
    broken = [True]

    def page(_sitting: Sitting, after: int) -> int:
        if after == 2 and broken:
            broken.clear()
            raise RuntimeError("crashed")
        seen.append(after)
        return after + 1 if after < 4 else 0

    days = Days(work, Rulebook(), [Daily("pages", 8, page)])
    await days.introduce(NOON)
    await days.run(NOON + DAY)
    assert seen == [0, 1]
    await days.run(NOON + DAY + timedelta(minutes=5))
    assert seen == [0, 1, 2, 3, 4]


async def test_a_job_that_keeps_failing_is_set_aside_named_and_told_once(work: Work) -> None:
    """The others go on meanwhile, and the next date begins afresh."""
    rounds, other = Rounds(breaks=5), Rounds()
    table = [Daily("breaks", 8, whole(rounds)), Daily("other", 8, whole(other))]
    days = Days(work, Rulebook(), table)
    await work.run(_clerk)
    await days.introduce(NOON)
    for minutes in range(0, 60, 5):
        await days.run(NOON + DAY + timedelta(minutes=minutes))
    assert (len(rounds.ran), len(other.ran)) == (0, 1)
    states = {one.name: one for one in await work.read(jobs.states)}
    assert (states["breaks"].error, states["other"].error) == ("RuntimeError", "")
    assert [one for one in await work.read(told) if one == "failed_job"] == ["failed_job"]
    await days.run(NOON + 2 * DAY)
    assert len(rounds.ran) == 1
    assert {one.error for one in await work.read(jobs.states)} == {""}
