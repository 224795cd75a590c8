"""What comes in from a channel and what goes out to one: the only shapes adapters and dialogs share.

An adapter turns a platform's request into an `Incoming` and an `Outgoing` into the platform's
request. It knows nothing of tickets; a dialog knows nothing of platforms.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MediaKind(StrEnum):
    """What a person may send besides words."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    LOCATION = "location"
    STICKER = "sticker"


@dataclass(frozen=True, kw_only=True)
class Media:
    """One thing that came with a message.

    `reference` is what the channel needs to fetch the bytes later (Telegram file_id, WeChat MediaId, key of
    an upload already stored); empty for a location or sticker.
    """

    kind: MediaKind
    reference: str = ""
    unique: str = ""  # the platform's stable id of the same content, if it has one
    name: str = ""
    media_type: str = ""
    size: int = 0  # bytes, 0 = not told
    seconds: int = 0
    recognised: str = ""  # words the platform recognised in a voice message
    latitude: float | None = None
    longitude: float | None = None


class Contact(StrEnum):
    """News about the line itself rather than words in it."""

    MESSAGE = "message"
    FOLLOWED = "followed"  # the person can be written to (again)
    LEFT = "left"  # the person blocked or unfollowed the desk
    RECEIPT = "receipt"  # the platform tells what became of a message of ours
    IGNORED = "ignored"  # stored, never answered (our own pins, unknown kinds)


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One message, tap or event from one person, already verified to come from the platform.

    `external_id` is unique within the channel: a platform's retry has the same one. `account` is the
    person within the channel, `chat` is where the answer goes; they differ in a group. Datetimes are
    timezone-aware UTC.
    """

    channel: str
    account: str
    chat: str
    external_id: str
    received_at: datetime
    sent_at: datetime | None = None
    said_at: datetime | None = None  # when it was written, by the sender's own device: believed while we were down
    contact: Contact = Contact.MESSAGE
    text: str = ""
    tap: str = ""  # the data of the button that was tapped, exactly as we had sent it
    shown_id: str = ""  # the platform's id of the message of ours that was tapped or answered
    scan: str = ""  # payload of a deep link, a QR scene or an invite
    edits: str = ""  # external id (platform's message id) of the earlier message that this one corrects
    message_id: str = ""  # the platform's id of this message in its chat
    media: tuple[Media, ...] = ()
    language: str = ""  # as the platform tells it, e.g. "zh-hans"
    name: str = ""  # as the platform tells it; never logged
    raw: str = ""  # the request as received, for evidence; never logged


@dataclass(frozen=True, kw_only=True)
class Button:
    """One choice under a message. `data` is at most 64 bytes and signed by `conversations/buttons.py`."""

    label: str
    data: str
    style: str = ""  # "primary", "success", "danger": a channel may show it as colour or ignore it


@dataclass(frozen=True, kw_only=True)
class File:
    """A stored file to be sent along."""

    kind: MediaKind
    name: str
    media_type: str
    path: str  # where the bytes lie (absolute); empty for a location
    reference: str = ""  # the same channel's own reference, if it came from there: cheaper to send again
    latitude: float | None = None
    longitude: float | None = None
    link: str = ""  # where it can be fetched until the link ends: for a channel that cannot carry it


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message to one chat, rendered for the person's language, laid out by the channel.

    `edits` is the platform's id of our earlier message that this one replaces in place; a channel without
    edits sends it anew (`text` always stands alone). `files` are sent before the text.
    """

    key: str  # id of the outbox row; the same on every attempt
    chat: str
    account: str
    text: str
    buttons: tuple[Button, ...] = ()
    files: tuple[File, ...] = ()
    edits: str = ""
    replies_to: str = ""
    quiet: bool = False  # no sound: courtesy and cards that nobody must act on
    again: bool = False  # a second sending after an unsure one: marked 重发 by the renderer


class Fate(StrEnum):
    """What became of one attempt to send."""

    SENT = "sent"
    REFUSED = "refused"  # permanent on this channel: the next channel, then a person
    UNSURE = "unsure"  # sent, but no answer was seen
    LATER = "later"  # certainly not sent; try again after `after_seconds`


class Scope(StrEnum):
    """What must wait when a platform says "later"."""

    CHAT = "chat"
    BOT = "bot"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The answer of a channel to one attempt. `message_id` is the platform's id, for edits and replies."""

    fate: Fate
    message_id: str = ""
    reason: str = ""  # our words: blocked, window, quota, not_found, too_large, configuration, timeout, down
    after_seconds: float = 0.0
    scope: Scope = Scope.CHAT
    detail: str = ""  # the platform's own words, for the log; no personal data
