"""The unit of work on fresh tables of both kinds."""

from collections.abc import AsyncIterator

import pytest

from bot.house import open_work
from bot.waking import Waking
from storage.work import Work


@pytest.fixture
async def work(database_url: str) -> AsyncIterator[Work]:
    """Open while the test runs."""
    opened = open_work(database_url, Waking())
    yield opened
    await opened.close()
