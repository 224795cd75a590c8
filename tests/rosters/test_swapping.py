"""Swaps: only one's own and not what is over, one answer, nobody twice on a shift, what happened meanwhile."""

import asyncio
from datetime import date

import pytest

from desk import leaving, swapping
from storage.work import Work
from tests.rosters.crew import NOW, ROTATION, Crew, at, crew
from texts.refused import Refused

TOMORROW = 2  # 张工's turn of the 24th


async def asked(people: Crew, shift: int, to: str, who: str = "张工") -> int:
    swap = await people.do(who, lambda one: swapping.ask(one, shift_id=shift, to_id=people.ids[to]).id)
    return int(swap)


async def refusal(people: Crew, who: str, swap: int, now: object = None) -> str:
    with pytest.raises(Refused) as no:
        await people.do(who, lambda one: swapping.agree(one, swap))
    return no.value.said.key


async def test_two_taps_at_once_are_one_answer(work: Work) -> None:
    """The second says that it was answered; the desk hears once."""
    people = await crew(work)
    await people.enter(ROTATION)
    swap = await asked(people, TOMORROW, "李工")
    both = await asyncio.gather(
        *(people.do("李工", lambda one: swapping.agree(one, swap)) for _ in range(2)), return_exceptions=True
    )
    assert [type(one) for one in both if one] == [Refused]
    assert await people.heard("林客服") == ["swap_told"]
    assert [one for one in await people.shifts() if one[1] == at(24)] == [("李工", at(24), at(25))]
    assert await refusal(people, "李工", swap) == "refused.swap_agreed"
    assert await refusal(people, "孙工", swap) == "refused.not_asked"


async def test_two_colleagues_agree_at_once_and_one_has_it(work: Work) -> None:
    """The other reads that the shift has changed; nobody is on it twice."""
    people = await crew(work)
    await people.enter(ROTATION)
    swaps = {name: await asked(people, TOMORROW, name) for name in ("李工", "孙工")}
    await asyncio.gather(
        *(people.do(name, lambda one, swap=swap: swapping.agree(one, swap)) for name, swap in swaps.items())  # type: ignore[misc]
    )
    heard = sorted((await people.heard("李工"))[-1:] + (await people.heard("孙工"))[-1:])
    assert heard == ["swap_overtaken", "swap_taken"]
    assert len([one for one in await people.shifts() if one[1] <= at(24) < one[2]]) == 1


async def test_what_is_not_ones_own_or_is_over_is_refused(work: Work) -> None:
    """Nor can a colleague be asked who is on leave then."""
    people = await crew(work)
    await people.enter(ROTATION)
    with pytest.raises(Refused) as no:
        await asked(people, TOMORROW, "张工", who="李工")
    assert no.value.said.key == "refused.not_your_shift"
    with pytest.raises(Refused) as no:
        await people.do(
            "李工", lambda one: swapping.ask(one, shift_id=1, to_id=people.ids["张工"]), at(24, 8)
        )
    assert no.value.said.key == "refused.not_your_shift"
    day = date(2026, 11, 24)
    await people.do(
        "陈主管", lambda one: leaving.enter(one, person_id=people.ids["孙工"], since=day, until=day)
    )
    with pytest.raises(Refused) as no:
        await asked(people, TOMORROW, "孙工")
    assert (no.value.said.key, no.value.again) == ("refused.on_leave", "colleague")


async def test_a_colleague_on_the_same_hours_is_not_put_there_twice(work: Work) -> None:
    """Two share a shift; one leaves it to the other."""
    people = await crew(work)
    span = "since = 2026-11-23T08:00:00\nuntil = 2026-11-24T08:00:00\n"
    await people.enter(f'[[shift]]\nperson = "张工"\n{span}[[shift]]\nperson = "李工"\n{span}')
    swap = await asked(people, 1, "李工")
    await people.do("李工", lambda one: swapping.agree(one, swap))
    assert await people.shifts() == [("张工", at(23), NOW), ("李工", at(23), at(24))]


async def test_a_shift_that_moved_on_meanwhile_is_not_swapped(work: Work) -> None:
    """The desk gave it away before the colleague answered, or its time is over."""
    people = await crew(work)
    await people.enter(ROTATION)
    swap = await asked(people, TOMORROW, "李工")
    await people.do(
        "林客服", lambda one: swapping.give_shift(one, shift_id=TOMORROW, to_id=people.ids["孙工"])
    )
    await people.do("李工", lambda one: swapping.agree(one, swap))
    assert (await people.heard("李工"))[-1] == "swap_overtaken"
    late = await asked(people, 1, "张工", who="李工")
    await people.do("张工", lambda one: swapping.agree(one, late), at(25))
    assert (await people.heard("张工"))[-1] == "swap_overtaken"
