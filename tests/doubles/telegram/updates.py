"""What waits to be told to the bot: numbered, queued by chat, kept until confirmed or too old.

Messages and edits of a chat wait for each other; taps and membership have queues of their own, so they may
overtake. By webhook confirmed means answered 2xx, by polling asked for what comes after.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.doubles.telegram.wire import ApiError, Call

DAY = timedelta(days=1)
LIVES = {"callback_query": timedelta(seconds=150)}  # the others a day
SILENT_UNLESS_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
LONGEST_POLL_SECONDS = 50


@dataclass(eq=False)
class Waiting:
    """One update on its way. `queue` is whose turn it takes."""

    body: dict[str, Any]
    queue: str
    until: datetime
    tries: int = 0
    next_at: datetime | None = None  # not pushed before this moment, after an answer that was none
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def id(self) -> int:
        return int(self.body["update_id"])


@dataclass
class Updates:
    """The queues, the numbers, and who may hear."""

    now: datetime
    waiting: list[Waiting] = field(default_factory=list)
    emitted: list[dict[str, Any]] = field(default_factory=list)
    kinds: Collection[str] = ()  # empty: all but those that must be asked for
    count: int = 0

    def __post_init__(self) -> None:
        self._poller: asyncio.Future[None] | None = None

    def put(self, kind: str, content: dict[str, Any], chat: object) -> Waiting:
        """Number it and let it wait. What the bot has not asked for is confirmed at once."""
        self.count += 1
        body = {"update_id": 700_000_000 + self.count, kind: content}
        lane = {"edited_message": "message"}.get(kind, kind)
        one = Waiting(body, f"{lane} {chat}", self.now + LIVES.get(kind, DAY))
        if kind not in self.kinds if self.kinds else kind in SILENT_UNLESS_ASKED:
            one.done.set()
            return one
        self.emitted.append(body)
        self.waiting.append(one)
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        return one

    def again(self, one: Waiting) -> None:
        """It was confirmed, and that was lost: it comes once more."""
        self.waiting.insert(0, one)
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def confirm(self, one: Waiting) -> None:
        one.done.set()
        if one in self.waiting:
            self.waiting.remove(one)

    def expire(self) -> None:
        """What nobody fetched in time is gone."""
        for one in [one for one in self.waiting if one.until <= self.now]:
            self.confirm(one)

    def heads(self) -> list[Waiting]:
        """The first of every queue."""
        self.expire()
        first: dict[str, Waiting] = {}
        for one in self.waiting:
            first.setdefault(one.queue, one)
        return list(first.values())

    async def get(self, call: Call, *, has_webhook: bool) -> list[dict[str, Any]]:
        """getUpdates. Raises ApiError 409 for a bot with a webhook, and to the older of two pollers."""
        if has_webhook:
            raise ApiError(409, WEBHOOK_ACTIVE)
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ApiError(409, TERMINATED))
        if (kinds := call.parsed("allowed_updates")) is not None:
            self.kinds = kinds
        offset = call.number("offset") or 0
        for one in [one for one in self.waiting if one.id < offset]:
            self.confirm(one)
        self.expire()
        if not self.waiting:
            await self._wait(min(call.number("timeout") or 0, LONGEST_POLL_SECONDS))
        limit = min(call.number("limit") or 100, 100)
        return [one.body for one in self.waiting if one.id >= offset][:limit]

    async def _wait(self, seconds: int) -> None:
        self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await self._poller
        except TimeoutError:
            return
