"""From the commit to the start of sending: how long an answer waits for delivery to take it up.

In one process the commit wakes delivery by an event; between two, over PostgreSQL, by NOTIFY. One message at a time:
what is measured is the way, not a queue.
"""

import tempfile
from pathlib import Path
from time import perf_counter

from bench.product import a_house, delivering, listening
from bot.house import House
from conversations.engine.messages import Incoming
from storage.migrating import migrate
from tests.doubles.taking import Taking

MESSAGES = 300


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
    async with delivering(sending):
        for number in range(MESSAGES):
            await receiving.receiving.receive(_words(receiving, number))
            committed = perf_counter()
            took.append((await platform.moments.get() - committed) * 1000)
    return sorted(took)


def _words(house: House, number: int) -> Incoming:
    """A stranger says something and is asked for an invite: one answer, each in another chat."""
    return Incoming(
        channel=Taking.name,
        account=f"stranger-{number}",
        chat=f"stranger-{number}",
        external_id=str(number),
        received_at=house.clock.now(),
        text="你好",
    )
