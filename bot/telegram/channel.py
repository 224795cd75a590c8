"""Telegram as a channel: a bare bot inside the HTTP server, by webhook or by a polling loop of our own.

The library's own application is not used: it answers Telegram before the message is safe. Here an update is
committed first and confirmed afterwards, and every tap is answered right after its commit.
"""

import asyncio
import contextlib
import hmac
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime

import httpx
from aiohttp import web
from telegram import Bot, BotCommand, Update
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from bot.channel import FetchError, Receiver
from bot.guards import read_body, read_json
from bot.telegram.reading import COMMANDS, UnreadableError, read
from bot.telegram.sending import send
from bot.telegram.settings import Mode, TelegramSettings
from conversations.engine.messages import Media, Outcome, Outgoing

log = logging.getLogger(__name__)

PATH = "/telegram/webhook"
MOST_BYTES = 64 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
TOAST_SECONDS = 2.0
MOST_TOAST = 200
POLL_SECONDS = 25
BACK_OFF_SECONDS = 3.0
ENGLISH = {
    "report": "Report a fault",
    "progress": "Progress",
    "human": "Talk to a human",
    "help": "Help",
    "onduty": "Who is on duty",
    "cancel": "Cancel",
}


class TelegramChannel:
    """See `bot.channel.Channel`."""

    def __init__(self, settings: TelegramSettings, clock: Callable[[], datetime], public_url: str) -> None:
        self._settings = settings
        self._clock = clock
        self._public_url = public_url
        request = HTTPXRequest(
            connection_pool_size=16,
            connect_timeout=5,
            pool_timeout=5,
            read_timeout=25,
            write_timeout=20,
            proxy=settings.proxy or None,
            httpx_kwargs={
                "limits": httpx.Limits(max_connections=16, max_keepalive_connections=16, keepalive_expiry=30)
            },
        )
        polling = HTTPXRequest(
            connection_pool_size=2, read_timeout=POLL_SECONDS + 10, proxy=settings.proxy or None
        )
        self._bot = Bot(
            settings.token,
            base_url=settings.base_url,
            base_file_url=settings.file_url,
            request=request,
            get_updates_request=polling,
        )
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def name(self) -> str:
        return "telegram"

    def routes(self, receiver: Receiver) -> Iterable[web.RouteDef]:
        if self._settings.mode is not Mode.WEBHOOK:
            return []

        async def webhook(request: web.Request) -> web.Response:
            given = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode(), self._settings.secret.encode()):
                raise web.HTTPUnauthorized(text="secret")
            body = await read_body(request, limit=MOST_BYTES, content_types=("application/json",))
            await self.take(receiver, read_json(body))
            return web.Response()

        return [web.post(PATH, webhook)]

    async def take(self, receiver: Receiver, update: dict[str, object]) -> None:
        """Commit one update, then answer its tap. What cannot be read is kept and never raised."""
        raw = json.dumps(update, ensure_ascii=False)
        key = str(update.get("update_id", ""))
        try:
            parsed = Update.de_json(update, None)
            incoming = read(parsed, self._clock(), raw)
        except (KeyError, TypeError, ValueError, AttributeError, UnreadableError) as error:
            await receiver.unreadable(self.name, key or f"?{hash(raw)}", raw, type(error).__name__)
            return
        receipt = await receiver.receive(incoming)
        if parsed.callback_query is not None:
            await self._answer(parsed.callback_query.id, receipt.toast)

    async def _answer(self, query_id: str, toast: str) -> None:
        """Every tap is answered, so that no spinner turns for ever; too late or failed is as good as done."""
        try:
            async with asyncio.timeout(TOAST_SECONDS):
                await self._bot.answer_callback_query(
                    query_id, text=toast[:MOST_TOAST] or None, show_alert=bool(toast)
                )
        except (TelegramError, TimeoutError) as error:
            log.info("a tap could not be answered: %s", type(error).__name__)

    async def start(self, receiver: Receiver) -> None:
        """Begin in the background: the house stands also while Telegram cannot be reached."""
        self._tasks.append(asyncio.create_task(self._begin()))
        if self._settings.mode is Mode.POLLING:
            self._tasks.append(asyncio.create_task(self._poll(receiver)))

    async def _begin(self) -> None:
        """Commands in both languages, and the webhook where that is the way."""
        while True:
            try:
                await self._set_up()
            except TelegramError as error:
                log.warning("Telegram cannot be set up yet: %s", type(error).__name__)
                await asyncio.sleep(BACK_OFF_SECONDS)
            else:
                return

    async def _set_up(self) -> None:
        with contextlib.suppress(BadRequest):
            await self._bot.set_my_commands(
                [BotCommand(name, COMMANDS[name]) for name in ENGLISH], language_code="zh"
            )
            await self._bot.set_my_commands([BotCommand(name, words) for name, words in ENGLISH.items()])
        if self._settings.mode is Mode.WEBHOOK:
            await self._bot.set_webhook(
                self._public_url + PATH, secret_token=self._settings.secret, allowed_updates=KINDS
            )
        else:
            await self._bot.delete_webhook()

    async def _poll(self, receiver: Receiver) -> None:
        offset = 0
        while True:
            try:
                offset = await self.poll_once(receiver, offset)
            except TelegramError as error:
                log.warning("polling: %s", type(error).__name__)
                await asyncio.sleep(BACK_OFF_SECONDS)

    async def poll_once(self, receiver: Receiver, offset: int) -> int:
        """Ask once; an update is confirmed by the next question only, when it is committed."""
        answer = await self._bot.do_api_request(
            "getUpdates", api_kwargs={"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": KINDS}
        )
        updates = answer if isinstance(answer, list) else []
        for one in updates:
            await self.take(receiver, one)
            offset = int(one["update_id"]) + 1
        return offset

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(TelegramError, RuntimeError):
            await self._bot.shutdown()

    async def send(self, message: Outgoing) -> Outcome:
        return await send(self._bot, message)

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

    async def check(self) -> list[str]:
        """Ask who we are, and how the webhook does."""
        try:
            await self._bot.get_me()
            info = await self._bot.get_webhook_info()
        except TelegramError as error:
            return [
                f"Telegram does not answer ({type(error).__name__}): check YINGNUO_TELEGRAM_TOKEN, "
                "YINGNUO_TELEGRAM_BASE_URL and YINGNUO_TELEGRAM_PROXY"
            ]
        wrong = []
        if self._settings.mode is Mode.WEBHOOK and info.url != self._public_url + PATH:
            wrong.append(f"the webhook is {info.url or 'not set'}, it should be {self._public_url + PATH}")
        if info.last_error_message:
            wrong.append(f"Telegram's last delivery failed: {info.last_error_message}")
        return wrong
