"""A desk on each database."""

from collections.abc import AsyncIterator

import pytest

from bot.house import open_work
from bot.waking import Waking
from storage.work import Work
from tests.scheduler.desk import Desk, open_desk


@pytest.fixture
async def work(database_url: str) -> AsyncIterator[Work]:
    """The unit of work on a fresh database of each kind."""
    opened = open_work(database_url, Waking())
    yield opened
    await opened.close()


@pytest.fixture
async def desk(work: Work) -> Desk:
    """People, and no ticket yet."""
    return await open_desk(work)
