"""Which double plays which platform, and how the product's channel is pointed at it."""

from pathlib import Path

from bot.channel import Channel
from bot.clock import Clock
from bot.house import House
from bot.telegram.channel import TelegramChannel
from bot.telegram.settings import read as read_telegram
from bot.wechat.channel import WechatChannel
from bot.wechat.settings import read_settings
from bot.wechat.stores import StoredToken, StoredWindows
from tests.doubles.platform import Platform, Sequence
from tests.doubles.telegram import TelegramPlatform
from tests.doubles.web import WebPlatform
from tests.doubles.wechat import WechatPlatform
from tests.storyline.web_kit import web_channel

PUBLIC_URL = "https://desk.example"
SECRET = "a story keeps no secrets, but a key it needs"
# Five seconds pass by the story's clock; by the machine's, a busy one would leave replies behind `settle`.
UNHURRIED_SECONDS = 60.0


def make_platform(name: str, sequence: Sequence) -> Platform:
    """The double of that channel, its screens counted by `sequence`."""
    if name == "web":
        return WebPlatform(sequence)
    if name == "wechat":
        return WechatPlatform(sequence)
    return TelegramPlatform(sequence)


def make_channel(platform: Platform, house: House, clock: Clock, media: Path) -> Channel:
    """The product's channel, configured by `platform.settings()`."""
    if isinstance(platform, WebPlatform):
        return web_channel(platform, clock, house, SECRET, media)
    if isinstance(platform, WechatPlatform):
        settings = read_settings(platform.settings())
        assert settings is not None
        return WechatChannel(
            settings, clock.now, tokens=StoredToken(house.work), windows=StoredWindows(house.work),
            budget_seconds=UNHURRIED_SECONDS,
        )
    given = platform.settings()
    telegram = read_telegram(given)
    assert telegram is not None
    return TelegramChannel(telegram, clock.now, given.get("YINGNUO_PUBLIC_URL", PUBLIC_URL))
