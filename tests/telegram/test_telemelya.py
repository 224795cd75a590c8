"""Whole stories on an emulator that others wrote: what our own double believes of Telegram, seen by other eyes."""

import logging
from pathlib import Path

import pytest

from tests.doubles.platform import Platform, Sequence
from tests.storyline.house_stage import HouseStage
from tests.storyline.player import play_story
from tests.storyline.reading import read_story
from tests.storyline.transcript import silent
from tests.telegram.emulated import EmulatedPlatform

STORIES = Path(__file__).parents[1] / "stories"
# The emulator refuses nobody, corrects nothing, has no voice, file, album or place; its taps carry an empty card.
BEYOND = frozenset({"04", "11", "12", "28", "30", "41", "46", "52", "58", "59"})
PLAYED = sorted(
    one.name
    for one in STORIES.glob("[0-6][0-9]-*.txt")  # those of every channel, as in tests/test_stories.py
    if one.name.partition("-")[0] not in BEYOND
)


def emulated(name: str, sequence: Sequence) -> Platform:
    assert name == "telegram"
    return EmulatedPlatform(sequence)


@pytest.mark.parametrize("name", PLAYED)
async def test_the_story_holds_on_the_emulator(
    name: str, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Every line, and nothing is an error on the way."""
    with caplog.at_level(logging.ERROR):
        await play_story(read_story(STORIES / name), HouseStage(sqlite_url, emulated), "telegram", silent())
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
