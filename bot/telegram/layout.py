"""An `Outgoing` as the parts that Telegram shows: files first, the words as caption of the last one if they fit.

Lengths are counted in UTF-16 units, as Telegram counts them (fact sheet §1.1).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from conversations.engine.messages import Button, File, MediaKind, Outgoing

MOST_TEXT = 4000  # of 4096
MOST_CAPTION = 1000  # of 1024
MOST_IN_ALBUM = 10
PER_ROW = 3
MOST_IN_ROW = 12  # characters of a row's labels together: what a thumb can tell apart


@dataclass(frozen=True, kw_only=True)
class Part:
    """One message of Telegram's: words, or a file with a caption."""

    text: str
    file: File | None = None
    album: tuple[File, ...] = ()  # two to ten documents that come as one
    keyboard: InlineKeyboardMarkup | None = None


def laid_out(message: Outgoing) -> tuple[Part, ...]:
    """What is sent, in order. The buttons stand under the last part."""
    buttons = keyboard(message.buttons)
    if not message.files:
        return _words(message.text, buttons)
    if _is_album(message):
        return (Part(text=message.text, album=message.files),)
    *others, last = message.files
    parts = [Part(text="", file=one) for one in others]
    if not message.text or (last.kind is not MediaKind.LOCATION and units(message.text) <= MOST_CAPTION):
        return (*parts, Part(text=message.text, file=last, keyboard=buttons))
    return (*parts, Part(text="", file=last), *_words(message.text, buttons))


def _words(text: str, buttons: InlineKeyboardMarkup | None) -> tuple[Part, ...]:
    """As many messages as it takes: what somebody confirms below the last of them is never cut off."""
    *before, last = [one for one in pieces(text) if one.strip()] or [text]  # nothing but breaks is refused
    return (*(Part(text=piece) for piece in before), Part(text=last, keyboard=buttons))


def _is_album(message: Outgoing) -> bool:
    """Documents of our own without buttons, as many as Telegram takes together, with words that fit under them."""
    own = all(file.kind is MediaKind.FILE and file.path and not file.reference for file in message.files)
    few = 2 <= len(message.files) <= MOST_IN_ALBUM
    return own and few and not message.buttons and units(message.text) <= MOST_CAPTION


def keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    """Two or three to a row, for thumbs; long labels have a row of their own."""
    if not buttons:
        return None
    rows: list[list[InlineKeyboardButton]] = [[]]
    for one in buttons:
        width = sum(len(other.text) for other in rows[-1]) + len(one.label)
        if rows[-1] and (len(rows[-1]) == PER_ROW or width > MOST_IN_ROW):
            rows.append([])
        rows[-1].append(InlineKeyboardButton(one.label, callback_data=one.data, style=one.style or None))
    return InlineKeyboardMarkup(rows)


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str) -> Iterator[str]:
    """The text as messages that Telegram takes, at line breaks where there are any; only those breaks are lost."""
    while units(text) > MOST_TEXT:
        most = text.encode("utf-16-le")[: 2 * MOST_TEXT].decode("utf-16-le", "ignore")
        at = most.rfind("\n", 1)
        piece, text = (text[:at], text[at + 1 :]) if at > 0 else (most, text[len(most) :])
        yield piece
    yield text
