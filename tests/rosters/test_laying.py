"""Turns laid ahead: once, past leave and overrides, what is past stays, two workers at once change nothing."""

import asyncio
from datetime import date, timedelta

from desk import leaving, swapping
from desk.alarming import on_duty
from desk.laying import lay_ahead
from storage.work import Work
from tests.rosters.crew import NOW, ROTATION, at, crew

DAY = timedelta(days=1)


async def test_five_weeks_are_laid_and_a_day_more_each_day(work: Work) -> None:
    """Laying again lays nothing twice, also when several workers do it at the same moment."""
    people = await crew(work)
    await people.enter(ROTATION)
    laid = await people.shifts()
    assert [name for name, _, _ in laid[:4]] == ["李工", "张工", "孙工", "李工"]
    assert (laid[0][1], laid[1][1]) == (NOW, at(24))
    assert NOW + timedelta(weeks=5) <= laid[-1][2] <= NOW + timedelta(weeks=5) + DAY
    await asyncio.gather(*(people.do("", lay_ahead) for _ in range(4)))
    assert await people.shifts() == laid
    await people.do("", lay_ahead, NOW + DAY)
    assert (await people.shifts())[: len(laid)] == laid
    assert len(await people.shifts()) == len(laid) + 1


async def test_leave_lets_the_turn_fall_to_the_next_and_back(work: Work) -> None:
    """Whoever is away is not on duty in the middle of a running shift either."""
    people = await crew(work)
    await people.enter(ROTATION)
    await people.do(
        "林客服",
        lambda one: leaving.enter(
            one, person_id=people.ids["李工"], since=date(2026, 11, 23), until=date(2026, 11, 23)
        ),
    )
    assert [name for name, _, _ in (await people.shifts())[:3]] == ["张工", "李工", "张工"]
    assert await people.do("", on_duty) == [people.ids["张工"]]
    assert await people.do("", on_duty, at(24, 1)) == [people.ids["李工"]]
    assert "leave_entered" in await people.heard("李工")


async def test_an_override_holds_when_the_turns_are_laid_anew(work: Work) -> None:
    """A shift that somebody was given is not the rotation's to take back; other turns are not touched."""
    people = await crew(work)
    await people.enter(ROTATION)
    before = await people.shifts()
    given = '\n[[override]]\nrotation = "热线"\nperson = "孙工"\n'
    await people.enter(f"{ROTATION}{given}since = 2026-11-24T08:00:00\nuntil = 2026-11-25T08:00:00\n")
    expected = [("孙工", at(24), at(25)) if one[1] == at(24) else one for one in before]
    assert await people.shifts() == expected
    await people.do("", lay_ahead, NOW + timedelta(hours=1))
    assert await people.shifts() == expected


async def test_other_members_change_only_what_is_to_come(work: Work) -> None:
    """What was is evidence; a rotation that is gone from the file ends now."""
    people = await crew(work)
    await people.enter(ROTATION)
    later = at(24, 12)
    await people.enter(ROTATION.replace('"李工", "张工", "孙工"', '"孙工"'), later)
    shifts = await people.shifts()
    assert shifts[0] == ("李工", NOW, at(24))
    assert shifts[1] == ("张工", at(24), later)
    assert {name for name, since, _ in shifts if since >= later} == {"孙工"}
    await people.enter(
        '[[rotation]]\nname = "夜班"\nmembers = ["李工"]\nfirst = 2026-12-01\nturn = "1 day"\n', later
    )
    after = await people.shifts()
    assert [one for one in after if one[0] == "孙工" and one[2] > later] == []
    assert after[-1][0] == "李工"


async def test_a_given_shift_is_told_to_both(work: Work) -> None:
    """By the desk's word: the rest of the running turn."""
    people = await crew(work)
    await people.enter(ROTATION)
    await people.do(
        "林客服", lambda one: swapping.give_shift(one, shift_id=1, to_id=people.ids["孙工"]), at(23, 12)
    )
    assert (await people.shifts())[:2] == [("李工", NOW, at(23, 12)), ("孙工", at(23, 12), at(24))]
    assert await people.heard("李工") == ["shift_given_away"]
    assert await people.heard("孙工") == ["shift_given"]
