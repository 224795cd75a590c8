"""The weekly warning of a missing year: to desk and manager, once a week, made up for, over when it is there."""

from datetime import date, datetime, timedelta

import pytest

from agreement.calendar import Workdays
from desk.calendar_warning import JOB, missing_year
from desk.rulebook import Rulebook
from scheduler.daily import DAILY
from scheduler.days import Days
from storage.work import Work
from tests.calendar.new_year import ZONE, clock, publish, told
from tests.lifecycle.cast import Cast, cast

OCTOBER = datetime(2026, 10, 12, 8, 0, tzinfo=ZONE)
KNOWN = Workdays("2026", {}, frozenset({2026}))


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 1), 2027),
        (date(2027, 6, 1), 2027),
    ],
)
def test_from_november_the_next_year_should_be_here(today: date, year: int | None) -> None:
    """And from January the present one."""
    assert missing_year(today, KNOWN) == year


def days(work: Work) -> Days:
    return Days(work, Rulebook(), [one for one in DAILY if one.name == JOB])


async def warned(
    work: Work, first: datetime, last: datetime, *, down: frozenset[date] = frozenset()
) -> list[date]:
    """The dates of the warnings while the desk looks once an hour, but on the days it is down."""
    job, found, count = days(work), [], 0
    moment = first
    while moment <= last:
        if moment.date() not in down:
            await job.run(moment)
        heard = await work.read(lambda session: len(told(session, "calendar_missing")))
        if heard > count:
            assert heard == count + 2  # desk and manager
            found.append(moment.date())
        count, moment = heard, moment + timedelta(hours=1)
    return found


async def test_told_on_the_first_working_day_of_each_week(work: Work) -> None:
    """From 1 November; after a downtime once, on the day the desk is back."""
    await work.run(cast)
    await days(work).introduce(OCTOBER)
    down = frozenset(date(2026, 11, day) for day in (15, 16, 17, 24, 25))
    found = await warned(work, OCTOBER, datetime(2026, 12, 1, 12, 0, tzinfo=ZONE), down=down)
    assert found == [date(2026, 11, day) for day in (2, 9, 18, 23, 30)]


async def test_a_new_house_is_left_in_peace_for_two_weeks(work: Work) -> None:
    """Whoever installs it was told at its start."""
    await work.run(cast)
    first = datetime(2026, 11, 23, 14, 0, tzinfo=ZONE)
    await days(work).introduce(first)
    found = await warned(work, first, first + timedelta(days=16))
    assert found == [date(2026, 12, 7)]


async def test_it_ends_with_the_edition(work: Work) -> None:
    """Nobody is nagged about a year that is here."""
    people: Cast = await work.run(cast)
    await days(work).introduce(OCTOBER)
    await work.run(lambda session: publish(clock(people, session, OCTOBER)))
    assert await warned(work, OCTOBER, datetime(2026, 11, 20, 12, 0, tzinfo=ZONE)) == []
