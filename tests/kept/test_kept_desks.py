"""A desk of an earlier release is brought up to date and goes on in the middle of every conversation."""

import sqlite3
from pathlib import Path

import pytest

from bot.workdays import load_calendar
from storage.migrating import migrate
from tests.kept.talking import AFTER, BEFORE, FOLDER, NOW, open_house, read_last, say

KEPT = sorted(FOLDER.glob("*.sql"))


@pytest.mark.parametrize("kept", KEPT, ids=[path.stem for path in KEPT])
async def test_everybody_goes_on_where_they_were(kept: Path, tmp_path: Path) -> None:
    """What each of them says next is taken for the question that the earlier release had asked."""
    database = tmp_path / "desk.db"
    _restore(kept, database)
    await migrate(f"sqlite:///{database}")
    house = open_house(database, tmp_path)
    await house.work.run(lambda session: load_calendar(session, house.rulebook, NOW))
    for number, one in enumerate(AFTER, start=len(BEFORE)):
        await say(house, one.account, one.words, number)
        read = await read_last(house, one.account)
        assert any(one.reads in text for text in read), f"{one.account} {one.words}: {read}"
    await house.stop()


def _restore(kept: Path, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.executescript(kept.read_text(encoding="utf-8"))


def test_one_is_kept_of_this_release() -> None:
    """Recorded from now on: `python -m tests.kept.record RELEASE` before a release goes out."""
    assert KEPT
