"""An `Outgoing` as the messages that the platform knows: media first, then words, choices below the last of
them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.wechat.choices import fits, pieces, with_list
from bot.wechat.media import carries
from conversations.engine.messages import Button, File, MediaKind, Outgoing

MOST_LINES = 5  # of a msgmenu: they stand close together, and a longer list is refused (45098)


class Choices(StrEnum):
    """How choices are shown."""

    MENU = "menu"  # a msgmenu: lines to tap
    LIST = "list"  # numbers to type: test accounts and long lists


@dataclass(frozen=True)
class Words:
    """A plain text."""

    text: str


@dataclass(frozen=True)
class MenuOf:
    """Words with lines to tap."""

    text: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Medium:
    """A photo, voice or video that the account can send."""

    file: File
    word: str


Part = Words | MenuOf | Medium


def laid_out(message: Outgoing, choices: Choices) -> tuple[Part, ...]:
    """The parts in the order of sending; each costs one message of the person's window."""
    media = tuple(Medium(file, kind.word) for file in message.files if (kind := carries(file)) is not None)
    missing = [file for file in message.files if carries(file) is None]
    named = [_named(file) for file in missing if not file.link]
    text = "\n".join([*named, *([message.text] if message.text else []), *links(message.files)])
    if not message.buttons or choices is Choices.LIST or len(message.buttons) > MOST_LINES:
        return (*media, *(Words(piece) for piece in _cut(text, message.buttons)))
    *before, last = pieces(text) or ("",)
    return (*media, *(Words(piece) for piece in before), MenuOf(last, message.buttons))


def _cut(text: str, buttons: tuple[Button, ...]) -> tuple[str, ...]:
    """The list stays in one message with the end of the text, so that the numbers stand under what they
    answer."""
    *before, last = pieces(text) or ("",)
    joined = with_list(last, buttons)
    end = (joined,) if fits(joined) else (*pieces(last), *pieces(with_list("", buttons)))
    return (*before, *end) if end != ("",) else tuple(before)


def as_list(part: MenuOf) -> tuple[Words, ...]:
    """The same with numbers to type."""
    return tuple(Words(piece) for piece in _cut(part.text, part.buttons))


def links(files: tuple[File, ...]) -> list[str]:
    """What the account cannot send but a page shows: a line each, numbered as the words above list them."""
    found = [file.link for file in files if file.link]
    return [f"📎 {link}" if len(found) == 1 else f"📎 {place}. {link}" for place, link in enumerate(found, 1)]


def _named(file: File) -> str:
    """What a service account cannot send is named, so that the reader knows that it is there."""
    if file.kind is MediaKind.LOCATION and file.latitude is not None and file.longitude is not None:
        return f"📍 {file.name} {file.latitude:.6f},{file.longitude:.6f}".replace("  ", " ")
    return f"📎 {file.name or file.kind.value}"


def as_json(part: Words | MenuOf, account: str) -> dict[str, object]:
    """The body of `/cgi-bin/message/custom/send`."""
    if isinstance(part, Words):
        return {"touser": account, "msgtype": "text", "text": {"content": part.text}}
    lines = [{"id": one.data, "content": one.label} for one in part.buttons]
    return {"touser": account, "msgtype": "msgmenu",
            "msgmenu": {"head_content": part.text, "list": lines, "tail_content": ""}}


def medium_json(medium: Medium, media_id: str, account: str) -> dict[str, object]:
    """The same for an uploaded medium."""
    return {"touser": account, "msgtype": medium.word, medium.word: {"media_id": media_id}}
