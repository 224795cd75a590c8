"""What a Telegram bot needs to be told, checked at the start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.variables import SettingsError, text, url

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
VARIABLES = frozenset(
    {
        "YINGNUO_TELEGRAM_TOKEN",
        "YINGNUO_TELEGRAM_SECRET",
        "YINGNUO_TELEGRAM_BASE_URL",
        "YINGNUO_TELEGRAM_PROXY",
        "YINGNUO_TELEGRAM_MODE",
    }
)


class Mode(StrEnum):
    """How updates come: Telegram calls us, or we ask."""

    WEBHOOK = "webhook"
    POLLING = "polling"


@dataclass(frozen=True, kw_only=True)
class TelegramSettings:
    """One bot. `base_url` ends before the token: https://api.telegram.org/bot."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    base_url: str
    proxy: str = field(repr=False)
    mode: Mode

    @property
    def file_url(self) -> str:
        """Where files are fetched: the same server, `/file/bot` in place of `/bot`."""
        return self.base_url.removesuffix("/bot") + "/file/bot"


def read(variables: Mapping[str, str]) -> TelegramSettings | None:
    """None without a token. Raises SettingsError for the first variable that is wrong."""
    mode = _mode(variables)  # also without a token: a wrong word would only be found on the day the bot gets one
    token = text(variables, "YINGNUO_TELEGRAM_TOKEN")
    if not token:
        return None
    if not TOKEN.fullmatch(token):
        raise SettingsError("YINGNUO_TELEGRAM_TOKEN", "the token from @BotFather, like 123456789:AA…")
    secret = text(variables, "YINGNUO_TELEGRAM_SECRET")
    if mode is Mode.WEBHOOK and not SECRET.fullmatch(secret):
        raise SettingsError(
            "YINGNUO_TELEGRAM_SECRET", "16 to 256 random letters, digits, _ or - for the webhook"
        )
    base = url(variables, "YINGNUO_TELEGRAM_BASE_URL", "https://api.telegram.org")
    return TelegramSettings(
        token=token,
        secret=secret,
        base_url=f"{base.removesuffix('/bot')}/bot",
        proxy=text(variables, "YINGNUO_TELEGRAM_PROXY"),
        mode=mode,
    )


def _mode(variables: Mapping[str, str]) -> Mode:
    given = text(variables, "YINGNUO_TELEGRAM_MODE", Mode.POLLING.value)
    if given not in set(Mode):
        raise SettingsError("YINGNUO_TELEGRAM_MODE", "webhook or polling")
    return Mode(given)
