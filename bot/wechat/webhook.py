"""The door that the platform pushes to. What does not prove to come from it gets a 4xx and changes nothing.

What is rightly signed is answered 200, whatever it holds: anything else shows the person
「该公众号暂时无法提供服务，请稍后再试」 and is pushed again.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from aiohttp import web

from bot.channel import Receiver
from bot.guards import read_body
from bot.wechat import windows
from bot.wechat.answering import Answering
from bot.wechat.crypto import ForgedError, Opened, Query, Seal, UndecryptableError
from bot.wechat.parsing import Pushed, UnreadableError, decoded, encrypted_part, parse
from bot.wechat.reading import ALARMING, CHANNEL, Read, read
from bot.wechat.replying import rendered
from bot.wechat.windows import WindowStore
from conversations.engine.messages import Contact

log = logging.getLogger(__name__)

PATH = "/wechat"
MOST_BYTES = 64 * 1024  # a real push has a few KiB
CONTENT_TYPES = ("text/xml", "application/xml")
MOST_ECHO = 256
Clock = Callable[[], datetime]


class Webhook:
    """GET is the console's check of the address, POST brings messages and events."""

    def __init__(
        self, receiver: Receiver, seal: Seal, store: WindowStore, answering: Answering, clock: Clock
    ) -> None:
        self._receiver = receiver
        self._seal = seal
        self._windows = store
        self._answering = answering
        self._clock = clock

    def routes(self) -> Iterable[web.RouteDef]:
        return [web.get(PATH, self.verify), web.post(PATH, self.take)]

    async def verify(self, request: web.Request) -> web.Response:
        """Answers `echostr` as it came, once the signature is right; plain text, so that it is no page of
        ours."""
        query = Query.of(request.query)
        try:
            self._seal.check(query, self._clock())
        except ForgedError as error:
            raise _forbidden(error) from error
        if not 0 < len(query.echostr) <= MOST_ECHO:
            raise web.HTTPBadRequest(text="echostr")
        return web.Response(text=query.echostr, headers={"X-Content-Type-Options": "nosniff"})

    async def take(self, request: web.Request) -> web.Response:
        """One push."""
        query = Query.of(request.query)
        body = await read_body(request, limit=MOST_BYTES, content_types=CONTENT_TYPES)
        encrypt = _encrypted(body)
        try:
            opened = self._seal.open(query, encrypt, self._clock())
        except ForgedError as error:
            raise _forbidden(error) from error
        except UndecryptableError as error:
            return await self._unreadable(encrypt, str(error))
        try:
            pushed = parse(opened.text)
            found = read(pushed, opened.text, self._clock())
        except UnreadableError as error:
            return await self._unreadable(opened.text, str(error))
        return await self._taken(request, opened, pushed, found)

    async def _taken(
        self, request: web.Request, opened: Opened, pushed: Pushed, found: Read | None
    ) -> web.Response:
        if pushed.event in ALARMING:
            log.error("wechat: the platform announces %s: look at the account's console", pushed.event)
        if found is None:
            return _success()
        await self._note_window(found)
        try:
            text = await self._answering.answer(found.incoming, lambda: _is_live(request))
        except Exception as error:
            # Not stored, so not "success": the platform repeats it, and in the end tells the person itself.
            raise web.HTTPTooManyRequests(text="not taken") from error
        if text is None:
            return _success()
        xml = rendered(text, to=pushed.account, sender=pushed.to, now=self._clock())
        return web.Response(text=self._seal.close(xml, opened.pair, self._clock()), content_type="text/xml")

    async def _note_window(self, found: Read) -> None:
        """Before the house hears of it: what it answers may leave at once."""
        account, at = found.incoming.account, found.incoming.sent_at or self._clock()
        if found.act is not None:
            before = await self._windows.get(account)
            await self._windows.set(account, windows.opened(before, found.act, at))
        elif found.incoming.contact is Contact.LEFT:
            await self._windows.set(account, windows.closed(await self._windows.get(account), at))

    async def _unreadable(self, raw: str, reason: str) -> web.Response:
        """Kept as failed, once however often it comes; the person is not shown an error of ours."""
        key = "unreadable:" + hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest()[:32]
        await self._receiver.unreadable(CHANNEL, key, raw, reason)
        return _success()


def _encrypted(body: bytes) -> str:
    """The sealed part of a push. Raises 400 for what is no XML, 403 for a plain one: nothing signs its
    body."""
    try:
        encrypt = encrypted_part(decoded(body))
    except UnreadableError as error:
        raise web.HTTPBadRequest(text=str(error)) from error
    if not encrypt:
        raise web.HTTPForbidden(text="encrypted mode only")
    return encrypt


def _forbidden(error: ForgedError) -> web.HTTPForbidden:
    log.warning("wechat: a request was refused: %s", error)
    return web.HTTPForbidden(text=str(error))


def _success() -> web.Response:
    """No answer to show and no repetition wanted; stands in clear also in encrypted mode."""
    return web.Response(text="success")


def _is_live(request: web.Request) -> bool:
    return request.transport is not None and not request.transport.is_closing()
