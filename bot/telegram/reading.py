"""A Telegram update as an `Incoming`. Parsed only after it is known to come from Telegram; nothing here sends."""

from collections.abc import Callable
from datetime import datetime

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from conversations.engine.messages import Contact, Incoming, Media, MediaKind

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")  # what we ask for
# Command names must be Latin; each stands for the word that people type.
COMMANDS = {
    "report": "报修",
    "progress": "进度",
    "human": "转人工",
    "help": "帮助",
    "onduty": "谁在值班",
    "register": "登记",
    "signin": "签到",
    "swap": "换班",
    "leave": "请假",
    "ledger": "账本",
    "cancel": "取消",
}
GONE = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})


class UnreadableError(Exception):
    """Rightly sent, but not to be read: kept as failed, never answered with an error."""


def read(update: Update, received_at: datetime, raw: str) -> Incoming:
    """The update as a message. What is not said to the desk in private is `IGNORED`. Raises UnreadableError."""
    query, message, corrected = update.callback_query, update.message, update.edited_message
    if query is not None:
        return _tap(update, query, received_at, raw)
    if message is not None:
        return _message(update, message, received_at, raw)
    if corrected is not None:
        return _message(update, corrected, received_at, raw, edits=str(corrected.message_id))
    if update.my_chat_member is not None:
        return _line(update, update.my_chat_member, received_at, raw)
    raise UnreadableError("none of the kinds that we read")


def _tap(update: Update, query: CallbackQuery, received_at: datetime, raw: str) -> Incoming:
    message = query.message
    return Incoming(
        channel="telegram",
        account=str(query.from_user.id),
        external_id=str(update.update_id),
        chat=str(message.chat.id) if message else str(query.from_user.id),
        received_at=received_at,
        tap=(query.data or "")[:64] or "-",
        shown_id=str(message.message_id) if message else "",
        language=query.from_user.language_code or "",
        name=query.from_user.full_name,
        raw=raw,
    )


def _message(
    update: Update, message: Message, received_at: datetime, raw: str, *, edits: str = ""
) -> Incoming:
    user = message.from_user
    if user is None:
        raise UnreadableError("a message without a sender")
    private = message.chat.type == ChatType.PRIVATE
    words, scan = _words(message.text or message.caption or "")
    media = _media(message)
    answered = message.reply_to_message
    known = bool(words or scan or media)
    return Incoming(
        channel="telegram",
        account=str(user.id),
        chat=str(message.chat.id),
        external_id=str(update.update_id),
        received_at=received_at,
        sent_at=message.edit_date if edits else message.date,
        contact=Contact.MESSAGE if private and known else Contact.IGNORED,
        text=words,
        scan=scan,
        shown_id=str(answered.message_id) if answered else "",
        edits=edits,
        message_id=str(message.message_id),
        media=media,
        language=user.language_code or "",
        name=user.full_name,
        raw=raw,
    )


def _words(text: str) -> tuple[str, str]:
    """(words, payload of a deep link). A command is the word it stands for."""
    if not text.startswith("/"):
        return text, ""
    command, _, rest = text[1:].partition(" ")
    name = command.partition("@")[0].lower()
    if name == "start":
        return ("", rest.strip()) if rest.strip() else ("帮助", "")
    return COMMANDS.get(name, text), ""


def _media(message: Message) -> tuple[Media, ...]:
    for reader in MEDIA:
        found = reader(message)
        if found is not None:
            return (found,)
    return ()


def _photo(message: Message) -> Media | None:
    if not message.photo:
        return None
    largest = message.photo[-1]
    return Media(
        kind=MediaKind.PHOTO,
        reference=largest.file_id,
        unique=largest.file_unique_id,
        name="photo.jpg",
        media_type="image/jpeg",
        size=largest.file_size or 0,
    )


def _voice(message: Message) -> Media | None:
    one = message.voice or message.audio
    if one is None:
        return None
    length = one.duration
    seconds = int(length.total_seconds()) if not isinstance(length, int) else length
    return Media(
        kind=MediaKind.VOICE,
        reference=one.file_id,
        unique=one.file_unique_id,
        seconds=seconds,
        name="voice.ogg",
        media_type=one.mime_type or "audio/ogg",
        size=one.file_size or 0,
    )


def _document(message: Message) -> Media | None:
    one = message.document or message.video
    if one is None:
        return None
    kind = MediaKind.VIDEO if message.video else MediaKind.FILE
    if (one.mime_type or "").startswith("image/"):
        kind = MediaKind.PHOTO  # a photo sent as a file keeps its name: evidence all the same
    return Media(
        kind=kind,
        reference=one.file_id,
        unique=one.file_unique_id,
        name=(one.file_name or "file")[-80:],
        media_type=one.mime_type or "",
        size=one.file_size or 0,
    )


def _location(message: Message) -> Media | None:
    one = message.location or (message.venue.location if message.venue else None)
    if one is None:
        return None
    return Media(kind=MediaKind.LOCATION, latitude=one.latitude, longitude=one.longitude)


def _sticker(message: Message) -> Media | None:
    one = message.sticker
    return (
        None
        if one is None
        else Media(kind=MediaKind.STICKER, unique=one.file_unique_id, name=one.emoji or "")
    )


MEDIA: tuple[Callable[[Message], Media | None], ...] = (_photo, _voice, _document, _location, _sticker)


def _line(update: Update, change: ChatMemberUpdated, received_at: datetime, raw: str) -> Incoming:
    private = change.chat.type == ChatType.PRIVATE
    contact = Contact.LEFT if change.new_chat_member.status in GONE else Contact.FOLLOWED
    return Incoming(
        channel="telegram",
        account=str(change.from_user.id),
        chat=str(change.chat.id),
        external_id=str(update.update_id),
        received_at=received_at,
        contact=contact if private else Contact.IGNORED,
        language=change.from_user.language_code or "",
        raw=raw,
    )
