"""The names of a school are read once a minute, not once a message, and at once where they were just changed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from agreement.school_file import read_schools
from desk import schools, seeding
from desk.rulebook import Rulebook
from desk.seeding import Named
from desk.sitting import THE_CLOCK, Sitting
from storage.work import Work
from tests.test_databases import open_work
from tests.test_statements import counted

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture
async def work(database_url: str) -> AsyncIterator[Work]:
    """An installation with one school of one room and one system."""
    opened = open_work(database_url)
    room, system = Named(name="302教室", aliases=("302",)), Named(name="成绩系统")
    await opened.run(lambda session: seeding.school(session, NOW, "第一中学", rooms=[room], systems=[system]))
    yield opened
    await opened.close()


async def names(work: Work, rulebook: Rulebook, at: datetime) -> list[str]:
    """Of all rooms and systems of the one school, as a message at that moment would have them."""
    found = await work.read(lambda session: rulebook.vocabulary.of(session, 1, at))
    return [one.name for one in (*found.rooms, *found.systems)]


async def test_names_are_read_once_a_minute(work: Work) -> None:
    """A room that another process enters is known a minute later, and to a clock that was set back."""
    rulebook = Rulebook()
    assert await names(work, rulebook, NOW) == ["302教室", "成绩系统"]
    await work.run(lambda session: seeding.room(session, 1, Named(name="303教室", code="x")))
    with counted() as (statements, _):
        assert await names(work, rulebook, NOW + timedelta(seconds=59)) == ["302教室", "成绩系统"]
    assert statements == []
    assert await names(work, rulebook, NOW - timedelta(seconds=1)) == ["302教室", "303教室", "成绩系统"]
    await work.run(lambda session: seeding.room(session, 1, Named(name="304教室", code="y")))
    assert "304教室" in await names(work, rulebook, NOW + timedelta(seconds=59))


async def test_a_school_that_is_entered_is_read_anew(work: Work) -> None:
    """By this process: nobody waits a minute for what they have just entered."""
    rulebook = Rulebook()
    await names(work, rulebook, NOW)
    lines = read_schools('[[school]]\nname = "第一中学"\nrooms = ["305教室"]\nsystems = []\n', "schools.toml")

    def enter(session: Session) -> list[schools.RoomCode]:
        sitting = Sitting(session=session, rulebook=rulebook, actor=THE_CLOCK, at=NOW, now=NOW)
        return schools.enter(sitting, lines, lambda: "z")

    await work.run(enter)
    assert "305教室" in await names(work, rulebook, NOW)
