"""A push as an `Incoming`: one row per type of message and per event. What stands in no row is read
kindly."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.wechat.menu import words_of
from bot.wechat.parsing import Pushed, UnreadableError
from bot.wechat.windows import Act
from conversations.engine.messages import Contact, Incoming, Media, MediaKind

CHANNEL = "wechat"
# What the platform writes in place of a sticker, a file or anything else that it does not hand on.
NOT_HANDED_ON = "【收到不支持的消息类型，暂无法显示】"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What one push means, before it gets its envelope of who and when. `act`: what window it opens."""

    contact: Contact = Contact.MESSAGE
    text: str = ""
    tap: str = ""
    scan: str = ""
    media: tuple[Media, ...] = ()
    act: Act | None = None


@dataclass(frozen=True)
class Read:
    """A push for the house, and the window that it opens."""

    incoming: Incoming
    act: Act | None


def read(pushed: Pushed, raw: str, received_at: datetime) -> Read | None:
    """None for what must not even be kept. Raises UnreadableError."""
    heard = _event(pushed) if pushed.kind == "event" else _message(pushed)
    if heard is None:
        return None
    key = external_id(pushed)
    incoming = Incoming(
        channel=CHANNEL, account=pushed.account, chat=pushed.account, external_id=key, message_id=key,
        received_at=received_at, sent_at=pushed.created_at, contact=heard.contact, text=heard.text,
        tap=heard.tap, scan=heard.scan, media=heard.media, raw=raw,
    )
    return Read(incoming, heard.act)


def external_id(pushed: Pushed) -> str:
    """MsgId; events have none, and two in one second do happen (subscribe and SCAN): name and key go in."""
    if pushed.kind != "event":
        key = pushed.text("MsgId")
        if not (key.isascii() and key.isdigit() and len(key) <= 20):
            raise UnreadableError("MsgId is no number")
        return key
    digest = hashlib.sha256(pushed.text("EventKey").encode()).hexdigest()[:16]
    seconds = int(pushed.created_at.timestamp())
    return f"{pushed.account}+{seconds}+{pushed.event[:64]}+{digest}"


def _message(pushed: Pushed) -> Heard:
    return MESSAGES.get(pushed.kind, _unknown)(pushed)


def _event(pushed: Pushed) -> Heard | None:
    if pushed.event in DROPPED:
        return None
    return EVENTS.get(pushed.event, _ignored)(pushed)


# --- messages


def _text(pushed: Pushed) -> Heard:
    if menu_id := pushed.text("bizmsgmenuid"):
        return Heard(tap=menu_id, act=Act.TAP)
    content = pushed.text("Content")
    if content == NOT_HANDED_ON:
        return _unknown(pushed)
    return Heard(text=content, act=Act.MESSAGE)


def _media(kind: MediaKind) -> Callable[[Pushed], Heard]:
    def heard(pushed: Pushed) -> Heard:
        reference = pushed.text("MediaId")
        if not reference:
            raise UnreadableError("no MediaId")
        return Heard(media=(Media(kind=kind, reference=reference),), act=Act.MESSAGE)

    return heard


def _voice(pushed: Pushed) -> Heard:
    """Recognition is empty or absent since 2023: taken when it comes, never waited for."""
    reference = pushed.text("MediaId")
    if not reference:
        raise UnreadableError("no MediaId")
    voice = Media(
        kind=MediaKind.VOICE, reference=reference, recognised=pushed.text("Recognition"),
        media_type=f"audio/{pushed.text('Format').lower() or 'amr'}",
    )
    return Heard(media=(voice,), act=Act.MESSAGE)


def _location(pushed: Pushed) -> Heard:
    """Coordinates are GCJ-02, as every map in China wants them."""
    latitude, longitude = _degrees(pushed, "Location_X", 90), _degrees(pushed, "Location_Y", 180)
    place = Media(kind=MediaKind.LOCATION, name=pushed.text("Label"), latitude=latitude, longitude=longitude)
    return Heard(media=(place,), act=Act.MESSAGE)


def _degrees(pushed: Pushed, name: str, most: int) -> float:
    try:
        value = float(pushed.text(name))
    except ValueError as error:
        raise UnreadableError(f"{name} is no number") from error
    if not -most <= value <= most:
        raise UnreadableError(f"{name} is no place on earth")
    return value


def _link(pushed: Pushed) -> Heard:
    """A shared page is words: its title, description and address."""
    lines = (pushed.text(name) for name in ("Title", "Description", "Url"))
    return Heard(text="\n".join(line for line in lines if line), act=Act.MESSAGE)


def _unknown(_pushed: Pushed) -> Heard:
    """Something was sent that we cannot show: the dialog says so, as it does for a sticker."""
    return Heard(media=(Media(kind=MediaKind.STICKER),), act=Act.MESSAGE)


MESSAGES: Mapping[str, Callable[[Pushed], Heard]] = {
    "text": _text,
    "image": _media(MediaKind.PHOTO),
    "voice": _voice,
    "video": _media(MediaKind.VIDEO),
    "shortvideo": _media(MediaKind.VIDEO),
    "location": _location,
    "link": _link,
}

# --- events


def _followed(_pushed: Pushed) -> Heard:
    """A prefix other than qrscene_ (last_trade_no_ …) is no scene of ours."""
    return Heard(contact=Contact.FOLLOWED, act=Act.FOLLOW)


def _followed_by_scan(pushed: Pushed) -> Heard:
    """wechatpy has renamed the event and taken qrscene_ away."""
    return Heard(contact=Contact.FOLLOWED, scan=pushed.text("EventKey"), act=Act.FOLLOW)


def _scanned(pushed: Pushed) -> Heard:
    return Heard(scan=pushed.text("EventKey"), act=Act.SCAN)


def _left(_pushed: Pushed) -> Heard:
    return Heard(contact=Contact.LEFT)


def _clicked(pushed: Pushed) -> Heard:
    return Heard(text=words_of(pushed.text("EventKey")), act=Act.CLICK)


def _scanned_a_label(pushed: Pushed) -> Heard:
    """扫码报修: a room's label holds its code, alone or as the end of an address."""
    result = pushed.inside("ScanCodeInfo", "ScanResult")
    code = urlsplit(result).path.rstrip("/").rpartition("/")[2] if "://" in result else result
    return Heard(scan=code, act=Act.CLICK) if code else Heard(text=words_of("report"), act=Act.CLICK)


def _receipt(_pushed: Pushed) -> Heard:
    return Heard(contact=Contact.RECEIPT)


def _ignored(_pushed: Pushed) -> Heard:
    return Heard(contact=Contact.IGNORED)


EVENTS: Mapping[str, Callable[[Pushed], Heard]] = {
    "subscribe": _followed,
    "subscribe_scan": _followed_by_scan,
    "scan": _scanned,
    "unsubscribe": _left,
    "click": _clicked,
    "scancode_push": _scanned_a_label,
    "scancode_waitmsg": _scanned_a_label,
    "templatesendjobfinish": _receipt,
    "subscribe_msg_sent_event": _receipt,
}
DROPPED = frozenset({"location"})  # where a person is, every five seconds: nobody asked, so it is not kept
ALARMING = frozenset({  # the account's verification ends or failed: it will soon be mute
    "verify_expired", "annual_renew", "qualification_verify_fail", "naming_verify_fail",
})
