"""Uploads of the web chat: kept by their digest, capped while they stream, judged by first bytes and by ending."""

import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from agreement.file_types import could_run
from bot.channel import FetchError
from bot.cleaning import clean
from bot.web.ports import UploadRefusedError

MOST_BYTES = 10 * 2**20
TAKEN = "photos, PDF, documents, text, voice and video only"
CHUNK = 64 * 1024
# By the first bytes, whatever the name says; text is what has no zero byte and reads as UTF-8.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)


class DiskUploads:
    """A folder of files named by their SHA-256."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory / "uploads"

    async def keep(self, name: str, chunks: AsyncIterator[bytes]) -> tuple[str, str, int]:
        """See `bot.web.ports.Uploads`."""
        if could_run(clean(name), ""):  # a script of two letters is text by its bytes
            raise UploadRefusedError(415, TAKEN)
        self._directory.mkdir(parents=True, exist_ok=True)
        digest, size, head = hashlib.sha256(), 0, b""
        with NamedTemporaryFile(dir=self._directory, delete=False) as file:
            try:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > MOST_BYTES:
                        raise UploadRefusedError(413, "at most 10 MiB")
                    head = head if len(head) >= 64 else head + chunk
                    digest.update(chunk)
                    file.write(chunk)
                media_type = kind_of(head)
                if not media_type:
                    raise UploadRefusedError(415, TAKEN)
            except BaseException:
                os.unlink(file.name)  # noqa: PTH108 - a local file just made
                raise
        os.replace(file.name, self._directory / digest.hexdigest())  # noqa: PTH105 - atomic, local
        return digest.hexdigest(), media_type, size

    async def read(self, reference: str) -> AsyncIterator[bytes]:
        """See `bot.web.ports.Uploads`."""
        path = self._directory / Path(reference).name
        if not path.is_file():
            raise FetchError("no such upload", permanent=True)
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def kind_of(head: bytes) -> str:
    """The type by the first bytes; empty for what is not taken."""
    for start, kind in SIGNATURES:
        if head.startswith(start):
            return kind
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return "" if error.start < len(head) - 4 else "text/plain"  # a character cut at the end
    return (
        "" if b"\0" in head or not head or head.startswith((b"MZ", b"\x7fELF", b"#!", b"<")) else "text/plain"
    )
