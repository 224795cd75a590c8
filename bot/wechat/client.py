"""The thin way to the platform's API: one call, one answer, or an error that says whether it was sent.

An answer that is not a JSON object is a failure (a proxy's page is none), nothing unknown is tried again, and
the address of a call, which holds the access token, never reaches a log or an exception.
"""

import json as writing
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
)

from bot.wechat.errors import Remedy, meaning_of
from bot.wechat.tokens import Fetched, Token, TokenHolder

TIMEOUT = ClientTimeout(total=30, sock_connect=5, sock_read=10)
MOST_BYTES = 1024 * 1024  # of a JSON answer
UNAVAILABLE = frozenset({429, 503})  # the door is shut: what was sent was not taken
Answer = Mapping[str, object]


class CallError(Exception):
    """A call that did not succeed."""


class AnsweredError(CallError):
    """The platform said no. `words` are its own, for the operator; they may name an address or an id."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"errcode {code}")
        self.code = code
        self.words = words


class NotSentError(CallError):
    """Certainly not taken: no connection, no token, or the door was shut."""


class NoAnswerError(CallError):
    """Sent, and nobody knows what became of it."""


class Wire:
    """HTTP to one base address. The session is made when first needed."""

    def __init__(self, base_url: str, timeout: ClientTimeout = TIMEOUT) -> None:
        self._base_url = base_url
        self._timeout = timeout
        self._session: ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def ask(self, method: str, path: str, *, query: Mapping[str, str],
                  body: bytes | FormData | None = None) -> Answer:
        """The JSON object that answers. Raises AnsweredError, NotSentError, NoAnswerError."""
        async with self.open(method, path, query=query, body=body) as response:
            return checked(await read_object(response))

    @asynccontextmanager
    async def open(self, method: str, path: str, *, query: Mapping[str, str],
                   body: bytes | FormData | None = None) -> AsyncIterator[ClientResponse]:
        """The open answer with status 200. Raises NotSentError, NoAnswerError."""
        if self._session is None:
            self._session = ClientSession(timeout=self._timeout)
        headers = {"Content-Type": "application/json; charset=utf-8"} if isinstance(body, bytes) else {}
        address = path if "://" in path else self._base_url + path
        try:
            async with self._session.request(method, address, params=query, data=body, headers=headers,
                                             allow_redirects=False) as response:
                _check_status(response)
                yield response
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise NotSentError(type(error).__name__) from None
        except (ClientError, TimeoutError, OSError) as error:
            raise NoAnswerError(type(error).__name__) from None


class Client:
    """Calls with the access token; one that the platform refuses is renewed once and the call repeated
    once."""

    def __init__(self, wire: Wire, tokens: TokenHolder) -> None:
        self._wire = wire
        self._tokens = tokens

    async def call(self, path: str, json: Answer) -> Answer:
        """POST a JSON object in real UTF-8 (`\\u` escapes are refused with 40033)."""
        body = writing.dumps(json, ensure_ascii=False).encode()
        return await self._with_token(
            lambda token: self._wire.ask("POST", path, query=_query(token), body=body)
        )

    async def get(self, path: str) -> Answer:
        """GET a JSON object."""
        return await self._with_token(lambda token: self._wire.ask("GET", path, query=_query(token)))

    async def upload(self, path: str, kind: str, name: str, media_type: str, content: bytes) -> Answer:
        """POST a file; a form can be sent once only, so each attempt makes its own."""

        async def attempt(token: Token) -> Answer:
            form = FormData()
            form.add_field("media", content, filename=name, content_type=media_type)
            return await self._wire.ask("POST", path, query={**_query(token), "type": kind}, body=form)

        return await self._with_token(attempt)

    async def token(self) -> Token:
        """The current token. Raises AnsweredError, NotSentError."""
        return await self._current()

    async def renewed(self, token: Token) -> Token:
        """The token that follows a refused one. Raises AnsweredError, NotSentError."""
        try:
            return await self._tokens.renewed(token.generation)
        except NoAnswerError as error:
            raise NotSentError(f"no token: {error}") from error

    async def _current(self) -> Token:
        try:
            return await self._tokens.current()
        except NoAnswerError as error:  # the token stayed away, so the message certainly did
            raise NotSentError(f"no token: {error}") from error

    async def _with_token(self, attempt: Callable[[Token], Awaitable[Answer]]) -> Answer:
        token = await self._current()
        try:
            return await attempt(token)
        except AnsweredError as error:
            if meaning_of(error.code).remedy is not Remedy.RENEW_TOKEN:
                raise
        return await attempt(await self.renewed(token))


async def fetch_token(wire: Wire, app_id: str, app_secret: str) -> Fetched:
    """A token from stable_token: the same one until five minutes before its end, whoever asks."""
    wanted = {"grant_type": "client_credential", "appid": app_id, "secret": app_secret}
    body = writing.dumps({**wanted, "force_refresh": False}).encode()
    answer = await wire.ask("POST", "/cgi-bin/stable_token", query={}, body=body)
    value, seconds = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(value, str) or not value or not isinstance(seconds, int):
        raise NoAnswerError("no token in the answer")
    return Fetched(value, seconds)


async def read_object(response: ClientResponse) -> Answer:
    """The body as a JSON object, at most a megabyte. Raises NoAnswerError."""
    body = await response.content.read(MOST_BYTES + 1)
    while len(body) <= MOST_BYTES and (more := await response.content.read(MOST_BYTES)):
        body += more
    try:
        value = writing.loads(body.decode("utf-8")) if len(body) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise NoAnswerError("the answer is no JSON object")
    return value


def checked(answer: Answer) -> Answer:
    """The answer, when it tells of no error. Raises AnsweredError, NoAnswerError."""
    code = answer.get("errcode", 0)
    if not isinstance(code, int) or isinstance(code, bool):
        raise NoAnswerError("errcode is no number")
    if code:
        raise AnsweredError(code, str(answer.get("errmsg", "")))
    return answer


def _check_status(response: ClientResponse) -> None:
    if response.status in UNAVAILABLE:
        raise NotSentError(f"status {response.status}")
    if response.status != 200:
        raise NoAnswerError(f"status {response.status}")


def _query(token: Token) -> dict[str, str]:
    return {"access_token": token.value}
