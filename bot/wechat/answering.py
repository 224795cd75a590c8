"""The five seconds: one message is conversed once, and its first reply goes into the answer if it is ready in
time.

The platform repeats a push that it saw no answer to, up to three tries, and tries overlap. A repetition waits
for the first one's result, and finds it for a while after; whatever was not carried by an answer is given
back to delivery at once.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channel import Receiver
from bot.wechat.replying import passive_text
from conversations.engine.messages import Contact, Fate, Incoming, Outcome, Outgoing

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=4.5)  # of the reply, to the request that may carry it
BUDGET_SECONDS = 3.5  # for deciding; the platform hangs up after five
KEPT = timedelta(seconds=20)  # three tries and some
TALKING = frozenset({Contact.MESSAGE, Contact.FOLLOWED})
IsLive = Callable[[], bool]


@dataclass
class Turn:
    """One message on its way through the house, and the requests that wait for it."""

    began_at: datetime
    waiting: list[IsLive] = field(default_factory=list)
    is_carried: bool = False
    task: asyncio.Task[str | None] | None = None


class Answering:
    """Conversations of this process. `budget_seconds` is real time, everything else the given clock's."""

    def __init__(self, receiver: Receiver, clock: Callable[[], datetime], budget_seconds: float) -> None:
        self._receiver = receiver
        self._clock = clock
        self._budget_seconds = budget_seconds
        self._turns: OrderedDict[str, Turn] = OrderedDict()
        self._running: set[asyncio.Task[str | None]] = set()

    async def answer(self, incoming: Incoming, is_live: IsLive) -> str | None:
        """The text to answer with, or None. `is_live`: the platform has not hung up. Raises what the house
        raises."""
        self._forget()
        turn = self._turns.get(incoming.external_id) or self._begin(incoming)
        assert turn.task is not None
        turn.waiting.append(is_live)
        try:
            await asyncio.wait({turn.task}, timeout=self._budget_seconds)
            is_decided = turn.task.done() or turn.is_carried
            return await asyncio.shield(turn.task) if is_decided else None
        finally:
            turn.waiting.remove(is_live)

    async def stop(self) -> None:
        """Let what is being conversed finish."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _begin(self, incoming: Incoming) -> Turn:
        turn = Turn(self._clock())
        turn.task = asyncio.create_task(self._converse(incoming, turn))
        self._turns[incoming.external_id] = turn
        self._running.add(turn.task)
        turn.task.add_done_callback(lambda task: self._ended(incoming.external_id, task))
        return turn

    def _ended(self, external_id: str, task: asyncio.Task[str | None]) -> None:
        """A message that the house could not take is forgotten, so that a repetition tries again."""
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("wechat: a message was not taken: %s", type(error).__name__, exc_info=error)
            self._turns.pop(external_id, None)

    async def _converse(self, incoming: Incoming, turn: Turn) -> str | None:
        if incoming.contact not in TALKING:
            await self._receiver.receive(incoming)
            return None
        until = turn.began_at + LEASE
        receipt = await self._receiver.receive(incoming, passive_until=until)
        if receipt.passive is None:
            return None
        return await self._carried(receipt.passive, turn, until)

    async def _carried(self, message: Outgoing, turn: Turn, until: datetime) -> str | None:
        """Booked before it is written: whoever reads the answer finds it booked, and what follows may
        leave."""
        text = passive_text(message)
        in_time = self._clock() < until and any(is_live() for is_live in turn.waiting)
        if text is None or not in_time:
            later = Outcome(fate=Fate.LATER, detail="not as a passive reply")
            await self._receiver.delivered(message.key, later)
            return None
        turn.is_carried = True
        await self._receiver.delivered(message.key, Outcome(fate=Fate.SENT, message_id=message.key))
        return text

    def _forget(self) -> None:
        """Ended turns that no try can ask for any more, oldest first."""
        while self._turns:
            external_id, turn = next(iter(self._turns.items()))
            if self._clock() - turn.began_at < KEPT or (turn.task is not None and not turn.task.done()):
                return
            del self._turns[external_id]
