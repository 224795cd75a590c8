"""The bare bot and its connections. Patience is long where an answer given up would leave a message unsure."""

import warnings
from dataclasses import dataclass

import httpx
from telegram import Bot
from telegram.request import HTTPXRequest
from telegram.warnings import PTBUserWarning

from bot.telegram.settings import TelegramSettings

CONNECTIONS = 16  # thirty messages a second at a third of a second each need ten
KEPT_ALIVE_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds. The library's own five for reading would make many sendings unsure (fact sheet §3.2 b)."""

    connect: float = 5.0
    pool: float = 5.0
    read: float = 25.0
    write: float = 20.0
    write_files: float = 60.0
    poll: int = 25  # how long Telegram holds a question for updates open
    tap: float = 2.0  # the answer to a tap is dropped when it comes later


def make_bot(settings: TelegramSettings, patience: Patience) -> Bot:
    """A bot that has asked nothing yet: `initialize` would need the network."""
    # Asking for raw updates is on purpose: the library's own way fails for a whole batch on one bad update.
    warnings.filterwarnings("ignore", message=".*getUpdates.*", category=PTBUserWarning)
    limits = httpx.Limits(
        max_connections=CONNECTIONS,
        max_keepalive_connections=CONNECTIONS,
        keepalive_expiry=KEPT_ALIVE_SECONDS,
    )
    sending = HTTPXRequest(
        connection_pool_size=CONNECTIONS,
        connect_timeout=patience.connect,
        pool_timeout=patience.pool,
        read_timeout=patience.read,
        write_timeout=patience.write,
        media_write_timeout=patience.write_files,
        proxy=settings.proxy or None,
        httpx_kwargs={"limits": limits},
    )
    polling = HTTPXRequest(
        connection_pool_size=2, read_timeout=patience.poll + patience.read, proxy=settings.proxy or None
    )
    return Bot(
        settings.token,
        base_url=settings.base_url,
        base_file_url=settings.file_url,
        request=sending,
        get_updates_request=polling,
    )
