"""From the commit to the start of sending: how long an answer waits for delivery to take it up.

In one process the commit wakes delivery by an event; between two, over PostgreSQL, by NOTIFY. One message at a time:
what is measured is the way, not a queue.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from aiohttp import web

from bench.product import a_house, listening
from bot.channel import FetchError, Receiver
from bot.house import House
from bot.running import Running
from conversations.engine.messages import Fate, Incoming, Media, Outcome, Outgoing
from storage.migrating import migrate

MESSAGES = 300
NAME = "bench"


@dataclass
class Taking:
    """A platform that takes everything at once and remembers when it was given it."""

    name: str = NAME
    began: asyncio.Queue[float] = field(default_factory=asyncio.Queue)

    async def send(self, message: Outgoing) -> Outcome:
        """Sent, at this moment."""
        self.began.put_nowait(perf_counter())
        return Outcome(fate=Fate.SENT, message_id=message.key)

    def routes(self, receiver: Receiver) -> Iterable[web.RouteDef]:
        """None: messages are handed over directly."""
        return ()

    async def start(self, receiver: Receiver) -> None:
        """Nothing to poll."""

    async def stop(self) -> None:
        """Nothing was begun."""

    def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """Nothing is sent along here."""
        raise FetchError("nothing to fetch", permanent=True)

    async def check(self) -> list[str]:
        """Nothing can be wrong."""
        return []


async def in_one_process(url: str) -> list[float]:
    """The same house receives and sends."""
    await migrate(url)
    with tempfile.TemporaryDirectory(prefix="yn-bench-") as media:
        house, platform = a_house(url, Path(media)), Taking()
        house.add(platform)
        async with listening(house):
            return await _waits(house, house, platform)


async def in_two_processes(url: str) -> list[float]:
    """One house receives, another over the same database sends."""
    await migrate(url)
    with tempfile.TemporaryDirectory(prefix="yn-bench-") as media:
        receiving, sending, platform = a_house(url, Path(media)), a_house(url, Path(media)), Taking()
        sending.add(platform)
        async with listening(receiving), listening(sending):
            return await _waits(receiving, sending, platform)


async def _waits(receiving: House, sending: House, platform: Taking) -> list[float]:
    """Milliseconds for each message, ordered."""
    took = []
    async with _running(sending):
        for number in range(MESSAGES):
            await receiving.receiving.receive(_words(receiving, number))
            committed = perf_counter()
            took.append((await platform.began.get() - committed) * 1000)
    return sorted(took)


@asynccontextmanager
async def _running(house: House) -> AsyncIterator[None]:
    background = Running(house)
    await background.start()
    yield
    await background.stop()


def _words(house: House, number: int) -> Incoming:
    """A stranger says something and is asked for an invite: one answer, each in another chat."""
    return Incoming(
        channel=NAME,
        account=f"stranger-{number}",
        chat=f"stranger-{number}",
        external_id=str(number),
        received_at=house.clock.now(),
        text="你好",
    )
