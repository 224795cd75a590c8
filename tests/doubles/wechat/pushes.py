"""What the platform pushes: XML of a message or event, sealed and signed, and what comes back in the
answer."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tests.doubles.platform import Said
from tests.doubles.wechat.sealing import Sealing

ACCOUNT = "gh_0123456789ab"
NOT_HANDED_ON = "【收到不支持的消息类型，暂无法显示】"  # a sticker or file: the platform hands on only this
MOST_REPLY_BYTES = 2048
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Passive:
    """A reply that came in the answer to a push."""

    account: str
    text: str


def xml_of(fields: Mapping[str, object], root: str = "xml") -> str:
    """Elements in CDATA, nested ones by nested mappings."""
    inner = "".join(
        xml_of(value, name) if isinstance(value, Mapping) else f"<{name}>{_cdata(str(value))}</{name}>"
        for name, value in fields.items()
    )
    return f"<{root}>{inner}</{root}>"


def envelope(sealing: Sealing, inner: str, now: datetime, nonce: str) -> tuple[dict[str, str], str]:
    """Query and body of a push in safe mode."""
    encrypt, timestamp = sealing.encrypt(inner), str(int(now.timestamp()))
    query = {
        "signature": sealing.signature(timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": sealing.signature(timestamp, nonce, encrypt),
    }
    return query, xml_of({"ToUserName": ACCOUNT, "Encrypt": encrypt})


def passive(sealing: Sealing, body: str) -> Passive | None:
    """The reply in an answer; None for `success` and for nothing. Raises AssertionError for what WeChat
    refuses."""
    if body in {"", "success"}:
        return None
    outer = ET.fromstring(body)
    encrypt, nonce = _text(outer, "Encrypt"), _text(outer, "Nonce")
    signed = sealing.signature(_text(outer, "TimeStamp"), nonce, encrypt)
    assert _text(outer, "MsgSignature") == signed, "the answer is not signed"
    inner = ET.fromstring(sealing.decrypt(encrypt))
    names = [one.tag for one in inner]
    assert len(names) == len(set(names)), "an element is doubled"
    assert _text(inner, "FromUserName") == ACCOUNT
    assert _text(inner, "MsgType") == "text"
    text = _text(inner, "Content")
    assert 0 < len(text.encode()) <= MOST_REPLY_BYTES, "WeChat shows no such text"
    return Passive(_text(inner, "ToUserName"), text)


def fields_of(said: Said, media_id: str) -> list[dict[str, object]]:
    """What the phone sends for it, in order: WeChat knows no caption, no edit and no file to an account."""
    words: list[dict[str, object]] = [{"MsgType": "text", "Content": said.text}] if said.text else []
    if said.scan:
        return [{"MsgType": "event", "Event": "SCAN", "EventKey": said.scan, "Ticket": "gQ" + said.scan}]
    match said.media_kind:
        case "photo":
            url = f"http://mmbiz.qpic.cn/{media_id}/0"
            return [{"MsgType": "image", "PicUrl": url, "MediaId": media_id}, *words]
        case "voice":
            recognised: dict[str, object] = {"Recognition": said.text} if said.text else {}
            return [{"MsgType": "voice", "MediaId": media_id, "Format": "amr", **recognised}]
        case "location":
            place = {
                "Location_X": said.latitude,
                "Location_Y": said.longitude,
                "Scale": 16,
                "Label": "所在地",
            }
            return [{"MsgType": "location", **place}]
        case "sticker" | "file":
            return [{"MsgType": "text", "Content": NOT_HANDED_ON}]
        case _:
            return words


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _text(parent: ET.Element, name: str) -> str:
    found = parent.find(name)
    assert found is not None, f"{name} is missing"
    return found.text or ""
