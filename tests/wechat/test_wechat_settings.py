"""The account's variables: a wrong one is named with what it should be; none of their values is ever
shown."""

import pytest

from bot.variables import SettingsError
from bot.wechat.settings import API, Pair, WechatSettings, key_bytes, read_settings

GOOD = {
    "YINGNUO_WECHAT_APP_ID": "wx0123456789abcdef",
    "YINGNUO_WECHAT_APP_SECRET": "s" * 32,
    "YINGNUO_WECHAT_TOKEN": "token123",
    "YINGNUO_WECHAT_AES_KEY": "k" * 43,
}


def test_nothing_set_is_no_channel() -> None:
    """Empty lines of a copied example count as absent."""
    assert read_settings({}) is None
    assert read_settings(dict.fromkeys(GOOD, " ")) is None


def test_all_set() -> None:
    """The base address is WeChat's own unless another is given, without its last slash."""
    assert read_settings(GOOD) == WechatSettings(
        app_id="wx0123456789abcdef", app_secret="s" * 32, pair=Pair("token123", "k" * 43), base_url=API
    )
    other = read_settings({**GOOD, "YINGNUO_WECHAT_BASE_URL": "http://127.0.0.1:9/"})
    assert other is not None
    assert other.base_url == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("name", "value", "should_be"),
    [
        ("YINGNUO_WECHAT_APP_ID", "0123456789abcdefwx", "wx and 16 letters or digits"),
        ("YINGNUO_WECHAT_APP_ID", "wx0123456789abcde", "wx and 16 letters or digits"),
        ("YINGNUO_WECHAT_APP_ID", "", "it is not set"),
        ("YINGNUO_WECHAT_APP_SECRET", "s" * 31, "32 letters and digits"),
        ("YINGNUO_WECHAT_APP_SECRET", "", "it is not set"),
        ("YINGNUO_WECHAT_TOKEN", "ab", "3 to 32 letters and digits"),
        ("YINGNUO_WECHAT_TOKEN", "t" * 33, "3 to 32 letters and digits"),
        ("YINGNUO_WECHAT_TOKEN", "with space", "3 to 32 letters and digits"),
        ("YINGNUO_WECHAT_TOKEN", "", "it is not set"),
        ("YINGNUO_WECHAT_AES_KEY", "k" * 42, "43 letters and digits"),
        ("YINGNUO_WECHAT_AES_KEY", "k" * 42 + "=", "43 letters and digits"),
        ("YINGNUO_WECHAT_AES_KEY", "", "it is not set"),
        ("YINGNUO_WECHAT_BASE_URL", "api.weixin.qq.com", "an address that starts with"),
        ("YINGNUO_WECHAT_PREVIOUS_TOKEN", "x", "3 to 32 letters and digits"),
        ("YINGNUO_WECHAT_PREVIOUS_AES_KEY", "x", "43 letters and digits"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str, should_be: str) -> None:
    """With what it should be, and without what it is."""
    with pytest.raises(SettingsError, match=should_be) as caught:
        read_settings({**GOOD, name: value})
    assert caught.value.variable == name
    assert len(value) < 6 or value not in str(caught.value)


def test_an_empty_token_is_never_accepted() -> None:
    """Anybody could sign with it, and wechatpy would take it."""
    with pytest.raises(SettingsError, match="YINGNUO_WECHAT_TOKEN"):
        read_settings({**GOOD, "YINGNUO_WECHAT_TOKEN": ""})


@pytest.mark.parametrize(
    ("change", "previous"),
    [
        ({}, None),
        ({"YINGNUO_WECHAT_PREVIOUS_TOKEN": "old1"}, Pair("old1", "k" * 43)),
        ({"YINGNUO_WECHAT_PREVIOUS_AES_KEY": "o" * 43}, Pair("token123", "o" * 43)),
        (
            {"YINGNUO_WECHAT_PREVIOUS_TOKEN": "old1", "YINGNUO_WECHAT_PREVIOUS_AES_KEY": "o" * 43},
            Pair("old1", "o" * 43),
        ),
    ],
)
def test_either_half_of_the_pair_may_have_changed(change: dict[str, str], previous: Pair | None) -> None:
    """What is not given stayed as it is."""
    found = read_settings({**GOOD, **change})
    assert found is not None
    assert found.previous == previous
    assert len(found.pairs) == (1 if previous is None else 2)


def test_secrets_are_not_printed() -> None:
    """Settings end up in logs and tracebacks."""
    printed = repr(read_settings({**GOOD, "YINGNUO_WECHAT_PREVIOUS_TOKEN": "old1"}))
    assert not [one for one in ("sss", "token123", "kkk", "old1") if one in printed]


def test_a_key_is_32_bytes() -> None:
    """The last character carries four bits only: two key texts may be one key."""
    assert len(key_bytes("k" * 43)) == 32
    assert key_bytes("k" * 42 + "A") == key_bytes("k" * 42 + "B")
