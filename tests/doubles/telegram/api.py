"""The Bot API over HTTP: token, method, orders of the test, and the people who refuse."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import web

from tests.doubles.platform import Traffic
from tests.doubles.telegram.files import Files
from tests.doubles.telegram.methods import Methods
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.wire import ApiError, Call, page, read_call

BLOCKED = "bot was blocked by the user"
PERMANENT = frozenset({"blocked", "window", "quota"})  # Telegram has no windows and no quota
HANG, CLOSE, TEAR = "hang", "close", "tear"
MOST_REQUEST = 52 * 2**20


@dataclass
class Order:
    """What becomes of the next call of a method: an error or page instead, or a fault on the wire.

    hang: done, and never answered. close: done, and the connection closed. tear: closed before it is done.
    """

    method: str
    does: ApiError | web.Response | str


@dataclass
class Api:
    """See `Order` for what a test may ask."""

    token: str
    methods: Methods
    files: Files
    traffic: Traffic
    people: dict[int, Person]
    orders: list[Order] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MOST_REQUEST)
        app.add_routes(
            [
                web.route("*", "/bot{token:[^/]+}/{method}", self._answer),
                web.get("/file/bot{token:[^/]+}/{path:.+}", self._file),
            ]
        )
        return app

    def order(self, method: str, does: ApiError | web.Response | str, times: int = 1) -> None:
        """The next calls of this method fare so."""
        self.orders += [Order(method.lower(), does)] * times

    def called(self, method: str) -> list[Call]:
        return [one for one in self.calls if one.method == method.lower()]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.traffic.from_house += 1
        call = await read_call(request)
        self.calls.append(call)
        self.counts[call.method] += 1
        if request.match_info["token"] != self.token:
            return ApiError(401).response()
        method = self.methods.by_name.get(call.method)
        if method is None:
            return ApiError(404).response()
        does = self._ordered(call.method) or self._refused(call)
        if isinstance(does, web.Response):
            return does
        try:
            if isinstance(does, ApiError):
                raise does
            if does != TEAR:
                result = await method(call)
        except ApiError as error:
            return error.response()
        if does:
            return await self._fail(request, does)
        return web.json_response({"ok": True, "result": result})

    async def _fail(self, request: web.Request, how: str) -> web.StreamResponse:
        if how == HANG:
            await self.closing.wait()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _ordered(self, method: str) -> ApiError | web.Response | str:
        for at, one in enumerate(self.orders):
            if one.method == method:
                del self.orders[at]
                return one.does
        return ""

    def _refused(self, call: Call) -> ApiError | web.Response | str:
        """Only what is for one person can be refused by one person."""
        chat = call.fields.get("chat_id", "")
        person = self.people.get(int(chat)) if chat.removeprefix("-").isdigit() else None
        reason = person.refused if person else ""
        if reason in PERMANENT:
            return ApiError(403, BLOCKED)
        if reason == "down":
            return page(503, "Service Temporarily Unavailable")
        return TEAR if reason == "timeout" else ""

    async def _file(self, request: web.Request) -> web.Response:
        self.traffic.from_house += 1
        one = self.files.at(request.match_info["path"])
        if request.match_info["token"] != self.token or one is None:
            return ApiError(404).response()
        return web.Response(body=one.content, content_type="application/octet-stream")
