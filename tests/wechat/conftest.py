"""The platform's double, a clock that stands still, and the product's channel between them and a desk of one
page."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.clock import SetClock
from bot.wechat.channel import WechatChannel
from bot.wechat.settings import WechatSettings, read_settings
from bot.wechat.windows import WindowsInMemory
from tests.doubles.desk import Desk, listening
from tests.doubles.platform import Sequence
from tests.doubles.wechat import WechatPlatform

START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
async def platform(clock: SetClock) -> AsyncIterator[WechatPlatform]:
    """The double, listening."""
    double = WechatPlatform(Sequence())
    double.set_clock(clock.now())
    await double.start()
    yield double
    await double.stop()


@pytest.fixture
def settings(platform: WechatPlatform) -> WechatSettings:
    found = read_settings(platform.settings())
    assert found is not None
    return found


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def windows() -> WindowsInMemory:
    return WindowsInMemory()


@pytest.fixture
async def channel(
    settings: WechatSettings, clock: SetClock, windows: WindowsInMemory, desk: Desk, platform: WechatPlatform
) -> AsyncIterator[WechatChannel]:
    """The product's channel, serving, and the double pointed at it."""
    made = WechatChannel(settings, clock.now, windows=windows)
    async with listening(made, desk) as url:
        platform.connect(url)
        yield made


@pytest.fixture
async def wang(platform: WechatPlatform) -> str:
    """A follower whose window is open."""
    return await platform.enrol("王老师")
