"""The web channel for stories: the product's own, refusing for whom the story says so."""

from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from aiohttp import web

from bot.channel import Receiver
from bot.clock import Clock
from bot.house import House
from bot.mailbox import SENT, OutboxFiles, OutboxMailbox
from bot.web.channel import WebChannel
from bot.web.links import Links
from bot.web.pages import page_routes
from bot.web.uploads import DiskUploads
from conversations.engine.messages import Fate, Media, Outcome, Outgoing
from tests.doubles.web import WebPlatform

FATES = {"timeout": Fate.UNSURE, "down": Fate.LATER}
WAIT_SECONDS = 30.0


class RefusingWeb:
    """A browser cannot refuse a message; a story may say that it does."""

    name = "web"

    def __init__(self, channel: WebChannel, pages: Iterable[web.RouteDef], platform: WebPlatform) -> None:
        self._channel = channel
        self._pages = pages
        self._platform = platform

    def routes(self, receiver: Receiver) -> Iterable[web.RouteDef]:
        return [*self._channel.routes(receiver), *self._pages]

    async def start(self, receiver: Receiver) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, message: Outgoing) -> Outcome:
        reason = self._platform.refusals.get(message.account, "")
        if reason:
            return Outcome(fate=FATES.get(reason, Fate.REFUSED), reason=reason, after_seconds=WAIT_SECONDS)
        return await self._channel.send(message)

    def fetch(self, media: Media) -> AsyncIterator[bytes]:
        return self._channel.fetch(media)

    async def check(self) -> list[str]:
        return []


def web_channel(platform: WebPlatform, clock: Clock, house: House, secret: str, media: Path) -> RefusingWeb:
    """The channel, and the links by which the story's people come in."""
    links = Links(secret)
    platform.link = lambda account: links.make(account, clock.now())
    platform.news = lambda: house.waking.version(SENT)
    channel = WebChannel(links, OutboxMailbox(house.work, house.waking), DiskUploads(media), clock.now)
    pages = page_routes(links, clock.now, OutboxFiles(house.work, media))
    return RefusingWeb(channel, pages, platform)
