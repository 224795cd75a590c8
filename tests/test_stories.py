"""Every story, on every channel, on both databases: transcripts of chats that the product must keep to.

Stories stand in `tests/stories`; a directory of further ones beside the repository is played as well.
"""

import logging
from pathlib import Path

import pytest

from tests.storyline.house_stage import HouseStage
from tests.storyline.player import play_story
from tests.storyline.reading import read_story
from tests.storyline.script import CHANNELS
from tests.storyline.transcript import silent

HERE = Path(__file__).parent
PLACES = (HERE / "stories", HERE.parent.parent / "shared" / "stories")
STORIES = {file.name: file for place in reversed(PLACES) for file in sorted(place.glob("*.txt"))}


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("name", sorted(STORIES))
async def test_every_line_of_the_story_holds(
    name: str, channel: str, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """And nothing breaks on the way: an honest sentence in place of an answer would match many a line."""
    story = read_story(STORIES[name])
    with caplog.at_level(logging.ERROR):
        await play_story(story, HouseStage(database_url), channel, silent())
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
