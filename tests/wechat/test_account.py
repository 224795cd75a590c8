"""The account beside the talk: its menu, codes to scan, and what `check` finds wrong."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.clock import SetClock
from bot.wechat.channel import WechatChannel
from bot.wechat.menu import BY_KEY, GROUPS, TOP, as_json, words_of
from bot.wechat.publishing import publish, scan_address
from bot.wechat.settings import WechatSettings
from tests.doubles.wechat import WechatPlatform
from texts.say import LANGUAGES, sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_keeps_the_platforms_limits(language: str) -> None:
    """Three by five, 16 bytes above and 60 below, 128 for a key."""
    top = as_json(language)["button"]
    assert isinstance(top, list)
    assert len(top) <= 3
    for entry in top:
        assert len(entry["name"].encode()) <= 16
        below = entry.get("sub_button", [])
        assert len(below) <= 5
        assert all(len(one["name"].encode()) <= 60 and len(one["key"].encode()) <= 128 for one in below)


def test_every_entry_says_a_word_of_the_house() -> None:
    """报修 above, what is looked up in one group with the representative's 账本, the rest in the other."""
    assert [words_of(entry.key) for entry in TOP] == ["报修"]
    below = {name: [words_of(entry.key) for entry in group] for name, group in GROUPS.items()}
    assert below == {"查询": ["进度", "谁在值班", "账本"], "更多": ["报修", "转人工", "帮助", "签到"]}
    assert len(BY_KEY) == len(TOP) + sum(map(len, GROUPS.values())), "keys are told apart"
    assert words_of("progress", "en") == sentences("en")["label.progress"]


async def test_starting_publishes_the_menu_once(
    channel: WechatChannel, platform: WechatPlatform, settings: WechatSettings, clock: SetClock
) -> None:
    """A thousand calls a day are few: it is published only where another one stands."""
    assert channel._publishing is not None
    await channel._publishing
    assert platform.api.menu == as_json()
    await publish(channel._client)
    assert platform.api.calls["menu/create"] == 1
    platform.api.menu = {"button": []}
    await publish(channel._client)
    assert (platform.api.calls["menu/create"], platform.api.menu) == (2, as_json())


async def test_what_the_platform_adds_is_no_change(channel: WechatChannel, platform: WechatPlatform) -> None:
    """It gives empty lists of sub-buttons back, and ids."""
    assert channel._publishing is not None
    await channel._publishing
    assert platform.api.menu is not None
    for button in platform.api.menu["button"]:
        button.setdefault("sub_button", [])
    await publish(channel._client)
    assert platform.api.calls["menu/create"] == 1


async def test_a_platform_that_refuses_the_menu_stops_nothing(
    settings: WechatSettings, platform: WechatPlatform, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    """The desk starts; the log says what was refused."""
    platform.api.order("menu/create", 48001)
    channel = WechatChannel(settings, clock.now)
    await channel.start(None)  # type: ignore[arg-type]
    assert channel._publishing is not None
    await channel._publishing
    await channel.stop()
    assert "menu could not be published: errcode 48001" in caplog.text


async def test_a_code_for_a_room(channel: WechatChannel, platform: WechatPlatform) -> None:
    """What the printed code must contain brings its scene when it is scanned."""
    address = await scan_address(channel._client, "room302")
    assert platform.api.scenes == {address: "room302"}
    for scene in ("", "x" * 65):
        with pytest.raises(ValueError, match="1 to 64"):
            await scan_address(channel._client, scene)


# --- check

Wrong = Callable[[WechatPlatform, WechatSettings], WechatSettings]


def as_it_is(_platform: WechatPlatform, settings: WechatSettings) -> WechatSettings:
    return settings


def ordered(path: str, code: int) -> Wrong:
    def order(platform: WechatPlatform, settings: WechatSettings) -> WechatSettings:
        platform.api.order(path, code)
        return settings

    return order


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (as_it_is, []),
        (lambda _, settings: replace(settings, app_id="wxffffffffffffffff"), ["YINGNUO_WECHAT_APP_ID"]),
        (lambda _, settings: replace(settings, app_secret="x" * 32), ["YINGNUO_WECHAT_APP_SECRET"]),
        (lambda _, settings: replace(settings, base_url="http://127.0.0.1:1"), ["YINGNUO_WECHAT_BASE_URL"]),
        (ordered("stable_token", 40164), ["IP 白名单", "refused hint"]),
        (ordered("menu/get", 48001), ["a verified service account"]),
        (ordered("menu/get", 50002), ["restricted"]),
    ],
)
async def test_check_says_what_is_wrong(
    platform: WechatPlatform, settings: WechatSettings, clock: SetClock, wrong: Wrong, says: list[str]
) -> None:
    """One sentence that names the variable or the console's page; none when all is well."""
    channel = WechatChannel(wrong(platform, settings), clock.now)
    found = await channel.check()
    assert len(found) == (1 if says else 0)
    assert all(one in found[0] for one in says)
    assert platform.api.app_secret not in "".join(found)
