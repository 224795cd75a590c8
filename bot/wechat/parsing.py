"""XML from the platform as flat, typed fields: guarded first, then parsed by wechatpy.

wechatpy raises a zoo of errors and gives lists and dicts where a tag is doubled or nested (fact sheet, traps
12-16); behind this module there is one error and every field that is asked for is a string.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from xml.parsers import expat

import xmltodict
from wechatpy import parse_message

MOST_DEPTH = 8  # a real push has five: xml, SendPicsInfo, PicList, item, PicMd5Sum
LATEST = 2**33  # seconds; a CreateTime beyond is no moment that datetime knows on every machine
OPENID = re.compile(r"[A-Za-z0-9_\-.@]{1,128}")
ZOO = (KeyError, ValueError, TypeError, AttributeError, IndexError, expat.ExpatError, RecursionError)


class UnreadableError(Exception):
    """It is not what the platform sends. The message names the fault and holds nothing of the content."""


@dataclass(frozen=True, kw_only=True)
class Pushed:
    """One message or event. `kind` and `event` are lower case; `account` is the person, `to` our own
    account."""

    kind: str
    event: str
    account: str
    to: str
    created_at: datetime
    fields: Mapping[str, object]

    def text(self, name: str) -> str:
        """A field as text, "" when it is absent or empty. Raises UnreadableError for a doubled or nested
        one."""
        return _text(self.fields, name)

    def inside(self, *names: str) -> str:
        """A field inside others, e.g. ("ScanCodeInfo", "ScanResult"); "" when any is absent."""
        found: object = self.fields
        for name in names[:-1]:
            found = found.get(name) if isinstance(found, Mapping) else None
        return _text(found, names[-1]) if isinstance(found, Mapping) else ""


def decoded(body: bytes) -> str:
    """The body as text; a BOM is dropped. Raises UnreadableError."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("not UTF-8") from error


def guard(xml: str) -> None:
    """Raise UnreadableError for a document type, deep nesting or broken XML, before a parser builds
    anything."""
    depth = 0

    def start(_name: str, _attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise UnreadableError("nested too deeply")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_parts: object) -> None:
        raise UnreadableError("a document type is declared")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, UnicodeEncodeError) as error:
        raise UnreadableError("broken XML") from error


def encrypted_part(xml: str) -> str:
    """What stands in `Encrypt`; "" when the push is plain. Raises UnreadableError."""
    guard(xml)
    try:
        root = xmltodict.parse(xml)["xml"]
    except ZOO as error:
        raise UnreadableError("no envelope") from error
    return _text(root, "Encrypt") if isinstance(root, Mapping) else ""


def parse(xml: str) -> Pushed:
    """The decrypted message. Raises UnreadableError."""
    guard(xml)
    try:
        message = parse_message(xml)
        fields = cast(Mapping[str, object], message._data)
        seconds = int(_text(fields, "CreateTime"))
    except ZOO as error:
        raise UnreadableError(f"parser: {type(error).__name__}") from error
    if not 0 < seconds < LATEST:
        raise UnreadableError("CreateTime is no moment")
    account = _text(fields, "FromUserName")
    if not OPENID.fullmatch(account):
        raise UnreadableError("FromUserName is no OpenID")
    return Pushed(
        kind=_text(fields, "MsgType").lower(), event=_text(fields, "Event").lower(), account=account,
        to=_text(fields, "ToUserName"), created_at=datetime.fromtimestamp(seconds, UTC), fields=fields,
    )


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableError(f"{name} is doubled or nested")
    return value
