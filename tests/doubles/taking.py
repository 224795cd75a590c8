"""A platform without HTTP: takes every message at once, or, from chats that are `held`, when it is let go; what it is
told to answer `first` it answers first."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from dataclasses import dataclass, field
from time import perf_counter

from aiohttp import web

from bot.channel import FetchError, Receiver
from conversations.engine.messages import Fate, Media, Outcome, Outgoing


@dataclass
class Taking:
    """Remembers to which chats sending began, in order; `moments` gives when, to whoever measures."""

    name: str = "taking"
    held: Collection[str] = ()
    first: list[Outcome] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    moments: asyncio.Queue[float] = field(default_factory=asyncio.Queue)
    has_begun: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: Outgoing) -> Outcome:
        """Sent, at this moment or when it is let go."""
        self.moments.put_nowait(perf_counter())
        self.begun.append(message.chat)
        self.has_begun.set()
        if message.chat in self.held:
            await self.let_go.wait()
        if self.first:
            return self.first.pop(0)
        return Outcome(fate=Fate.SENT, message_id=message.key)

    def routes(self, receiver: Receiver) -> Iterable[web.RouteDef]:
        """None: messages are handed over directly."""
        return ()

    async def start(self, receiver: Receiver) -> None:
        """Nothing to open."""

    async def stop(self) -> None:
        """Nothing to close."""

    def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """Nothing is sent along here."""
        raise FetchError("nothing to fetch", permanent=True)

    async def check(self) -> list[str]:
        """Nothing can be wrong."""
        return []
