"""What `check` says of a bot, each sentence with what to do."""

import pytest

from bot.clock import SetClock
from bot.telegram.account import PATH
from bot.telegram.channel import TelegramChannel
from bot.telegram.settings import read
from bot.variables import SettingsError
from tests.doubles.telegram import TelegramPlatform
from tests.doubles.telegram.people import BOT
from tests.doubles.telegram.pushing import Webhook
from tests.doubles.telegram.wire import ApiError
from tests.telegram.conftest import PUBLIC_URL

GOOD = {"YINGNUO_TELEGRAM_TOKEN": "123456789:AAdoubledoubledoubledoubledoubledou"}


async def test_a_bot_that_is_well(channel: TelegramChannel, platform: TelegramPlatform) -> None:
    """Nothing to say."""
    await platform.pushing.hooked.wait()
    assert await channel.check() == []


async def test_a_wrong_token_is_named(channel: TelegramChannel, platform: TelegramPlatform) -> None:
    """By its variable, never by its value."""
    platform.api.order("getMe", ApiError(401))
    (said,) = await channel.check()
    assert "YINGNUO_TELEGRAM_TOKEN" in said
    assert GOOD["YINGNUO_TELEGRAM_TOKEN"] not in said


async def test_a_code_has_the_address_of_this_bot(channel: TelegramChannel, platform: TelegramPlatform) -> None:
    """Its name is Telegram's to tell; an invite is printed also while Telegram is away."""
    assert await channel.start_link("abc") == f"https://t.me/{BOT['username']}?start=abc"
    platform.api.order("getMe", ApiError(401))
    assert "Telegram does not answer" in await channel.start_link("abc")


async def test_a_webhook_that_points_elsewhere(channel: TelegramChannel, platform: TelegramPlatform) -> None:
    """Somebody else's installation has taken the bot over."""
    await platform.pushing.hooked.wait()
    platform.pushing.set(Webhook("https://elsewhere.example/x", ""))
    platform.pushing.last_error = "Connection refused"
    said = await channel.check()
    assert [f"it should be {PUBLIC_URL}{PATH}" in said[0], "Connection refused" in said[1]] == [True, True]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("YINGNUO_TELEGRAM_TOKEN", "AAdouble"),
        ("YINGNUO_TELEGRAM_MODE", "push"),
        ("YINGNUO_TELEGRAM_BASE_URL", "api.telegram.org"),
    ],
)
def test_a_wrong_setting_names_its_variable(variable: str, value: str) -> None:
    """And not what was in it."""
    with pytest.raises(SettingsError) as caught:
        read({**GOOD, variable: value})
    assert caught.value.variable == variable
    assert value not in str(caught.value)


def test_a_webhook_needs_a_secret() -> None:
    """Without one anybody could write in Telegram's name."""
    with pytest.raises(SettingsError) as caught:
        read({**GOOD, "YINGNUO_TELEGRAM_MODE": "webhook"})
    assert caught.value.variable == "YINGNUO_TELEGRAM_SECRET"


def test_a_local_server_keeps_its_files_beside(clock: SetClock) -> None:
    """Base addresses end before the token, with or without /bot."""
    for given in ("http://127.0.0.1:8081", "http://127.0.0.1:8081/bot"):
        settings = read({**GOOD, "YINGNUO_TELEGRAM_BASE_URL": given})
        assert settings is not None
        assert settings.base_url == "http://127.0.0.1:8081/bot"
        assert settings.file_url == "http://127.0.0.1:8081/file/bot"
