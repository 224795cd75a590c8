"""The web chat as a channel. Its platform is the house itself: what is sent is what the tables say was sent."""

from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime

from aiohttp import web

from bot.channel import Receiver
from bot.web.links import Links
from bot.web.ports import Mailbox, Uploads
from bot.web.talking import Talking
from conversations.engine.messages import Fate, Media, Outcome, Outgoing


class WebChannel:
    """See `bot.channel.Channel`; paths and message format: docs/web-chat.md."""

    def __init__(
        self, links: Links, mailbox: Mailbox, uploads: Uploads, clock: Callable[[], datetime]
    ) -> None:
        self._links = links
        self._mailbox = mailbox
        self._uploads = uploads
        self._clock = clock

    @property
    def name(self) -> str:
        return "web"

    def routes(self, receiver: Receiver) -> Iterable[web.RouteDef]:
        return Talking(receiver, self._links, self._mailbox, self._uploads, self._clock).routes()

    async def start(self, receiver: Receiver) -> None:
        """Nothing to open."""

    async def stop(self) -> None:
        """Nothing to close."""

    async def send(self, message: Outgoing) -> Outcome:
        """Booked as sent; the page reads it from the tables after that commit."""
        return Outcome(fate=Fate.SENT, message_id=message.edits or message.key)

    def fetch(self, media: Media) -> AsyncIterator[bytes]:
        return self._uploads.read(media.reference)

    async def check(self) -> list[str]:
        """Nothing outside can be wrong."""
        return []
