"""`python -m bot calendar FILE`: shows the difference, asks, takes it in; a wrong file is named and changes nothing."""

import argparse
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.importing_calendar import Terminal, import_calendar
from bot.workdays import load_calendar
from desk.rulebook import Rulebook
from storage.tables import CalendarDay, CalendarEdition
from storage.work import Work
from tests.calendar.new_year import NOTICE, RIGHT, TOLD, dues, urgent_tickets
from tests.lifecycle.cast import NOW


class Screen:
    """What was told and asked."""

    def __init__(self, answer: str) -> None:
        self.told: list[str] = []
        self._answer = answer

    def terminal(self) -> Terminal:
        return Terminal(self.told.append, self._ask)

    def _ask(self, question: str) -> str:
        self.told.append(question)
        return self._answer


def wanted(file: Path, *, yes: str = "no", edition: str = "", year: int | None = None) -> argparse.Namespace:
    return argparse.Namespace(file=file, edition=edition, year=year, by="周经理", yes=yes == "yes")


def written(place: Path, text: str, name: str = "notice.txt") -> Path:
    file = place / name
    file.write_text(text, encoding="utf-8")
    return file


def editions(session: Session) -> list[str]:
    return list(session.scalars(select(CalendarEdition.edition)))


def year_2027(session: Session) -> int:
    return len([day for day in session.scalars(select(CalendarDay.day)) if day.year == 2027])


async def test_it_shows_asks_and_counts(work: Work, database_url: str, tmp_path: Path) -> None:
    """No leaves everything; yes takes it in and counts the promises in the same breath; twice is nothing new."""
    await work.run(urgent_tickets)
    file = written(tmp_path, NOTICE)
    screen = Screen("n")
    assert await import_calendar(database_url, NOW, wanted(file), screen.terminal()) == 1
    assert "2027 (plain weekends so far), 8 days change:" in screen.told[0]
    assert "  2027-01-01 周五  班 → 休  元旦" in screen.told[0]
    assert "  2027-01-31 周日  休 → 班  春节" in screen.told[0]
    assert screen.told[-1] == "nothing was changed"
    assert await work.read(editions) == []
    screen = Screen("y")
    assert await import_calendar(database_url, NOW, wanted(file), screen.terminal()) == 0
    assert screen.told[-1] == "taken in; promises of 1 tickets were counted by it"
    assert (await work.read(editions), await work.read(year_2027)) == (["2027"], 365)
    assert await work.read(dues) == [RIGHT]
    screen = Screen("")
    assert await import_calendar(database_url, NOW, wanted(file, yes="yes"), screen.terminal()) == 0
    assert screen.told == ["2027 is here already, and nothing in it changes"]


async def test_a_program_that_calls_it_without_yes(work: Work, database_url: str, tmp_path: Path) -> None:
    """Nobody sits at the terminal: nothing is taken in, and the word that would is named."""
    told: list[str] = []

    def nobody(question: str) -> str:
        raise EOFError(question)

    file = written(tmp_path, NOTICE)
    assert await import_calendar(database_url, NOW, wanted(file), Terminal(told.append, nobody)) == 1
    assert told[1:] == ["nobody answers; --yes takes it in without asking", "nothing was changed"]
    assert await work.read(year_2027) == 0


async def test_a_notice_before_the_first_start(work: Work, database_url: str, tmp_path: Path) -> None:
    """The years that the library knows come in as well: else all of them would be counted by plain weekends until
    the desk is started once more after the notice is counted.
    """
    screen = Screen("")
    file = written(tmp_path, NOTICE)
    assert await import_calendar(database_url, NOW, wanted(file, yes="yes"), screen.terminal()) == 0
    await work.run(lambda session: load_calendar(session, Rulebook(), NOW))
    known = await work.read(lambda session: {day.year for day in session.scalars(select(CalendarDay.day))})
    assert known >= {NOW.year, 2027}
    assert await work.read(lambda session: list(session.scalars(select(CalendarEdition.next_at)))) == [None, None]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ('{"year": 2027, "days": []}', 0, "holds no notice yet: 2027 stays as it is"),
        (NOTICE.replace("周五", "周四"), 1, "2027-01-01 is a 星期五, the notice says 周四"),
        ("今天天气很好", 1, "the year is not said"),
    ],
)
async def test_what_is_no_calendar_changes_nothing(
    work: Work, database_url: str, tmp_path: Path, text: str, code: int, words: str
) -> None:
    """An empty file is no notice yet; a wrong one is refused with its reason."""
    await work.run(urgent_tickets)
    screen = Screen("y")
    file = written(tmp_path, text)
    assert await import_calendar(database_url, NOW, wanted(file), screen.terminal()) == code
    assert words in screen.told[-1]
    assert (await work.read(editions), await work.read(dues)) == ([], [TOLD])
    missing = wanted(tmp_path / "absent.txt")
    assert await import_calendar(database_url, NOW, missing, screen.terminal()) == 1
