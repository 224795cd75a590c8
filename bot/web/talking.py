"""The HTTP side of the web chat: send a message, read what came, upload. A GET never acts."""

import json
import re
import secrets
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

from aiohttp import BodyPartReader, web

from bot.channel import Receiver, Reception
from bot.guards import read_body, read_json
from bot.web.links import Links
from bot.web.ports import Mailbox, UploadRefusedError, Uploads, WebMessage
from conversations.engine.messages import Incoming, Media, MediaKind

MOST_BYTES = 64 * 1024
MOST_TEXT = 4000
MOST_SECONDS = 24 * 3600
MOST_WAITED = 30 * 24 * 3600
ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
MEDIA_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9.+-]+")
COOKIE = "yingnuo"
HEARTBEAT_SECONDS = 15.0
KINDS = {"image": MediaKind.PHOTO, "audio": MediaKind.VOICE, "video": MediaKind.VIDEO}


class Talking:
    """Handlers over the receiver and the ports."""

    def __init__(
        self,
        receiver: Receiver,
        links: Links,
        mailbox: Mailbox,
        uploads: Uploads,
        clock: Callable[[], datetime],
    ) -> None:
        self._receiver = receiver
        self._links = links
        self._mailbox = mailbox
        self._uploads = uploads
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/web/messages", self.say),
            web.get("/web/me", self.me),
            web.get("/web/messages", self.read),
            web.get("/web/events", self.stream),
            web.post("/web/uploads", self.upload),
            web.post("/web/guests", self.guest),
        ]

    def account(self, request: web.Request) -> str:
        """The account of the bearer token or cookie. Raises 401."""
        header = request.headers.get("Authorization", "")
        token = (
            header.removeprefix("Bearer ")
            if header.startswith("Bearer ")
            else request.cookies.get(COOKIE, "")
        )
        account = self._links.account_of(token, self._clock()) if token else None
        if account is None:
            raise web.HTTPUnauthorized(text="token")
        return account

    async def say(self, request: web.Request) -> web.Response:
        """POST /web/messages: one message, tap, photo or scan of this person."""
        account = self.account(request)
        body = read_json(await read_body(request, limit=MOST_BYTES, content_types=("application/json",)))
        receipt = await self._receiver.receive(self._incoming(account, body))
        return web.json_response(
            {"reception": receipt.reception.value},
            status=200 if receipt.reception is not Reception.FAILED else 202,
        )

    def _incoming(self, account: str, body: dict[str, object]) -> Incoming:
        message_id = _words(body, "id", 64)
        if not ID.fullmatch(message_id):
            raise web.HTTPBadRequest(text="id: 1-64 of letters, digits, _ . : -")
        now = self._clock()
        return Incoming(
            channel="web",
            account=account,
            chat=account,
            external_id=f"{account}:{message_id}",
            message_id=message_id,
            received_at=now,
            sent_at=now,
            said_at=_said_at(body, now),
            text=_words(body, "text", MOST_TEXT),
            tap=_words(body, "tap", 64),
            shown_id=_words(body, "shown", 64) or _words(body, "replies_to", 64),
            scan=_words(body, "scan", 80),
            edits=_words(body, "edits", 64),
            media=self._media(body),
            language=_words(body, "language", 20),
            raw=json.dumps(body, ensure_ascii=False),
        )

    def _media(self, body: dict[str, object]) -> tuple[Media, ...]:
        wanted = body.get("uploads", [])
        if (
            not isinstance(wanted, list)
            or len(wanted) > 9
            or not all(isinstance(one, dict) for one in wanted)
        ):
            raise web.HTTPBadRequest(text="uploads: a list of at most 9 objects")
        return tuple(_one_media(one) for one in wanted)

    async def me(self, request: web.Request) -> web.Response:
        """GET /web/me?language=en: the language in which this person is written to, and their menu."""
        account = self.account(request)
        found = await self._mailbox.looking(account, request.query.get("language", "")[:20])
        return web.json_response({"language": found.language, "menu": found.menu})

    async def read(self, request: web.Request) -> web.Response:
        """GET /web/messages?after=N: what came after that sequence."""
        account = self.account(request)
        found = await self._mailbox.since(account, _after(request))
        return web.json_response({"messages": [as_json(one) for one in found]})

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """GET /web/events: the same as server-sent events; `Last-Event-ID` goes on where it broke off."""
        account = self.account(request)
        after = _after(request)
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",
            }
        )
        await response.prepare(request)
        while not _closing(request):
            version = self._mailbox.version()
            found = await self._mailbox.since(account, after)
            for one in found:
                after = one.sequence
                data = json.dumps(as_json(one), ensure_ascii=False)
                await response.write(f"id: {after}\nevent: message\ndata: {data}\n\n".encode())
            if not found:
                await response.write(b": still here\n\n")
                await self._mailbox.changed(version, HEARTBEAT_SECONDS)
        return response

    async def upload(self, request: web.Request) -> web.Response:
        """POST /web/uploads (multipart, field `file`): kept, not yet part of any message."""
        self.account(request)
        if not request.content_type.startswith("multipart/"):
            raise web.HTTPUnsupportedMediaType(text="multipart/form-data")
        try:
            part = await (await request.multipart()).next()
        except (ValueError, AssertionError) as error:
            raise web.HTTPBadRequest(text="multipart") from error
        if not isinstance(part, BodyPartReader) or part.name != "file":
            raise web.HTTPBadRequest(text="field: file")
        name = (part.filename or "file")[-80:]
        try:
            reference, media_type, size = await self._uploads.keep(name, _chunks(part))
        except UploadRefusedError as refused:
            return web.json_response({"error": str(refused)}, status=refused.status)
        return web.json_response({"upload": reference, "name": name, "type": media_type, "size": size})

    async def guest(self, request: web.Request) -> web.Response:
        """POST /web/guests: a fresh identity for somebody who opened a room's QR or an invite."""
        await read_body(request, limit=MOST_BYTES, content_types=("application/json",))
        account = f"guest-{secrets.token_urlsafe(12)}"
        return web.json_response({"token": self._links.make(account, self._clock())})


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk():
        yield bytes(chunk)


def _closing(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _words(body: dict[str, object], name: str, most: int) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise web.HTTPBadRequest(text=f"{name}: text of at most {most} characters")
    return value


def _said_at(body: dict[str, object], now: datetime) -> datetime | None:
    """When the page says it was written: it kept the message until we could be reached."""
    waited = body.get("waited", 0)
    if isinstance(waited, bool) or not isinstance(waited, int) or not 0 <= waited <= MOST_WAITED:
        raise web.HTTPBadRequest(text="waited: a whole number of seconds, at most thirty days")
    return now - timedelta(seconds=waited) if waited else None


def _after(request: web.Request) -> int:
    value = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise web.HTTPBadRequest(text="after: a number")
    return int(value)


def _one_media(one: dict[str, object]) -> Media:
    if "latitude" in one:
        return Media(
            kind=MediaKind.LOCATION, latitude=_degrees(one, "latitude", 90), longitude=_degrees(one, "longitude", 180)
        )
    reference, name = _words(one, "upload", 80), _words(one, "name", 80)
    if not re.fullmatch(r"[0-9a-f]{64}", reference):
        raise web.HTTPBadRequest(text="upload: what /web/uploads answered")
    media_type, seconds = _words(one, "type", 80), one.get("seconds", 0)
    if media_type and not MEDIA_TYPE.fullmatch(media_type):  # it becomes a header of whoever opens the file
        raise web.HTTPBadRequest(text="type: what /web/uploads answered")
    if not isinstance(seconds, int) or not 0 <= seconds <= MOST_SECONDS:
        raise web.HTTPBadRequest(text="seconds: a whole number, at most a day")
    kind = KINDS.get(media_type.partition("/")[0], MediaKind.FILE)
    return Media(
        kind=kind,
        reference=reference,
        unique=reference,
        name=name,
        media_type=media_type,
        recognised=_words(one, "recognised", MOST_TEXT),
        seconds=int(seconds),
    )


def _degrees(one: dict[str, object], name: str, most: int) -> float:
    """Compared before it is converted: JSON knows whole numbers that no float can hold."""
    value = one.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        raise web.HTTPBadRequest(text=f"{name}: degrees")
    return float(value)


def as_json(one: WebMessage) -> dict[str, object]:
    """A message as the page reads it; see docs/web-chat.md."""
    return {
        "sequence": one.sequence,
        "id": one.id,
        "text": one.text,
        "edits": one.edits,
        "at": one.at.isoformat(),
        "buttons": [{"label": label, "data": data, "style": style} for label, data, style in one.buttons],
        "files": [
            {"kind": file.kind, "name": file.name, "type": file.media_type, "key": file.key}
            for file in one.files
        ],
    }
