"""Telegram as a channel: a bare bot inside the HTTP server, by webhook or by a polling loop of our own.

The library's own application is not used: it answers Telegram before the message is safe. Here an update is
committed first and confirmed afterwards, and every tap is answered right after its commit.
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from datetime import datetime

from aiohttp import web
from telegram import Update
from telegram.error import BadRequest, TelegramError

from bot.channel import FetchError, Receiver
from bot.guards import read_body, read_json
from bot.telegram import account
from bot.telegram.client import Patience, make_bot
from bot.telegram.polling import Polling, Sleep
from bot.telegram.reading import KINDS, read
from bot.telegram.sending import Sender
from bot.telegram.settings import Mode, TelegramSettings
from conversations.engine.messages import Media, Outcome, Outgoing

log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BACK_OFF_SECONDS = 3.0
PATIENCE = Patience()


class TelegramChannel:
    """See `bot.channel.Channel`. `sleep` waits between tries to set the bot up and to poll."""

    def __init__(
        self,
        settings: TelegramSettings,
        clock: Callable[[], datetime],
        public_url: str,
        *,
        patience: Patience = PATIENCE,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._public_url = public_url
        self._patience = patience
        self._sleep = sleep
        self._bot = make_bot(settings, patience)
        self._sender = Sender(self._bot)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def name(self) -> str:
        return "telegram"

    def routes(self, receiver: Receiver) -> Iterable[web.RouteDef]:
        if self._settings.mode is not Mode.WEBHOOK:
            return []

        async def webhook(request: web.Request) -> web.Response:
            given = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode("utf-8", "replace"), self._settings.secret.encode()):
                raise web.HTTPUnauthorized(text="secret")
            body = await read_body(request, limit=MOST_BYTES, content_types=("application/json",))
            await self.take(receiver, read_json(body))
            return web.Response()

        return [web.post(account.PATH, webhook)]

    async def take(self, receiver: Receiver, update: Mapping[str, object]) -> None:
        """Commit one update, then answer its tap. What cannot be read is kept and never raised."""
        if update.keys().isdisjoint(KINDS):
            log.info("telegram: update %s is of no kind that we asked for", update.get("update_id"))
            return
        raw = json.dumps(update, ensure_ascii=False)
        try:
            incoming = read(Update.de_json(dict(update), None), self._clock(), raw)
        except Exception as error:  # noqa: BLE001 - the library raises anything: KeyError, OSError for a date
            key = str(update.get("update_id") or "?" + hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest()[:32])
            await receiver.unreadable(self.name, key, raw, type(error).__name__)
        else:
            await receiver.receive(incoming)
        if query_id := _query_id(update):
            await self._answer(query_id)

    async def _answer(self, query_id: str) -> None:
        """Every tap is answered, so that no spinner turns for ever; too late or failed is as good as done.

        Without words: what there is to say comes as a message, which no outage can swallow.
        """
        try:
            async with asyncio.timeout(self._patience.tap):
                await self._bot.answer_callback_query(query_id)
        except (TelegramError, TimeoutError) as error:
            log.info("telegram: a tap could not be answered: %s", type(error).__name__)

    async def start(self, receiver: Receiver) -> None:
        """Begin in the background: the house stands also while Telegram cannot be reached."""
        self._tasks = [asyncio.create_task(self._listen(receiver)), asyncio.create_task(self._introduce())]

    async def _listen(self, receiver: Receiver) -> None:
        """Polling begins when the webhook is gone: until then Telegram refuses it."""
        await self._until_done(lambda: account.listen(self._bot, self._settings, self._public_url))
        if self._settings.mode is Mode.POLLING:
            polling = Polling(
                self._bot,
                lambda update: self.take(receiver, update),
                self._patience.poll,
                self._sleep,
            )
            await polling.run()

    async def _introduce(self) -> None:
        await self._until_done(lambda: account.show_commands(self._bot))

    async def _until_done(self, step: Callable[[], Awaitable[None]]) -> None:
        """Refused for good is logged and left: the bot works without a menu, and `check` tells the rest."""
        while True:
            try:
                await step()
            except BadRequest as error:
                log.error("telegram: the bot cannot be set up: %s", error.message)
                return
            except TelegramError as error:
                log.warning("telegram: the bot cannot be set up yet: %s", type(error).__name__)
                await self._sleep(BACK_OFF_SECONDS)
            else:
                return

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(TelegramError, RuntimeError):
            await self._bot.shutdown()

    async def send(self, message: Outgoing) -> Outcome:
        return await self._sender.send(message)

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """At most 20 MB come from Telegram; the link of a file holds the token, so it is never shown."""
        try:
            file = await self._bot.get_file(media.reference)
            content = await file.download_as_bytearray()
        except BadRequest as error:
            raise FetchError("Telegram does not give this file", permanent=True) from error
        except TelegramError as error:
            raise FetchError(type(error).__name__, permanent=False) from error
        yield bytes(content)

    async def start_link(self, code: str) -> str:
        """The address by which an invite or a room is opened here."""
        return await account.start_link(self._bot, code)

    async def check(self) -> list[str]:
        """Ask who we are, and how the webhook does."""
        return await account.check(self._bot, self._settings, self._public_url)


def _query_id(update: Mapping[str, object]) -> str:
    query = update.get("callback_query")
    return str(query.get("id") or "") if isinstance(query, dict) else ""
