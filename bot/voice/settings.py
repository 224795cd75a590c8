"""The variables of the voice provider; all empty: nobody is called by phone."""

from dataclasses import dataclass, field
from typing import Final

from bot.variables import Environment, SettingsError, required, text, url

URL: Final = "YINGNUO_VOICE_URL"
KEY: Final = "YINGNUO_VOICE_KEY"
SECRET: Final = "YINGNUO_VOICE_SECRET"
FROM: Final = "YINGNUO_VOICE_FROM"
VARIABLES: Final = frozenset({URL, KEY, SECRET, FROM})
SECRET_LENGTH: Final = 32


@dataclass(frozen=True, kw_only=True)
class VoiceSettings:
    """Where calls are asked for, and the secret of both ways."""

    url: str
    key: str = field(repr=False)
    secret: str = field(repr=False)
    caller: str = ""  # the number that people see


def read(variables: Environment) -> VoiceSettings | None:
    """The checked settings; None where nothing is set. Raises SettingsError."""
    if not any(text(variables, name) for name in VARIABLES):
        return None
    if not text(variables, URL):
        raise SettingsError(URL, "the address of the voice provider; it is not set")
    secret = required(variables, SECRET, f"at least {SECRET_LENGTH} random characters shared with the provider")
    if len(secret) < SECRET_LENGTH:
        raise SettingsError(SECRET, f"at least {SECRET_LENGTH} random characters shared with the provider")
    return VoiceSettings(
        url=url(variables, URL), key=text(variables, KEY), secret=secret, caller=text(variables, FROM)
    )
