"""The end of a shift: the next one hears once of all that is open; nobody else, nothing old, nothing empty."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from agreement.words import Kind
from desk import handling, reporting, shift_change
from desk.sitting import Sitting
from storage import falling_due
from storage.tables import Shift
from storage.work import Work
from tests.rosters.crew import ROTATION, Crew, at, crew

END = at(24)  # 李工's day ends, 张工's begins
HEARD = "shift_handed_over"


async def with_a_ticket(work: Work, text: str = ROTATION) -> Crew:
    """李工 has acknowledged one ticket on the 23rd."""
    people = await crew(work)
    await people.enter(text)
    ticket = await people.do("王老师", lambda one: _report(one, people))
    await people.do("李工", lambda one: handling.acknowledge(one, ticket))
    return people


def _report(one: Sitting, people: Crew) -> int:
    matter = reporting.Matter(
        school_id=people.schools["第一中学"], text="打不开", reported_at=one.at, kind=Kind.FAULT
    )
    actor = one.actor
    return reporting.report(
        one, matter, reporter_id=actor.person_id, reporter_account_id=actor.account_id, channel="web"
    ).id


async def ticked(people: Crew, now: datetime) -> list[str]:
    """Who has heard of a hand-over after a tick at that moment."""
    while await people.do("", shift_change.tell_due, now):
        pass
    return [who for who in people.ids for notice in await people.heard(who) if notice == HEARD]


async def test_the_next_on_shift_hears_once(work: Work) -> None:
    """Not a moment before the end, and not again at the next tick."""
    people = await with_a_ticket(work)
    assert await ticked(people, END - timedelta(seconds=1)) == []
    assert await people.work.read(falling_due.SHIFTS.soonest) == END
    assert await ticked(people, END) == ["张工"]
    assert await ticked(people, END + timedelta(hours=1)) == ["张工"]


async def test_nothing_open_is_no_message(work: Work) -> None:
    """An empty list is no news."""
    people = await crew(work)
    await people.enter(ROTATION)
    assert await ticked(people, END) == []


async def test_who_goes_on_hands_nothing_over(work: Work) -> None:
    """Two shifts of one person, one after the other."""
    goes_on = '[[shift]]\nperson = "李工"\nsince = 2026-11-23\nuntil = 2026-11-24T08:00:00\n'
    goes_on += '[[shift]]\nperson = "李工"\nsince = 2026-11-24T08:00:00\nuntil = 2026-12-01\n'
    people = await with_a_ticket(work, goes_on)
    assert await ticked(people, END) == []


@pytest.mark.parametrize(
    ("since", "heard"), [("2026-11-24T20:00:00", ["孙工"]), ("2026-11-25T08:00:01", [])]
)
async def test_nobody_there_the_next_to_come_within_a_day(work: Work, since: str, heard: list[str]) -> None:
    """A night without anybody: whoever comes first reads it; beyond a day the morning's list does."""
    gap = '[[shift]]\nperson = "李工"\nsince = 2026-11-23\nuntil = 2026-11-24T08:00:00\n'
    gap += f'[[shift]]\nperson = "孙工"\nsince = {since}\nuntil = 2026-12-01\n'
    people = await with_a_ticket(work, gap)
    assert await ticked(people, END) == heard


async def test_after_a_long_downtime_an_old_end_is_nobodys_news(work: Work) -> None:
    """The row is done with all the same."""
    people = await with_a_ticket(work)
    assert await ticked(people, END + timedelta(hours=13)) == []
    soonest = await people.work.read(falling_due.SHIFTS.soonest)
    assert soonest is not None
    assert soonest > END + timedelta(hours=13)


async def test_a_hand_over_that_fails_is_tried_once(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """That the shift is over was written before the attempt; what the attempt takes back is its own."""
    people = await with_a_ticket(work)

    def failing(sitting: Sitting, *_given: object) -> None:
        sitting.session.scalar(select(func.count(Shift.id)))
        raise ZeroDivisionError

    monkeypatch.setattr(shift_change, "_hand_over", failing)
    assert [await people.do("", shift_change.tell_due, END) for _ in range(3)] == [1, 0, 0]
