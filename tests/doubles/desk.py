"""A desk of one page behind the real channel: it keeps what it hears once and answers as a test wants."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from bot.channel import Channel, Receipt, Reception
from bot.server import runner
from conversations.engine.messages import Button, Incoming, Outcome, Outgoing

BUTTONS = (Button(label="确认提交", data="d.submit"), Button(label="修改", data="d.change"))


def echo(incoming: Incoming) -> Outgoing | None:
    """The person's words, with two choices."""
    return outgoing(
        incoming.account, f"收到：{incoming.text}", key=f"k{incoming.external_id}", buttons=BUTTONS
    )


def outgoing(
    account: str, text: str, *, key: str = "1", buttons: tuple[Button, ...] = (), edits: str = ""
) -> Outgoing:
    """A message to a person."""
    return Outgoing(key=key, chat=account, account=account, text=text, buttons=buttons, edits=edits)


@dataclass
class Desk:
    """See `bot.channel.Receiver`. `gate` holds every message back until it is set."""

    answer: Callable[[Incoming], Outgoing | None] = echo
    heard: list[Incoming] = field(default_factory=list)
    asked_until: list[datetime | None] = field(default_factory=list)
    booked: list[tuple[str, Outcome]] = field(default_factory=list)
    unread: dict[str, tuple[str, str]] = field(default_factory=dict)  # external id → (raw, reason)
    gate: asyncio.Event | None = None
    calls: int = 0

    async def receive(self, incoming: Incoming, *, passive_until: datetime | None = None) -> Receipt:
        self.calls += 1
        self.asked_until.append(passive_until)
        if self.gate is not None:
            await self.gate.wait()
        if any(one.external_id == incoming.external_id for one in self.heard):
            return Receipt(reception=Reception.SEEN)
        self.heard.append(incoming)
        return Receipt(reception=Reception.NEW, passive=self.answer(incoming) if passive_until else None)

    async def delivered(self, key: str, outcome: Outcome) -> None:
        self.booked.append((key, outcome))

    async def unreadable(self, channel: str, external_id: str, raw: str, reason: str) -> None:
        assert channel in {"telegram", "wechat"}
        self.unread.setdefault(external_id, (raw, reason))


@asynccontextmanager
async def listening(channel: Channel, desk: Desk) -> AsyncIterator[str]:
    """The channel on a free port; its address."""
    server = runner(list(channel.routes(desk)), goodbye_seconds=0.1)
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", 0).start()
    await channel.start(desk)
    try:
        yield f"http://127.0.0.1:{server.addresses[0][1]}"
    finally:
        await server.cleanup()
        await channel.stop()
