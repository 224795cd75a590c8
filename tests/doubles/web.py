"""The web chat's double: people at browsers without a screen, speaking HTTP to the product's own web chat.

There is no platform between: the phone asks for what is new, as the page does (docs/web-chat.md). So nothing
can refuse on the way either; whoever stands in for that reads `refusals`. As requests from the house count
the answers that brought messages.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from aiohttp import ClientSession, FormData

from tests.doubles.files import bytes_of
from tests.doubles.platform import Said, Screens, Shown, ShownButton, Traffic
from tests.doubles.platform import Sequence as Counter

LANGUAGE = "zh-CN"
STICKER = "🙂"  # the page has no stickers; people send the sign
VOICE = "voice.amr"


class WebError(Exception):
    """The web chat answered with an error that no page would expect."""


@dataclass
class Phone:
    """One browser: how far it has read, and what it sent last."""

    account: str
    read_to: int = 0
    last_id: str = ""


@dataclass
class WebPlatform:
    """See `tests.doubles.platform.Platform`."""

    sequence: Counter
    name: str = "web"
    traffic: Traffic = field(default_factory=Traffic)
    refusals: dict[str, str] = field(default_factory=dict)  # account → reason
    link: Callable[[str], str] = str  # account → token of the signed link by which the person came in
    # How often the house has sent something; a page that is told so need not ask in vain. Untold it always asks.
    news: Callable[[], int] = field(default_factory=lambda: count().__next__)

    def __post_init__(self) -> None:
        self._screens = Screens(self.sequence)
        self._phones: dict[str, Phone] = {}
        self._sent = 0
        self._seen = -1  # news when the pages last asked
        self._last: tuple[str, dict[str, object]] | None = None
        self._session: ClientSession | None = None
        self._url = ""
        self._now: datetime | None = None
        self._latest: datetime | None = None  # the page's own clock: what was written before it has waited

    async def start(self) -> None:
        self._session = ClientSession()

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()

    def settings(self) -> Mapping[str, str]:
        return {}

    def connect(self, house_url: str) -> None:
        self._url = house_url
        self._seen = -1

    def set_clock(self, now: datetime) -> None:
        self._now = now
        self._latest = max(now, self._latest or now)

    async def enrol(self, name: str) -> str:
        """The account is the name's place; the link that makes it theirs is signed at each use."""
        account = f"browser-{len(self._phones) + 1}"
        self._phones[account] = Phone(account)
        return account

    async def say(self, account: str, said: Said) -> None:
        self._sent += 1
        phone = self._phones[account]
        body: dict[str, object] = {"id": f"m{self._sent}", "language": LANGUAGE, "waited": self._waited()}
        if said.tap is not None:
            body |= {"tap": said.tap.data, "shown": said.tap_message_id}
        elif said.media_kind:
            body |= await self._with_media(account, said)
        else:
            body |= {"text": said.text, "scan": said.scan, "replies_to": said.replies_to}
        if said.edits:
            body["edits"] = phone.last_id if said.edits == "last" else said.edits
        elif said.tap is None:
            phone.last_id = str(body["id"])
        self._last = (account, body)
        await self._post(account, body)
        await self.look()

    def _waited(self) -> int:
        return int((self._latest - self._now).total_seconds()) if self._latest and self._now else 0

    async def _with_media(self, account: str, said: Said) -> dict[str, object]:
        match said.media_kind:
            case "sticker":
                return {"text": STICKER}
            case "location":
                return {"uploads": [{"latitude": said.latitude, "longitude": said.longitude}]}
            case "voice":
                upload = await self._upload(account, VOICE)
                return {"uploads": [upload | {"seconds": said.seconds, "recognised": said.text}]}
            case _:
                return {"text": said.text, "uploads": [await self._upload(account, said.media_name)]}

    async def _upload(self, account: str, name: str) -> dict[str, object]:
        form = FormData()
        form.add_field("file", bytes_of(name), filename=name)
        kept = await self._ask("POST", "/web/uploads", account, data=form)
        return {"upload": kept["upload"], "name": kept["name"], "type": kept["type"]}

    async def resend(self) -> None:
        assert self._last is not None
        await self._post(*self._last)
        await self.look()

    async def _post(self, account: str, body: dict[str, object]) -> None:
        await self._ask("POST", "/web/messages", account, json=body)

    async def look(self) -> None:
        """Every page asks for what is new, if there may be something."""
        news = self.news()
        if news == self._seen:
            return
        self._seen = news
        for phone in self._phones.values():
            found = await self._ask("GET", f"/web/messages?after={phone.read_to}", phone.account)
            self.traffic.from_house += bool(found["messages"])
            for message in found["messages"]:
                phone.read_to = int(message["sequence"])
                for file in message["files"]:
                    await self._open(phone.account, file)
                self._take(phone.account, message)

    async def _open(self, account: str, file: Mapping[str, Any]) -> None:
        """As the page does at once: what is shown must be there for whom it is shown."""
        assert self._session is not None
        if file["kind"] == "location":
            return
        headers = {"Authorization": f"Bearer {self.link(account)}"}
        async with self._session.get(f"{self._url}/web/files/{file['key']}", headers=headers) as answer:
            if answer.status != 200 or not await answer.read():
                raise WebError(f"{file['name']} is shown and not there: {answer.status}")

    def _take(self, account: str, message: Mapping[str, Any]) -> None:
        files = [f"<{file['kind']} {file['name']}>" for file in message["files"]]
        buttons = tuple(ShownButton(label=one["label"], data=one["data"]) for one in message["buttons"])
        text = "\n".join([*files, message["text"]])
        self._show(account, message["id"], text, buttons, is_edit=bool(message["edits"]))

    def _show(
        self, account: str, message_id: str, text: str, buttons: tuple[ShownButton, ...], *, is_edit: bool
    ) -> None:
        self._screens.show(
            account=account, message_id=message_id, text=text, buttons=buttons, is_edit=is_edit, at=self._now
        )

    async def _ask(self, method: str, path: str, account: str, **sent: Any) -> dict[str, Any]:
        assert self._session is not None
        self.traffic.to_house += 1
        headers = {"Authorization": f"Bearer {self.link(account)}"}
        async with self._session.request(method, self._url + path, headers=headers, **sent) as answer:
            if answer.status not in {200, 202}:
                raise WebError(f"{method} {path}: {answer.status} {await answer.text()}")
            found: dict[str, Any] = await answer.json()
            return found

    def screen(self, account: str) -> list[Shown]:
        return self._screens.of(account)

    def refuse(self, account: str, reason: str) -> None:
        self.refusals[account] = reason
