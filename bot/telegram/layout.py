"""An `Outgoing` as the parts that Telegram shows: files first, the words as caption of the last one if they fit.

Lengths are counted in UTF-16 units, as Telegram counts them (fact sheet §1.1).
"""

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
        return (Part(text=fitting(message.text), keyboard=buttons),)
    if _is_album(message):
        return (Part(text=message.text, album=message.files),)
    *others, last = message.files
    parts = [Part(text="", file=one) for one in others]
    if not message.text or (last.kind is not MediaKind.LOCATION and units(message.text) <= MOST_CAPTION):
        return (*parts, Part(text=message.text, file=last, keyboard=buttons))
    words = Part(text=fitting(message.text), keyboard=buttons)
    return (*parts, Part(text="", file=last), words)


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


def fitting(text: str) -> str:
    """At most what Telegram takes; a cut is marked."""
    if units(text) <= MOST_TEXT:
        return text
    return text.encode("utf-16-le")[: 2 * (MOST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
