"""Telegram calls the bot: one request per update with the secret in its header, again until the answer is 2xx."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession

from tests.doubles.platform import Traffic
from tests.doubles.telegram.updates import Updates, Waiting

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(seconds=60)
AT_ONCE = 2  # tries without any wait between


@dataclass(frozen=True)
class Webhook:
    """As set by setWebhook."""

    url: str
    secret: str
    certificate: str = ""


class Pushing:
    """The side of Telegram that speaks. Whatever the address says, it is the desk under test that hears it: a
    proxy with the certificate stands before a real one."""

    def __init__(self, updates: Updates, traffic: Traffic) -> None:
        self.webhook: Webhook | None = None
        self.house_url = ""
        self.last_error = ""
        self.answers: list[int] = []  # status of every push; 0: none came
        self.hooked = asyncio.Event()
        self._updates = updates
        self._traffic = traffic
        self._locks: dict[str, asyncio.Lock] = {}

    async def open(self) -> None:
        self._session = ClientSession()

    async def close(self) -> None:
        await self._session.close()

    def set(self, webhook: Webhook | None) -> None:
        """From now on, or no longer."""
        self.webhook = webhook
        if webhook is None:
            self.hooked.clear()
        else:
            self.hooked.set()

    async def pump(self, queue: str) -> None:
        """Push what stands in this queue until it is empty or its head must wait."""
        async with self._locks.setdefault(queue, asyncio.Lock()):
            while self.webhook is not None:
                head = next((one for one in self._updates.heads() if one.queue == queue), None)
                if head is None or (head.next_at is not None and head.next_at > self._updates.now):
                    return
                if await self.post(head):
                    self._updates.confirm(head)
                else:
                    self._postpone(head)

    def _postpone(self, one: Waiting) -> None:
        """Once more at once, then after 2, 4, 8 … seconds of the double's clock."""
        one.tries += 1
        if one.tries >= AT_ONCE:
            wait = min(FIRST_WAIT * 2 ** (one.tries - AT_ONCE), LONGEST_WAIT)
            one.next_at = self._updates.now + wait

    async def post(self, one: Waiting) -> bool:
        """Whether the bot took it."""
        assert self.webhook is not None
        self._traffic.to_house += 1
        address = self.house_url + urlsplit(self.webhook.url).path
        headers = {SECRET_HEADER: self.webhook.secret} if self.webhook.secret else {}
        try:
            async with self._session.post(address, json=one.body, headers=headers) as answer:
                status = answer.status
        except ClientError:
            status = 0
        self.answers.append(status)
        taken = 200 <= status < 300
        wrong = f"Wrong response from the webhook: {status}" if status else "Connection refused"
        self.last_error = "" if taken else wrong
        return taken
