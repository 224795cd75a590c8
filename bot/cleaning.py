"""Words as they come in, by every channel and every page: without what no screen, table or file should ever hold.

Control characters break documents and tables of others, overrides of direction disguise text, half a surrogate pair
cannot be stored at all. Everything else stays exactly as it was written.
"""

import re
from dataclasses import replace
from typing import Final

from conversations.engine.messages import Incoming, Media

NEW_LINES: Final = re.compile(r"\r\n?")
FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
UNSTORABLE: Final = re.compile(r"[\x00\ud800-\udfff]")  # PostgreSQL takes no NUL, nobody half a character


def clean(text: str) -> str:
    """The text without control characters (but tab and line end), bidi overrides and lone surrogates."""
    return FORBIDDEN.sub("", NEW_LINES.sub("\n", text))


def storable(text: str) -> str:
    """The text without what no database takes: of a request that is kept as it came."""
    return UNSTORABLE.sub("", text)


def cleaned(incoming: Incoming) -> Incoming:
    """The message with clean words, names and keys; the request as received loses only what cannot be stored."""
    return replace(
        incoming,
        text=clean(incoming.text),
        name=clean(incoming.name),
        scan=clean(incoming.scan),
        tap=clean(incoming.tap),
        shown_id=clean(incoming.shown_id),
        edits=clean(incoming.edits),
        language=clean(incoming.language),
        media=tuple(_medium(one) for one in incoming.media),
        raw=storable(incoming.raw),
    )


def _medium(one: Media) -> Media:
    return replace(
        one,
        name=clean(one.name),
        recognised=clean(one.recognised),
        media_type=clean(one.media_type),
        reference=clean(one.reference),
        unique=clean(one.unique),
    )
