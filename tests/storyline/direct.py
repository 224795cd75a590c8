"""A channel and its phones in one, with no wire between: for trying the house before a channel stands."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from bot.channel import FetchError, Receiver
from bot.clock import Clock
from conversations.engine.messages import Contact, Fate, Incoming, Media, MediaKind, Outcome, Outgoing
from tests.doubles.platform import Said, Screens, Sequence, Shown, ShownButton, Traffic

PERMANENT = frozenset({"blocked", "window", "quota"})


@dataclass
class DirectPlatform:
    """Phones whose words go straight to the receiver, and screens that the channel writes."""

    name: str
    sequence: Sequence
    traffic: Traffic = field(default_factory=Traffic)
    receiver: Receiver | None = None
    last: Incoming | None = None
    refusals: dict[str, str] = field(default_factory=dict)
    count: int = 0
    own: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.screens = Screens(self.sequence)
        self.now: datetime | None = None

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def settings(self) -> Mapping[str, str]:
        return {}

    def connect(self, house_url: str) -> None: ...

    def set_clock(self, now: datetime) -> None:
        self.now = now

    async def enrol(self, name: str) -> str:
        return name

    async def say(self, account: str, said: Said) -> None:
        assert self.now is not None
        assert self.receiver is not None
        self.count += 1
        edits = self.own.get(account, "") if said.edits == "last" else said.edits
        message_id = f"u{self.count}"
        self.last = Incoming(
            channel=self.name, account=account, chat=account, external_id=message_id, received_at=self.now,
            sent_at=self.now, contact=Contact.MESSAGE, text="" if said.media_kind == "voice" else said.text,
            tap=said.tap.data if said.tap else "", shown_id=said.tap_message_id or said.replies_to,
            scan=said.scan, edits=edits, message_id=edits or message_id, media=_media(said, message_id),
        )
        self.own[account] = edits or message_id
        self.traffic.to_house += 1
        receipt = await self.receiver.receive(self.last)
        if receipt.toast:
            self.screens.show(account=account, message_id=f"t{self.count}", text=receipt.toast, buttons=(),
                              is_edit=False, at=self.now)

    async def resend(self) -> None:
        assert self.last is not None
        assert self.receiver is not None
        await self.receiver.receive(self.last)

    def screen(self, account: str) -> list[Shown]:
        return self.screens.of(account)

    def refuse(self, account: str, reason: str) -> None:
        self.refusals[account] = reason

    async def show(self, message: Outgoing) -> Outcome:
        self.traffic.from_house += 1
        if reason := self.refusals.get(message.account):
            fate = {"timeout": Fate.UNSURE, "down": Fate.LATER}.get(reason, Fate.REFUSED)
            return Outcome(fate=fate, reason=reason)
        self.count += 1
        message_id = message.edits or f"d{self.count}"
        buttons = tuple(ShownButton(label=one.label, data=one.data) for one in message.buttons)
        files = [f"<{one.kind.value} {one.name}>" for one in message.files]
        text = "\n".join([*files, message.text])
        self.screens.show(account=message.account, message_id=message_id, text=text, buttons=buttons,
                          is_edit=bool(message.edits), at=self.now)
        return Outcome(fate=Fate.SENT, message_id=message_id)


def _media(said: Said, reference: str) -> tuple[Media, ...]:
    if not said.media_kind:
        return ()
    return (Media(
        kind=MediaKind(said.media_kind), reference=reference, name=said.media_name, seconds=said.seconds,
        recognised=said.text if said.media_kind == "voice" else "", latitude=said.latitude or None,
        longitude=said.longitude or None,
    ),)


class DirectChannel:
    """The other end."""

    def __init__(self, platform: DirectPlatform, clock: Clock) -> None:
        self.name = platform.name
        self._platform = platform

    def routes(self, receiver: Receiver) -> Iterable[web.RouteDef]:
        self._platform.receiver = receiver
        return ()

    async def start(self, receiver: Receiver) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, message: Outgoing) -> Outcome:
        return await self._platform.show(message)

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        if not media.reference:
            raise FetchError("nothing there", permanent=True)
        yield b"\x89PNG\r\n\x1a\n" + media.reference.encode()

    async def check(self) -> list[str]:
        return []
