"""Every story, on every channel, on both databases: transcripts of chats that the product must keep to.

Stories stand in `tests/stories`; a directory of further ones beside the repository is played as well.
"""

import logging
from pathlib import Path

import pytest

from tests.databases import KINDS, Kind
from tests.storyline.house_stage import HouseStage
from tests.storyline.player import play_story
from tests.storyline.reading import read_story
from tests.storyline.script import CHANNELS
from tests.storyline.transcript import silent

HERE = Path(__file__).parent
PLACES = (HERE / "stories", HERE.parent.parent / "shared" / "stories")
STORIES = {file.name: file for place in reversed(PLACES) for file in sorted(place.glob("*.txt"))}


# WeChat's service account gives five free messages in 48 hours, or three in a minute, and edits nothing: these
# stories say more than that, days later, or look at a card that was changed in place. Web and Telegram play them.
BEYOND_WECHAT = frozenset({22, 23, 28, 30, 42, 43, 45, 46, 49, 52, 53, 61})
WEB_ONLY_FROM = 70  # stories of one act, promise, rung or record each: the first seventy show what a channel does
ALL_PAIRS_BELOW = 40


def number_of(name: str) -> int:
    """Of the story's file; 0 for one without."""
    number = name.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def channels_of(name: str) -> tuple[str, ...]:
    """The channels on which this story is played in the suite; by hand any story goes on any channel."""
    number = number_of(name)
    if number >= WEB_ONLY_FROM:
        return ("web",)
    return tuple(one for one in CHANNELS if not (one == "wechat" and number in BEYOND_WECHAT))


def databases_of(name: str, channel: str) -> tuple[Kind, ...]:
    """All on the web and both databases.

    What is a channel's own is the same on both: on PostgreSQL the others play the first forty. By hand all go on all.
    """
    return KINDS if channel == "web" or number_of(name) < ALL_PAIRS_BELOW else ("sqlite",)


PLAYED = [
    (kind, name, channel)
    for name in sorted(STORIES)
    for channel in channels_of(name)
    for kind in databases_of(name, channel)
]


@pytest.mark.parametrize(("database_url", "name", "channel"), PLAYED, indirect=["database_url"])
async def test_every_line_of_the_story_holds(
    name: str, channel: str, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """And nothing breaks on the way: an honest sentence in place of an answer would match many a line."""
    story = read_story(STORIES[name])
    with caplog.at_level(logging.ERROR):
        await play_story(story, HouseStage(database_url), channel, silent())
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
