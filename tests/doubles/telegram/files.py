"""Files on Telegram's servers: known by a file_id that says what they are, fetched by a path, 20 MB at most."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.doubles.telegram.wire import Call, bad

MOST_DOWN = 20 * 2**20
MOST_UP: Mapping[str, int] = {"photo": 10 * 2**20, "document": 50 * 2**20, "voice": 50 * 2**20}
IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")
FOLDERS = {"photo": "photos", "voice": "voice", "sticker": "stickers"}


@dataclass(frozen=True)
class Kept:
    """One file. `kind` is Telegram's: photo, document, voice, video, audio, sticker."""

    file_id: str
    kind: str
    name: str
    content: bytes
    size: int

    @property
    def unique(self) -> str:
        return "AQ" + hashlib.sha256(self.content).hexdigest()[:14]

    @property
    def path(self) -> str:
        ending = self.name.rpartition(".")[2] if "." in self.name else "dat"
        number = self.file_id.rpartition("_")[2]
        return f"{FOLDERS.get(self.kind, 'documents')}/file_{number}.{ending if ending.isascii() else 'dat'}"

    def facts(self) -> dict[str, object]:
        return {"file_id": self.file_id, "file_unique_id": self.unique, "file_size": self.size}


@dataclass
class Files:
    """Everything that either side has sent."""

    kept: dict[str, Kept] = field(default_factory=dict)

    def keep(self, kind: str, name: str, content: bytes, *, size: int = 0) -> Kept:
        """A new file; `size` only where the content is not worth making."""
        file_id = f"AgACAgQAAxkBAAI-{kind}_{len(self.kept) + 1}"
        one = self.kept[file_id] = Kept(file_id, kind, name, content, size or len(content))
        return one

    def sent(self, call: Call, kind: str) -> Kept:
        """The file of a sendPhoto, sendDocument or sendVoice: a known file_id or an upload. Raises ApiError."""
        given = call.fields.get(kind, "")
        part = call.parts.get(given.removeprefix("attach://") or kind) or call.parts.get(kind)
        if part is None:
            return self._known(given, kind)
        if not part.content:
            raise bad("file must be non-empty")
        if len(part.content) > MOST_UP[kind]:
            raise bad(f"file of size {len(part.content)} bytes is too big for a {kind}")
        if kind == "photo" and not part.content.startswith(IMAGES):
            raise bad("IMAGE_PROCESS_FAILED")
        return self.keep(kind, part.name, part.content)

    def _known(self, file_id: str, kind: str) -> Kept:
        one = self.kept.get(file_id)
        if one is None:
            raise bad(
                "wrong file identifier/HTTP URL specified"
                if file_id
                else f"there is no {kind} in the request"
            )
        if one.kind != kind:
            raise bad(f"can't use file of type {one.kind.title()} as {kind.title()}")
        return one

    def answer(self, file_id: str) -> dict[str, object]:
        """getFile. Raises ApiError."""
        one = self.kept.get(file_id)
        if one is None:
            raise bad("invalid file_id")
        if one.size > MOST_DOWN:
            raise bad("file is too big")
        return one.facts() | {"file_path": one.path}

    def at(self, path: str) -> Kept | None:
        return next((one for one in self.kept.values() if one.path == path), None)


def medium(one: Kept, *, seconds: int = 0) -> dict[str, object]:
    """The file as part of a message."""
    match one.kind:
        case "photo":
            small = {"file_id": one.file_id + "-s", "file_unique_id": one.unique + "s", "file_size": 90}
            return {
                "photo": [small | {"width": 90, "height": 60}, one.facts() | {"width": 1280, "height": 853}]
            }
        case "voice":
            return {"voice": one.facts() | {"duration": seconds or 1, "mime_type": "audio/ogg"}}
        case "sticker":
            more = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {"sticker": one.facts() | more | {"emoji": "🙂"}}
        case _:
            types = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "txt": "text/plain"}
            ending = one.name.rpartition(".")[2].lower()
            kind = types.get(ending, "application/octet-stream")
            return {"document": one.facts() | {"file_name": one.name, "mime_type": kind}}
