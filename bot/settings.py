"""Everything that may differ between two installations: read once at the start, checked, never asked again.

Variables come from the environment, and from a file `.env` for what the environment leaves open. A wrong one
ends the start with a sentence that names it; a misspelt one is refused with the name that was probably meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.telegram import settings as telegram
from bot.telegram.settings import TelegramSettings
from bot.variables import Environment, SettingsError, origins, required, text, url, whole, yes
from bot.voice import settings as voice
from bot.voice.settings import VoiceSettings
from bot.wechat import settings as wechat
from bot.wechat.settings import WechatSettings
from storage.postgres_url import ENGINE, for_engine

PREFIX = "YINGNUO_"
SECRET_LENGTH = 32
DEMO_SECRET = "known-to-everybody-therefore-for-the-demo-only"  # refused in earnest
VENDOR = "应诺服务台"
DATABASES = ("sqlite", ENGINE)
DATABASE_NAMES = ("YINGNUO_DATABASE_URL", "DATABASE_URL")  # the first that is set counts

OWN = frozenset(
    {
        "YINGNUO_DATABASE_URL",
        "YINGNUO_HOST",
        "YINGNUO_PORT",
        "YINGNUO_PUBLIC_URL",
        "YINGNUO_EMBED_ORIGINS",
        "YINGNUO_SECRET_KEY",
        "YINGNUO_DEMO",
        "YINGNUO_MEDIA_DIR",
        "YINGNUO_DEAD_MAN_URL",
        "YINGNUO_VENDOR_NAME",
        "YINGNUO_HOTLINE",
        "YINGNUO_FORMS_DIR",
        "YINGNUO_FONTS_DIR",
    }
)
WECHAT = frozenset({*wechat.SHAPES, *wechat.PREVIOUS, "YINGNUO_WECHAT_BASE_URL"})
VARIABLES = OWN | telegram.VARIABLES | WECHAT | voice.VARIABLES  # each stands in .env.example with what it should be


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One installation. Secrets are kept out of its printed form."""

    database_url: str = field(repr=False)
    host: str
    port: int
    public_url: str  # how people and platforms reach the desk, without a slash at the end
    embed_origins: tuple[str, ...]  # sites whose pages may hold the chat in a frame, besides our own
    secret_key: str = field(repr=False)  # signs buttons, links and sessions
    demo: bool
    media_dir: Path
    dead_man_url: str = field(repr=False)  # fetched while all is well; "" for none
    vendor_name: str  # as it stands on every record
    hotline: str  # printed where a receipt says how to object; "" for none
    forms_dir: Path | None  # a customer's own wording of the records; None: the forms that come with the house
    fonts_dir: Path | None  # further fonts for rare characters; None: ours alone
    telegram: TelegramSettings | None = None  # None: the channel is off
    wechat: WechatSettings | None = None
    voice: VoiceSettings | None = None  # None: nobody is called by phone


def environment(given: Mapping[str, str], file: Path = Path(".env")) -> dict[str, str]:
    """What is given, and below it what the file says; a missing file says nothing."""
    written = {name: value or "" for name, value in dotenv_values(file, interpolate=False).items()}
    return written | dict(given)


def read(variables: Environment) -> Settings:
    """The checked settings. Raises SettingsError for the first variable that is wrong or unknown."""
    refuse_unknown(variables)
    demo = yes(variables, "YINGNUO_DEMO")
    host = text(variables, "YINGNUO_HOST", "127.0.0.1")
    port = whole(variables, "YINGNUO_PORT", 8080, lowest=1, highest=65535)
    return Settings(
        database_url=_database(variables),
        host=host,
        port=port,
        public_url=url(variables, "YINGNUO_PUBLIC_URL", f"http://{host}:{port}"),
        embed_origins=origins(variables, "YINGNUO_EMBED_ORIGINS"),
        secret_key=_secret(variables, demo),
        demo=demo,
        media_dir=Path(text(variables, "YINGNUO_MEDIA_DIR", "data/media")),
        dead_man_url=url(variables, "YINGNUO_DEAD_MAN_URL"),
        vendor_name=text(variables, "YINGNUO_VENDOR_NAME", VENDOR),
        hotline=text(variables, "YINGNUO_HOTLINE"),
        forms_dir=_folder(variables, "YINGNUO_FORMS_DIR", "forms in TOML"),
        fonts_dir=_folder(variables, "YINGNUO_FONTS_DIR", "fonts (.otf or .ttf)"),
        telegram=telegram.read(variables),
        wechat=wechat.read_settings(variables),
        voice=voice.read(variables),
    )


def refuse_unknown(variables: Environment) -> None:
    """Raise SettingsError for a variable that has our prefix and no meaning: a typing error is no default."""
    for name in sorted(variables):
        if name.startswith(PREFIX) and name not in VARIABLES:
            near = get_close_matches(name, sorted(VARIABLES), n=1, cutoff=0.0)
            raise SettingsError(name, f"absent: there is no such variable (did you mean {near[0]}?)")


def _database(variables: Environment) -> str:
    """By our own name or, where that is not set, by the one under which hosting providers hand an address out."""
    name = next((one for one in DATABASE_NAMES if text(variables, one)), DATABASE_NAMES[0])
    refusal = SettingsError(name, "sqlite:///path/to/file.db or postgresql://user:password@host/database")
    try:
        url = for_engine(make_url(text(variables, name, "sqlite:///data/yingnuo.db")))
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        raise refusal from None  # what was raised may quote the password
    if url.drivername not in DATABASES:
        raise refusal
    return url.render_as_string(hide_password=False)


def _secret(variables: Environment, demo: bool) -> str:
    name, should_be = "YINGNUO_SECRET_KEY", f"at least {SECRET_LENGTH} random characters known to nobody else"
    value = text(variables, name, DEMO_SECRET) if demo else required(variables, name, should_be)
    if len(value) < SECRET_LENGTH or (value == DEMO_SECRET and not demo):
        raise SettingsError(name, should_be)
    return value


def _folder(variables: Environment, name: str, of: str) -> Path | None:
    value = text(variables, name)
    if not value:
        return None
    if not Path(value).is_dir():
        raise SettingsError(name, f"the path of a folder of {of}")
    return Path(value)
