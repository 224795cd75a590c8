"""What the web chat needs of the house: messages shown so far, and a place for uploads."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class WebFile:
    """A file of a message, fetched by its own link."""

    kind: str
    name: str
    media_type: str
    key: str


@dataclass(frozen=True, kw_only=True)
class WebMessage:
    """One message to a person, or a new version of one (`edits`). `sequence` rises by message."""

    sequence: int
    id: str
    text: str
    buttons: tuple[tuple[str, str, str], ...]
    edits: str
    files: tuple[WebFile, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Whoever looks at the page: in which language they are written to, and the words of their menu."""

    language: str
    menu: tuple[str, ...]


class Mailbox(Protocol):
    async def looking(self, account: str, language: str) -> Looking:
        """Who this account is; `language` is what the browser speaks, for one that never wrote."""
        ...

    async def since(self, account: str, after: int) -> list[WebMessage]:
        """What was sent to this account after that sequence, in order; at most 200."""
        ...

    def version(self) -> int:
        """Counts what was sent to anybody; taken before reading, so that nothing sent meanwhile is missed."""
        ...

    async def changed(self, version: int, seconds: float) -> None:
        """Sleep until more was sent than at that version, at most so long."""
        ...


class Uploads(Protocol):
    async def keep(self, name: str, chunks: AsyncIterator[bytes]) -> tuple[str, str, int]:
        """(reference, media type, bytes). Raises `UploadRefusedError`."""
        ...

    def read(self, reference: str) -> AsyncIterator[bytes]:
        """The bytes of an upload. Raises `bot.channel.FetchError`."""
        ...


class UploadRefusedError(Exception):
    """Too large or of a kind that is not taken; `status` is the HTTP answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Files(Protocol):
    async def shown(self, account: str, key: str) -> tuple[str, str] | None:
        """(path, media type) of a file that was shown to this account; None for any other."""
        ...


class Demo(Protocol):
    """What the demo page plays with. Values are ready for JSON."""

    async def people(self) -> list[dict[str, object]]:
        """name, role, role_label, school, token of everybody who can be played."""
        ...

    async def board(self) -> dict[str, object]:
        """now, and the tickets with their clocks and their history, the newest first."""
        ...

    async def advance(self, seconds: int) -> None:
        """Move the clock on, doing on the way whatever falls due."""
        ...
