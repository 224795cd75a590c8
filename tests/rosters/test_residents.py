"""谁在值班 for each kind of reader: phones and witnesses only for the vendor and the school's representative."""

from conversations.duty_words import on_duty
from desk import signing_in
from desk.duty_list import duty_list
from storage.work import Work
from tests.rosters.crew import NOW, ROTATION, at, crew

RESIDENT = """
[[resident]]
project = "第一中学"
person = "孙工"
place = "机房"
title = "高级工程师"
witness = "刘主任"
phone = "13800000002"
since = 2026-09-01
"""


async def test_who_sees_what(work: Work) -> None:
    """Names for everybody; the rest as the agreement wants it."""
    people = await crew(work)
    await people.enter(ROTATION + RESIDENT)
    here = (await people.do("孙工", signing_in.residences))[0][0]
    signed = await people.do("孙工", lambda one: signing_in.sign_in(one, resident_id=here), at(23, 8, 30))
    await people.do("孙工", lambda one: signing_in.place(one, signed, latitude=31.2, longitude=121.5))
    seen = {who: await people.do(who, duty_list) for who in ("王老师", "刘主任", "林客服")}
    assert [[one.name for one in found.now] for found in seen.values()] == [["李工"]] * 3
    assert {(found.then.name, found.then.at) for found in seen.values() if found.then} == {("张工", at(24))}
    assert [bool(found.now[0].phone) for found in seen.values()] == [False, True, True]
    residents = [found.residents[0] for found in seen.values()]
    assert {(one.name, one.place, one.signed_at) for one in residents} == {("孙工", "机房", at(23, 8, 30))}
    assert [one.signed_place for one in residents] == ["", "31.2000, 121.5000", "31.2000, 121.5000"]
    assert [one.witness_phone for one in residents] == ["", "13800000002", "13800000002"]
    assert [one.title for one in residents] == ["", "高级工程师", "高级工程师"]


async def test_the_newest_sign_in_counts_and_says_where(work: Work) -> None:
    """One without a place after one with it: nothing of the earlier one is shown beside the later moment."""
    people = await crew(work)
    await people.enter(ROTATION + RESIDENT)
    here = (await people.do("孙工", signing_in.residences))[0][0]
    signed = await people.do("孙工", lambda one: signing_in.sign_in(one, resident_id=here), at(23, 8, 30))
    await people.do("孙工", lambda one: signing_in.place(one, signed, latitude=31.2, longitude=121.5))
    assert "最近签到 08:30，位置 31.2000, 121.5000" in await people.do("刘主任", on_duty)
    assert "31.2" not in await people.do("王老师", on_duty)
    await people.do("孙工", lambda one: signing_in.sign_in(one, resident_id=here), at(23, 8, 50))
    said = await people.do("刘主任", on_duty)
    assert "最近签到 08:50" in said
    assert "位置" not in said


async def test_a_resident_of_another_time_or_school_is_not_shown(work: Work) -> None:
    """Over is over; and nobody signs in for a place that is not theirs."""
    people = await crew(work)
    await people.enter(ROTATION + RESIDENT + "until = 2026-11-22\n")
    assert (await people.do("王老师", duty_list)).residents == []
    assert await people.do("孙工", signing_in.residences) == []
    assert (await people.do("", duty_list, NOW)).residents == []
