"""Plays stories against the product: the same files on every channel and on both databases.

    python -m tests.play FILE... --channel web|telegram|wechat --database URL [--say]

Exit 0: every line of every file held. 1: a line did not; file, line, expectation and screens are printed.
2: a file is no story; nothing was played.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from tests.storyline.fresh import fresh_like
from tests.storyline.house_stage import HouseStage
from tests.storyline.player import LineFailedError, play_story
from tests.storyline.reading import StoryError, read_story
from tests.storyline.script import CHANNELS, Story
from tests.storyline.stage import Stage
from tests.storyline.transcript import Transcript, silent

SUCH_URLS = "sqlite+aiosqlite:///desk.db and postgresql+asyncpg://user@host/database"
HELD, FAILED, REFUSED = 0, 1, 2
MakeStage = Callable[[], AbstractAsyncContextManager[Stage]]
Out = Callable[[str], None]


def read_all(files: Sequence[Path], out: Out) -> list[Story] | None:
    """All stories, or None when a file is none; each refusal is written to `out`."""
    stories: list[Story] = []
    refusals = 0
    for file in files:
        try:
            stories.append(read_story(file))
        except StoryError as error:
            out(str(error))
            refusals += 1
    return None if refusals else stories


async def play_all(
    stories: Sequence[Story], channel: str, make_stage: MakeStage, transcript: Transcript, out: Out
) -> int:
    """Play one after the other, each on a stage of its own; the exit code."""
    code = HELD
    for story in stories:
        try:
            async with make_stage() as stage:
                await play_story(story, stage, channel, transcript)
        except LineFailedError as failure:
            out(str(failure))
            code = FAILED
        else:
            out(f"-- {story.path}: every line held on {channel}")
    return code


def is_unreadable(url: str) -> bool:
    """Whether that names no database at all."""
    try:
        make_url(url)
    except ArgumentError:
        return True
    return False


def main(arguments: Sequence[str], out: Out) -> int:
    """Read the command line, refuse or play; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.play", description="Play stories.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--channel", choices=CHANNELS, required=True)
    parser.add_argument("--database", required=True, metavar="URL", help="where to make databases to play in")
    parser.add_argument("--say", action="store_true", help="print the whole transcript")
    chosen = parser.parse_args(arguments)
    if is_unreadable(chosen.database):
        parser.error(f"--database: {chosen.database} is no URL; such are {SUCH_URLS}")
    stories = read_all(chosen.files, out)
    if stories is None:
        return REFUSED
    transcript = Transcript(out) if chosen.say else silent()
    return asyncio.run(_play_on(chosen.database, stories, chosen.channel, transcript, out))


async def _play_on(url: str, stories: Sequence[Story], channel: str, transcript: Transcript, out: Out) -> int:
    async with fresh_like(url) as fresh:

        @asynccontextmanager
        async def stage() -> AsyncIterator[Stage]:
            async with fresh() as database_url:
                yield HouseStage(database_url)

        return await play_all(stories, channel, stage, transcript, out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], print))
