"""One message to Telegram, and what its answer means: the error table of the fact sheet (§3) as data.

Only what surely did not arrive is tried again; every other silence is `unsure`, and the class of the message
decides (bot/delivering.py). `BadRequest` is a `NetworkError` in this library, so it is looked at first.
"""

from dataclasses import dataclass

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Message, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from conversations.engine.messages import Button, Fate, File, MediaKind, Outcome, Outgoing, Scope

MOST_UNITS = 4000  # of 4096 UTF-16 units, so that a mark can still be added
PER_ROW = 3
MOST_LABEL = 12  # characters of a row's labels together before it breaks
DOWN_SECONDS = 15.0
CERTAINLY_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
UNIDENTIFIED = ("message is not modified", "query is too old")


@dataclass(frozen=True)
class Meaning:
    """A part of Telegram's own words for a refusal, lower case, and what it means to us."""

    words: str
    fate: Fate
    reason: str


BAD_REQUESTS: tuple[Meaning, ...] = (
    Meaning("message is not modified", Fate.SENT, ""),
    Meaning("chat not found", Fate.REFUSED, "not_found"),
    Meaning("not enough rights", Fate.REFUSED, "configuration"),
    Meaning("too long", Fate.REFUSED, "too_large"),
    Meaning("too big", Fate.REFUSED, "too_large"),
    Meaning("button_data_invalid", Fate.REFUSED, "configuration"),
)
# The message that was to be edited is gone: the new version is sent as a message of its own.
SEND_ANEW = ("message to edit not found", "message can't be edited", "message_id_invalid")


async def send(bot: Bot, message: Outgoing) -> Outcome:
    """One attempt."""
    try:
        return await _send(bot, message)
    except TelegramError as error:
        return meaning(error)


async def _send(bot: Bot, message: Outgoing) -> Outcome:
    if message.edits:
        try:
            await bot.edit_message_text(
                text=_fitting(message.text),
                chat_id=message.chat,
                message_id=int(message.edits),
                reply_markup=keyboard(message.buttons),
            )
            return Outcome(fate=Fate.SENT, message_id=message.edits)
        except BadRequest as error:
            if not any(words in str(error).lower() for words in SEND_ANEW):
                raise
    if message.files:
        return await _send_file(bot, message, message.files[0])
    sent = await bot.send_message(
        chat_id=message.chat,
        text=_fitting(message.text),
        reply_markup=keyboard(message.buttons),
        disable_notification=message.quiet,
        reply_parameters=_reply(message),
    )
    return Outcome(fate=Fate.SENT, message_id=str(sent.message_id))


async def _send_file(bot: Bot, message: Outgoing, file: File) -> Outcome:
    sent: Message
    if file.kind is MediaKind.LOCATION and file.latitude is not None and file.longitude is not None:
        sent = await bot.send_location(message.chat, file.latitude, file.longitude)
        return Outcome(fate=Fate.SENT, message_id=str(sent.message_id))
    source = file.reference or InputFile(_bytes(file.path), filename=file.name)
    caption = message.text[:1000]
    match file.kind:
        case MediaKind.PHOTO:
            sent = await bot.send_photo(
                message.chat, source, caption=caption, disable_notification=message.quiet
            )
        case MediaKind.VOICE:
            sent = await bot.send_voice(
                message.chat, source, caption=caption, disable_notification=message.quiet
            )
        case _:
            sent = await bot.send_document(
                message.chat, source, caption=caption, filename=file.name, disable_notification=message.quiet
            )
    return Outcome(fate=Fate.SENT, message_id=str(sent.message_id))


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - at most 20 MiB, local
        return file.read()


def _reply(message: Outgoing) -> ReplyParameters | None:
    if not message.replies_to:
        return None
    return ReplyParameters(message_id=int(message.replies_to), allow_sending_without_reply=True)


def keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    """Two or three to a row, for thumbs; long labels have a row of their own."""
    if not buttons:
        return None
    rows: list[list[InlineKeyboardButton]] = [[]]
    for one in buttons:
        width = sum(len(other.text) for other in rows[-1]) + len(one.label)
        if rows[-1] and (len(rows[-1]) == PER_ROW or width > MOST_LABEL):
            rows.append([])
        rows[-1].append(InlineKeyboardButton(one.label, callback_data=one.data, style=one.style or None))
    return InlineKeyboardMarkup(rows)


def _fitting(text: str) -> str:
    """At most what Telegram takes, counted in UTF-16 units; cards are far shorter."""
    if len(text.encode("utf-16-le")) // 2 <= MOST_UNITS:
        return text
    return text.encode("utf-16-le")[: 2 * MOST_UNITS - 2].decode("utf-16-le", "ignore") + "…"


def meaning(error: TelegramError) -> Outcome:
    """What became of the message, by the class and words of the error."""
    words = str(error).lower()
    if isinstance(error, RetryAfter):
        seconds = error.retry_after
        return Outcome(
            fate=Fate.LATER,
            reason="rate",
            scope=Scope.CHAT,
            after_seconds=float(seconds if isinstance(seconds, int) else seconds.total_seconds()),
        )
    if isinstance(error, Forbidden):
        return Outcome(fate=Fate.REFUSED, reason="blocked", detail=words)
    if isinstance(error, ChatMigrated):
        return Outcome(fate=Fate.REFUSED, reason="not_found", detail="chat migrated")
    if isinstance(error, InvalidToken):
        return Outcome(fate=Fate.LATER, reason="configuration", after_seconds=60.0, scope=Scope.BOT)
    if isinstance(error, Conflict):
        return Outcome(fate=Fate.LATER, reason="down", after_seconds=30.0)
    if isinstance(error, BadRequest):
        found = next((one for one in BAD_REQUESTS if one.words in words), None)
        fate, reason = (found.fate, found.reason) if found else (Fate.REFUSED, "refused")
        return Outcome(fate=fate, reason=reason, detail=words)
    return _network(error, words)


def _network(error: TelegramError, words: str) -> Outcome:
    if isinstance(error.__cause__, CERTAINLY_NOT_SENT):
        return Outcome(fate=Fate.LATER, reason="down", after_seconds=DOWN_SECONDS, detail=words)
    if isinstance(error, TimedOut | NetworkError):
        return Outcome(fate=Fate.UNSURE, reason="no answer from Telegram", detail=words)
    return Outcome(fate=Fate.REFUSED, reason="refused", detail=words)
