"""The platform's double, a clock that stands still, and the product's channel between them and a desk of one
page."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.clock import SetClock
from bot.telegram.channel import TelegramChannel
from bot.telegram.client import Patience
from bot.telegram.settings import TelegramSettings, read
from tests.doubles.desk import Desk, listening
from tests.doubles.platform import Sequence
from tests.doubles.telegram import TelegramPlatform

START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PUBLIC_URL = "https://desk.example"
IMPATIENT = Patience(read=0.4, poll=1)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
async def platform(clock: SetClock) -> AsyncIterator[TelegramPlatform]:
    """The double, listening."""
    double = TelegramPlatform(Sequence())
    double.set_clock(clock.now())
    await double.start()
    yield double
    await double.stop()


@pytest.fixture
def settings(platform: TelegramPlatform) -> TelegramSettings:
    found = read(platform.settings())
    assert found is not None
    return found


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def channel(
    settings: TelegramSettings, clock: SetClock, desk: Desk, platform: TelegramPlatform
) -> AsyncIterator[TelegramChannel]:
    """The product's channel, serving, and the double pointed at it. It waits only a moment for an answer."""
    made = TelegramChannel(settings, clock.now, PUBLIC_URL, patience=IMPATIENT)
    async with listening(made, desk) as url:
        platform.connect(url)
        yield made


@pytest.fixture
async def wang(platform: TelegramPlatform) -> str:
    """A person who has pressed Start."""
    return await platform.enrol("王老师")
