"""The port between the house and a platform: what a channel must offer and what it is given.

A channel is one folder (`bot/telegram`, `bot/wechat`, `bot/web`). It verifies and reads requests, hands each
message to the `Receiver`, and sends what delivery gives it. It never sees a ticket or a database.
"""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from aiohttp import web

from conversations.engine.messages import Incoming, Media, Outcome, Outgoing


class Reception(StrEnum):
    """What became of an incoming message."""

    NEW = "new"
    SEEN = "seen"  # a retry: nothing changed, the first result is given again
    FAILED = "failed"  # stored, answered with an honest sentence, the desk alarmed


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The answer to one incoming message, given after its transaction is committed.

    `passive` is the reply that the request itself may carry; whoever takes it must report with
    `Receiver.delivered`, else delivery sends it after its lease has ended.
    """

    reception: Reception
    passive: Outgoing | None = None


class Receiver(Protocol):
    """What the house gives a channel to hand messages to."""

    async def receive(self, incoming: Incoming, *, passive_until: datetime | None = None) -> Receipt:
        """Store and converse in one transaction; never raises for what a person may send.

        With `passive_until` the first reply is leased to the caller until then and comes in the receipt.
        """
        ...

    async def delivered(self, key: str, outcome: Outcome) -> None:
        """Report the sending of a passive reply, or what a platform's receipt told later, by outbox key."""
        ...

    async def unreadable(self, channel: str, external_id: str, raw: str, reason: str) -> None:
        """Keep a rightly signed request that cannot be read: stored as failed, the desk alarmed."""
        ...


class Channel(Protocol):
    """One platform. `name` is the word in tables and stories: web, telegram, wechat."""

    @property
    def name(self) -> str: ...

    def routes(self, receiver: Receiver) -> Iterable[web.RouteDef]:
        """The HTTP routes that this channel listens on."""
        ...

    async def start(self, receiver: Receiver) -> None:
        """Open sessions, begin polling where configured. Must not fail because the platform is down."""
        ...

    async def stop(self) -> None:
        """Finish what is being sent, then close."""
        ...

    async def send(self, message: Outgoing) -> Outcome:
        """One attempt; never raises for what a platform may answer."""
        ...

    def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """The bytes of something that came in, in chunks. Raises `FetchError`."""
        ...

    async def check(self) -> list[str]:
        """What is wrong with the configuration, tried against the platform; one sentence each."""
        ...


class FetchError(Exception):
    """A medium cannot be fetched; `permanent` says whether to ask again later."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent
