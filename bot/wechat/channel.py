"""The WeChat service account as a channel: everything of this folder put together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime

from aiohttp import web

from bot.channel import Receiver
from bot.wechat import media as moving
from bot.wechat.answering import BUDGET_SECONDS, Answering
from bot.wechat.checking import wrong_with
from bot.wechat.client import CallError, Client, Wire, fetch_token
from bot.wechat.crypto import Seal
from bot.wechat.publishing import publish, scan_address
from bot.wechat.reading import CHANNEL
from bot.wechat.sending import Sender
from bot.wechat.settings import WechatSettings
from bot.wechat.tokens import Fetched, TokenHolder, TokenInMemory, TokenStore
from bot.wechat.webhook import Webhook
from bot.wechat.windows import WindowsInMemory, WindowStore
from conversations.engine.messages import Media, Outcome, Outgoing

log = logging.getLogger(__name__)


class WechatChannel:
    """See `bot.channel.Channel`. Stores in memory serve one process; several share theirs by the database."""

    def __init__(
        self, settings: WechatSettings, clock: Callable[[], datetime], *, tokens: TokenStore | None = None,
        windows: WindowStore | None = None, budget_seconds: float = BUDGET_SECONDS,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._budget_seconds = budget_seconds
        self._wire = Wire(settings.base_url)
        self._client = Client(self._wire, TokenHolder(tokens or TokenInMemory(), self._fetch_token, clock))
        self._windows: WindowStore = windows or WindowsInMemory()
        self._sender = Sender(self._client, self._windows, clock)
        self._answering: Answering | None = None
        self._publishing: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return CHANNEL

    def routes(self, receiver: Receiver) -> Iterable[web.RouteDef]:
        self._answering = Answering(receiver, self._clock, self._budget_seconds)
        seal = Seal(self._settings.app_id, self._settings.pairs)
        return Webhook(receiver, seal, self._windows, self._answering, self._clock).routes()

    async def start(self, receiver: Receiver) -> None:
        """The menu is published beside everything else: a platform that is down keeps no desk from
        starting."""
        self._publishing = asyncio.create_task(self._publish())

    async def stop(self) -> None:
        """Finish what is being conversed, then close."""
        if self._publishing is not None:
            self._publishing.cancel()
            await asyncio.gather(self._publishing, return_exceptions=True)
        if self._answering is not None:
            await self._answering.stop()
        await self._wire.close()

    async def send(self, message: Outgoing) -> Outcome:
        """By customer service messages. The message id is our own key, for the platform gives none."""
        return await self._sender.send(message)

    def fetch(self, media: Media) -> AsyncIterator[bytes]:
        return moving.fetch(self._client, self._wire, self._settings.base_url, media)

    async def check(self) -> list[str]:
        """What is wrong with the account, tried against the platform."""
        try:
            return await wrong_with(self._client)
        finally:
            if self._publishing is None:  # never started: nobody else will close it
                await self._wire.close()

    async def scan_address(self, code: str) -> str:
        """What a lasting QR of the account must contain for this code: scanned, it opens the chat with it."""
        return await scan_address(self._client, code)

    async def _fetch_token(self) -> Fetched:
        return await fetch_token(self._wire, self._settings.app_id, self._settings.app_secret)

    async def _publish(self) -> None:
        try:
            await publish(self._client)
        except CallError as error:
            log.warning("wechat: the menu could not be published: %s", error)
