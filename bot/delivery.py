"""Outbox to channel: claim the heads of lanes, send side by side, book. No transaction is open while sending."""

import asyncio
import logging
from collections.abc import Mapping

from bot.channel import Channel
from bot.clock import Clock
from bot.delivering import Ready, book, claim
from bot.reader import Reader
from conversations.engine.messages import Fate, Outcome
from storage.work import Work

log = logging.getLogger(__name__)

ROUNDS = 10_000  # heads of lanes in one drain; more is a loop


class Delivery:
    """Sends what waits. Any number of these may run: a lane is leased to one at a time."""

    def __init__(self, work: Work, clock: Clock, reader: Reader, channels: Mapping[str, Channel]) -> None:
        self._work = work
        self._clock = clock
        self._reader = reader
        self._channels = channels

    async def drain(self) -> int:
        """Send until nothing can leave now; how many messages that was."""
        sent = 0
        for _ in range(ROUNDS):
            now = self._clock.now()
            ready, booked = await self._work.run(lambda session: claim(session, now, self._reader))  # noqa: B023
            await asyncio.gather(*(self._send(one) for one in ready))
            sent += len(ready)
            if not ready and not booked:
                return sent
        log.error("delivery still finds messages after %s rounds", ROUNDS)
        return sent

    async def _send(self, one: Ready) -> None:
        outcome = await self._attempt(one)
        now = self._clock.now()
        await self._work.run(lambda session: book(session, one.row.id, outcome, now, self._reader))

    async def _attempt(self, one: Ready) -> Outcome:
        channel = self._channels.get(one.row.channel)
        if channel is None:
            return Outcome(fate=Fate.REFUSED, reason="configuration", detail="channel is not configured")
        try:
            await self._reader.papers.set(one.to_set)
            return await channel.send(one.out)
        except Exception as error:
            log.error("outbox %s: %s could not send", one.row.id, one.row.channel, exc_info=error)
            return Outcome(fate=Fate.UNSURE, reason=f"adapter: {type(error).__name__}")
