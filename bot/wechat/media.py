"""Photos and voices, both ways: what came in is fetched in chunks, what goes out is uploaded first.

Limits: fact sheet §5 (temporary media, kept by the platform for three days).
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientResponse

from bot.channel import FetchError
from bot.wechat.client import (
    AnsweredError,
    CallError,
    Client,
    NoAnswerError,
    NotSentError,
    Wire,
    checked,
    read_object,
)
from bot.wechat.errors import Remedy, meaning_of
from conversations.engine.messages import Fate, File, Media, MediaKind

CHUNK = 64 * 1024
MOST_BYTES = 20 * 2**20
ITS_HOSTS = (".qq.com", ".qpic.cn", ".qlogo.cn")  # where a video's own address may point


@dataclass(frozen=True)
class Carried:
    """What a service account can send of a kind: the platform's word, types by content, the largest size."""

    word: str
    types: tuple[str, ...]
    most_bytes: int


CARRIED = {
    MediaKind.PHOTO: Carried("image", ("image/jpeg", "image/png", "image/gif"), 10 * 2**20),
    MediaKind.VOICE: Carried("voice", ("audio/amr", "audio/mpeg"), 2 * 2**20),
    MediaKind.VIDEO: Carried("video", ("video/mp4",), 10 * 2**20),
}
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "audio/amr": ".amr",
           "audio/mpeg": ".mp3", "video/mp4": ".mp4"}


class TooLargeError(Exception):
    """The platform takes no file of this size."""


def carries(file: File) -> Carried | None:
    """How this file can be sent as what it is; None when the account cannot send such a thing."""
    kind = CARRIED.get(file.kind)
    return kind if kind is not None and (file.media_type in kind.types or file.reference) else None


async def upload(client: Client, file: File) -> str:
    """The MediaId of a stored file. Raises CallError, TooLargeError, OSError."""
    kind = CARRIED[file.kind]
    content = await asyncio.to_thread(Path(file.path).read_bytes)
    if len(content) > kind.most_bytes:
        raise TooLargeError(f"{len(content)} bytes")
    name = file.name or f"file{ENDINGS.get(file.media_type, '')}"
    answer = await client.upload("/cgi-bin/media/upload", kind.word, name, file.media_type, content)
    media_id = answer.get("media_id")
    if not isinstance(media_id, str) or not media_id:
        raise NoAnswerError("no media_id in the answer")
    return media_id


async def fetch(client: Client, wire: Wire, base_url: str, media: Media) -> AsyncIterator[bytes]:
    """The bytes of what came in, in chunks. Raises FetchError."""
    if not media.reference:
        raise FetchError("nothing to fetch", permanent=True)
    try:
        async for chunk in _chunks(client, wire, base_url, media.reference):
            yield chunk
    except AnsweredError as error:
        permanent = meaning_of(error.code).fate is not Fate.LATER
        raise FetchError(f"errcode {error.code}", permanent=permanent) from error
    except (CallError, ClientError, TimeoutError) as error:
        raise FetchError(type(error).__name__, permanent=False) from None  # its text may hold the address


async def _chunks(client: Client, wire: Wire, base_url: str, reference: str) -> AsyncIterator[bytes]:
    """A binary answer, or JSON: an error, or the address of a video. A refused token is renewed once."""
    token = await client.token()
    for attempt in (1, 2):
        query = {"access_token": token.value, "media_id": reference}
        async with wire.open("GET", "/cgi-bin/media/get", query=query) as response:
            if not _is_json(response):
                async for chunk in _capped(response):
                    yield chunk
                return
            try:
                address = checked(await read_object(response)).get("video_url")
            except AnsweredError as error:
                if attempt == 2 or meaning_of(error.code).remedy is not Remedy.RENEW_TOKEN:
                    raise
                token = await client.renewed(token)
                continue
        async with wire.open("GET", _trusted(address, base_url), query={}) as response:
            async for chunk in _capped(response):
                yield chunk
        return
    raise NotSentError("no token")


def _is_json(response: ClientResponse) -> bool:
    """Errors come as text/plain or JSON with status 200; media never do."""
    return response.content_type in {"application/json", "text/plain"}


async def _capped(response: ClientResponse) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in response.content.iter_chunked(CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise FetchError("larger than 20 MiB", permanent=True)
        yield chunk


def _trusted(address: object, base_url: str) -> str:
    """The address of a video, when it is the platform's own. Raises FetchError."""
    parts = urlsplit(address) if isinstance(address, str) else None
    host = (parts.hostname or "") if parts is not None else ""
    is_its_own = host.endswith(ITS_HOSTS) or host == urlsplit(base_url).hostname
    if parts is None or parts.scheme not in {"http", "https"} or not is_its_own:
        raise FetchError("the video's address is not the platform's", permanent=True)
    return str(address)
