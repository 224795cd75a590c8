"""What an installation says about its service account: read from the environment, checked, never asked
again."""

import base64
import re
from dataclasses import dataclass, field

from bot.variables import Environment, SettingsError, text, url

API = "https://api.weixin.qq.com"


@dataclass(frozen=True)
class Pair:
    """A Token and an EncodingAESKey as they stand in 消息与事件推送."""

    token: str = field(repr=False)
    aes_key: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class WechatSettings:
    """One service account. Secrets are kept out of its printed form.

    `previous` is the pair that was valid before: a change in the console takes effect at once, so the desk
    accepts both for as long as the old one stands here.
    """

    app_id: str
    app_secret: str = field(repr=False)
    pair: Pair
    previous: Pair | None = None
    base_url: str = API

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs that are accepted, the one in force first."""
        return (self.pair,) if self.previous is None else (self.pair, self.previous)


SHAPES: dict[str, tuple[str, str]] = {
    "YINGNUO_WECHAT_APP_ID": (r"wx[0-9A-Za-z]{16}", "the AppID: wx and 16 letters or digits"),
    "YINGNUO_WECHAT_APP_SECRET": (r"[0-9A-Za-z]{32}", "the AppSecret: 32 letters and digits"),
    "YINGNUO_WECHAT_TOKEN": (
        r"[0-9A-Za-z]{3,32}", "3 to 32 letters and digits, the same as Token in 消息与事件推送",
    ),
    "YINGNUO_WECHAT_AES_KEY": (
        r"[0-9A-Za-z]{43}", "43 letters and digits, the same as EncodingAESKey in 消息与事件推送",
    ),
}
PREVIOUS = {
    "YINGNUO_WECHAT_PREVIOUS_TOKEN": "YINGNUO_WECHAT_TOKEN",
    "YINGNUO_WECHAT_PREVIOUS_AES_KEY": "YINGNUO_WECHAT_AES_KEY",
}


def read_settings(environment: Environment) -> WechatSettings | None:
    """The checked settings; None when every variable is empty: the channel is off.

    Raises SettingsError for the first variable that is wrong or missing.
    """
    if not any(text(environment, name) for name in (*SHAPES, *PREVIOUS, "YINGNUO_WECHAT_BASE_URL")):
        return None
    app_id, secret, token, aes_key = (_checked(environment, name, name) for name in SHAPES)
    return WechatSettings(
        app_id=app_id, app_secret=secret, pair=Pair(token, aes_key),
        previous=_previous(environment, Pair(token, aes_key)),
        base_url=url(environment, "YINGNUO_WECHAT_BASE_URL", API),
    )


def _checked(environment: Environment, name: str, shape: str) -> str:
    pattern, should_be = SHAPES[shape]
    value = text(environment, name)
    if not value:
        raise SettingsError(name, f"{should_be}; it is not set")
    if not re.fullmatch(pattern, value):
        raise SettingsError(name, should_be)
    return value


def _previous(environment: Environment, pair: Pair) -> Pair | None:
    """The pair to go on accepting: either half may have changed alone."""
    given = {name: text(environment, name) for name in PREVIOUS}
    if not any(given.values()):
        return None
    token, aes_key = (
        _checked(environment, name, PREVIOUS[name]) if value else now
        for (name, value), now in zip(given.items(), (pair.token, pair.aes_key), strict=True)
    )
    return Pair(token, aes_key)


def key_bytes(aes_key: str) -> bytes:
    """The 32 bytes of an EncodingAESKey; its last character carries only four bits, so keys may coincide."""
    return base64.b64decode(aes_key + "=")
