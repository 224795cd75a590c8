"""The one holder of the access token. Everybody asks here, nobody fetches one beside it.

Two holders would make each other's tokens invalid for ever; sixteen users of an expired one would fetch
sixteen. A user whom the platform refuses says *which generation* failed: it is renewed only if it is still
the current one. Source: fact sheet §4 (stable_token) and §8, traps 4-6.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

EARLY = timedelta(minutes=2)  # stable_token gives the next one five minutes before, the old one works on


@dataclass(frozen=True)
class Token:
    """An access token. Generations count from 1, one for each that was fetched."""

    value: str = field(repr=False)
    expires_at: datetime
    generation: int


@dataclass(frozen=True)
class Fetched:
    """What the platform gave: the token and how many seconds it lasts."""

    value: str = field(repr=False)
    seconds: int


class TokenStore(Protocol):
    """Where the token is kept, one per account; shared by all processes, for instance a row of the
    database."""

    async def load(self) -> Token | None: ...

    async def save(self, token: Token, *, replaces: int) -> Token:
        """Keep `token` if the stored generation is still `replaces` (0: none); the token that is stored
        now."""
        ...


class TokenInMemory:
    """For one process."""

    def __init__(self) -> None:
        self._token: Token | None = None

    async def load(self) -> Token | None:
        return self._token

    async def save(self, token: Token, *, replaces: int) -> Token:
        if self._token is None or self._token.generation == replaces:
            self._token = token
        return self._token


class TokenHolder:
    """Gives the current token. `fetch` asks the platform and may raise what the wire raises."""

    def __init__(self, store: TokenStore, fetch: Callable[[], Awaitable[Fetched]],
                 clock: Callable[[], datetime]) -> None:
        self._store = store
        self._fetch = fetch
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()

    async def current(self) -> Token:
        """A token that lasts; fetched when there is none."""
        token = await self._store.load()
        if token is not None and self._lasts(token):
            return token
        return await self._renew(token.generation if token else 0)

    async def renewed(self, failed: int) -> Token:
        """The token after generation `failed` was refused; fetched unless somebody did so already."""
        return await self._renew(failed)

    async def _renew(self, failed: int) -> Token:
        async with self._one_at_a_time:
            stored = await self._store.load()
            if stored is not None and stored.generation != failed and self._lasts(stored):
                return stored
            before = stored.generation if stored is not None else 0
            fetched = await self._fetch()
            expires_at = self._clock() + timedelta(seconds=fetched.seconds)
            return await self._store.save(Token(fetched.value, expires_at, before + 1), replaces=before)

    def _lasts(self, token: Token) -> bool:
        return self._clock() < token.expires_at - EARLY
