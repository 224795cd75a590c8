"""What a file is by its first bytes, and whether that is what its name says. Pure tables.

The name and the type that came with a file are only claims of whoever sent it.
"""

from collections.abc import Mapping
from typing import Final

PROGRAM: Final = "application/x-executable"
# First bytes → type; the longer beginning before the shorter.
SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"#!AMR", "audio/amr"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"MZ", PROGRAM),  # Windows
    (b"\x7fELF", PROGRAM),  # Linux, Android
    (b"\xcf\xfa\xed\xfe", PROGRAM),  # macOS
    (b"\xca\xfe\xba\xbe", PROGRAM),  # macOS, Java
    (b"dex\n", PROGRAM),
    (b"#!/", PROGRAM),  # a script that names its interpreter
)
KNOWN: Final = frozenset(kind for _, kind in SIGNATURES)
# Ending → the type that such a file begins like.
ENDINGS: Final[Mapping[str, str]] = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".pdf": "application/pdf",
    ".amr": "audio/amr",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".mp3": "audio/mpeg",
}
RUNNING: Final = frozenset(
    {".exe", ".com", ".bat", ".cmd", ".msi", ".scr", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".jar", ".apk", ".sh"}
    | {".dll", ".hta", ".lnk", ".pif", ".reg", ".wsf", ".cpl", ".msc", ".dmg", ".pkg", ".command", ".deb", ".rpm"}
)


def type_of(head: bytes) -> str:
    """The type by the first bytes; empty when they are none that we know."""
    return next((kind for start, kind in SIGNATURES if head.startswith(start)), "")


def could_run(name: str, media_type: str) -> bool:
    """Whether somebody who opens it may start a program."""
    return media_type == PROGRAM or _ending(name) in RUNNING


def _ending(name: str) -> str:
    """As Windows reads it: dots and blanks behind it do not count, and nothing need stand before it."""
    _, dot, ending = name.rstrip(". ").rpartition(".")
    return dot + ending.lower()


def is_as_named(name: str, media_type: str) -> bool:
    """Whether a type that the bytes told is the one of the ending; of what no bytes told nothing is said."""
    told = ENDINGS.get(_ending(name), "")
    return not told or media_type not in KNOWN or media_type == told
