"""Outbox to channel: claim the heads of lanes, send side by side, book. No transaction is open while sending."""

import asyncio
import logging
from collections.abc import Mapping

from bot.channel import Channel
from bot.clock import Clock
from bot.delivering import LONGEST, Ready, book, claim
from bot.reader import Reader
from conversations.engine.messages import Fate, Outcome
from storage.work import Work

log = logging.getLogger(__name__)

ROUNDS = 10_000  # heads of lanes in one drain; more is a loop
PAGE = 20  # lanes of one claim
AT_ONCE = 60  # messages on their way at one time
PATIENCE = 0.5  # seconds; slower sendings land by themselves


class Delivery:
    """Sends what waits. Any number of these may run: a lane is leased to one at a time."""

    def __init__(self, work: Work, clock: Clock, reader: Reader, channels: Mapping[str, Channel]) -> None:
        self._work = work
        self._clock = clock
        self._reader = reader
        self._channels = channels
        self._flying: set[asyncio.Task[None]] = set()

    async def drain(self) -> int:
        """Send until nothing can leave now and nothing is on its way; how many messages that was."""
        sent = 0
        for _ in range(ROUNDS):
            begun, booked = await self._begin()
            sent += begun
            await self.land()
            if not begun and not booked:
                return sent
        log.error("delivery still finds messages after %s rounds", ROUNDS)
        return sent

    async def go(self) -> int:
        """The same, but a platform that takes its time holds up nobody else's chat: it is left to land by itself."""
        sent = 0
        for _ in range(ROUNDS):
            begun, booked = await self._begin()
            sent += begun
            if not begun and not booked:
                return sent
            if self._flying:
                await asyncio.wait(self._flying, timeout=PATIENCE)
        return sent

    async def land(self) -> None:
        """Wait for what is on its way."""
        if self._flying:
            await asyncio.wait(self._flying)

    async def _begin(self) -> tuple[int, int]:
        """(messages that have begun to leave, messages that needed no sending)."""
        now, room = self._clock.now(), AT_ONCE - len(self._flying)
        if room <= 0:
            return 0, 0
        most = min(room, PAGE)
        ready, booked = await self._work.run(lambda session: claim(session, now, self._reader, most))
        for one in ready:
            task = asyncio.create_task(self._send(one))
            self._flying.add(task)
            task.add_done_callback(self._landed)
        return len(ready), booked

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # Its lease runs out, and it is unsure then: nothing is lost.
            log.error("a sending could not be booked", exc_info=error)

    async def _send(self, one: Ready) -> None:
        outcome = await self._attempt(one)
        now = self._clock.now()
        await self._work.run(lambda session: book(session, one.row.id, outcome, now, self._reader))

    async def _attempt(self, one: Ready) -> Outcome:
        channel = self._channels.get(one.row.channel)
        if channel is None:
            return Outcome(fate=Fate.REFUSED, reason="configuration", detail="channel is not configured")
        try:
            async with asyncio.timeout(LONGEST.total_seconds()):
                await self._reader.papers.set(one.to_set)
                return await channel.send(one.out)
        except Exception as error:
            log.error("outbox %s: %s could not send", one.row.id, one.row.channel, exc_info=error)
            return Outcome(fate=Fate.UNSURE, reason=f"adapter: {type(error).__name__}")
