"""Gaps: told a week, a day and an hour ahead, each once; closed ones are told no more; no roster, no gap."""

from datetime import datetime, timedelta

from desk import gaps, leaving, swapping
from storage import falling_due
from storage.tables import RosterGap
from storage.work import Work
from tests.rosters.crew import NOW, Crew, at, crew

SHIFT = '[[shift]]\nperson = "李工"\nsince = 2026-11-23\nuntil = 2026-12-09T08:00:00\n'
AGAIN = '[[shift]]\nperson = "李工"\nsince = 2026-12-10T08:00:00\nuntil = 2027-12-31\n'
GAP_AT = at(39)  # 9 December 08:00


async def ticked(people: Crew, first: datetime, last: datetime) -> list[datetime]:
    """When the lead was told, while the clock runs from due moment to due moment."""
    found: list[datetime] = []
    moment = first
    while True:
        before = len(await people.heard("陈主管"))
        while await people.do("", gaps.tell_due, moment):
            pass
        found += [moment] * (len(await people.heard("陈主管")) - before)
        following = await people.work.read(falling_due.GAPS.soonest)
        if following is None or following > last:
            return found
        moment = max(following, moment)


async def test_a_gap_is_told_three_times_to_lead_and_desk(work: Work) -> None:
    """And once more for the open end after it; running the tick twice tells nobody twice."""
    people = await crew(work)
    await people.enter(SHIFT + AGAIN)
    told = await ticked(people, NOW, at(60))
    assert told == [GAP_AT - timedelta(days=7), GAP_AT - timedelta(days=1), GAP_AT - timedelta(hours=1)]
    assert await people.heard("林客服") == ["roster_gap"] * 3


async def test_after_downtime_only_the_latest_is_told(work: Work) -> None:
    """The desk was down from before the week to an hour before the gap."""
    people = await crew(work)
    await people.enter(SHIFT + AGAIN)
    assert await ticked(people, GAP_AT - timedelta(minutes=30), at(60)) == [GAP_AT - timedelta(minutes=30)]


async def test_a_closed_gap_is_told_no_more(work: Work) -> None:
    """Somebody is put there after the first warning; taken away again it is another gap."""
    people = await crew(work)
    await people.enter(SHIFT + AGAIN)
    week_before = GAP_AT - timedelta(days=7)
    assert await ticked(people, NOW, week_before) == [week_before]
    gap = await people.do("", lambda one: gaps.open_gaps(one)[0].id, week_before)
    await people.do(
        "林客服", lambda one: swapping.fill_gap(one, gap_id=gap, to_id=people.ids["张工"]), week_before
    )
    assert await ticked(people, week_before, at(60)) == []
    assert await people.heard("张工") == ["shift_given"]
    day = GAP_AT.date()
    await people.do(
        "陈主管",
        lambda one: leaving.enter(one, person_id=people.ids["张工"], since=day, until=day),
        week_before + timedelta(days=1),
    )
    again = await ticked(people, week_before + timedelta(days=1), at(60))
    assert len(again) == 3


async def test_a_house_without_a_roster_is_told_of_no_gap(work: Work) -> None:
    """Nobody planned anything: an alarm that finds nobody goes up at once anyway."""
    people = await crew(work)
    await people.do("", gaps.look)
    assert await people.do("", gaps.open_gaps) == []
    assert await people.work.read(lambda session: session.query(RosterGap).count()) == 0
