"""The seal of the service account: who may open, who may close, checked before anything is read.

wechatpy does the cipher. It neither compares in constant time nor looks at the time, and accepts an empty
token (fact sheet, traps 9, 11, 12), so signatures are compared here, and every error of its zoo becomes one
of two: `ForgedError` (not from the platform: 403) or `UndecryptableError` (rightly signed, yet unreadable:
kept).
"""

import hmac
import secrets
import string
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import WeChatException
from wechatpy.utils import WeChatSigner

from bot.wechat.settings import Pair, key_bytes

FRESH_SECONDS = 300  # between the platform's clock and ours; beyond it a captured request is worth nothing
ALPHABET = string.ascii_letters + string.digits
ENVELOPE = (
    "<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt><MsgSignature><![CDATA[{signature}]]></MsgSignature>"
    "<TimeStamp>{timestamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
)
# What wechatpy raises for a key, text or receiver that does not fit.
ZOO = (WeChatException, ValueError, KeyError, IndexError, TypeError, AssertionError, struct.error)


class ForgedError(Exception):
    """The request does not prove that it comes from the platform, now. The message says what is wrong, not
    how."""


class UndecryptableError(Exception):
    """Rightly signed with our token, but not readable with our key or not meant for our account."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """What the platform puts behind the `?`: never trusted before a signature over it has been checked."""

    timestamp: str = ""
    nonce: str = ""
    signature: str = ""
    msg_signature: str = ""
    echostr: str = ""
    encrypt_type: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Query":
        return cls(**{name: given.get(name, "") for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Opened:
    """A message out of its envelope, and the pair that opened it: the answer is sealed with the same."""

    text: str
    pair: Pair


class _Cipher(PrpCrypto):  # type: ignore[misc]  # wechatpy has no types
    """The 16 bytes in front are the only randomness (the IV is a part of the key): from the system's
    source."""

    def get_random_string(self) -> str:
        return random_text(16)


class Seal:
    """Opens what comes in, closes what goes out, for one account."""

    def __init__(self, app_id: str, pairs: Sequence[Pair]) -> None:
        if not pairs or not all(pair.token for pair in pairs):
            raise ValueError("an empty token can be signed for by anybody")
        self._app_id = app_id
        self._pairs = tuple(pairs)

    def check(self, query: Query, now: datetime) -> None:
        """Whether the console's GET comes from the platform. Raises ForgedError."""
        _check_fresh(query, now)
        ours = [sign(pair.token, query.timestamp, query.nonce) for pair in self._pairs]
        if not any(_same(one, query.signature) for one in ours):
            raise ForgedError("signature")

    def open(self, query: Query, encrypt: str, now: datetime) -> Opened:
        """The message inside. Raises ForgedError, UndecryptableError."""
        _check_fresh(query, now)
        parts = (query.timestamp, query.nonce, encrypt)
        signed = [pair for pair in self._pairs if _same(sign(pair.token, *parts), query.msg_signature)]
        if not signed:
            raise ForgedError("signature")
        for pair in signed:
            text = self._decrypted(pair, encrypt)
            if text is not None:
                return Opened(text, pair)
        raise UndecryptableError("neither key opens it for this account")

    def close(self, text: str, pair: Pair, now: datetime) -> str:
        """An answer in its envelope, with a nonce of our own: the query's would be pasted into XML
        unescaped."""
        encrypt = cast(bytes, _Cipher(key_bytes(pair.aes_key)).encrypt(text, self._app_id)).decode()
        timestamp, nonce = str(int(now.timestamp())), random_text(16)
        signature = sign(pair.token, timestamp, nonce, encrypt)
        return ENVELOPE.format(encrypt=encrypt, signature=signature, timestamp=timestamp, nonce=nonce)

    def _decrypted(self, pair: Pair, encrypt: str) -> str | None:
        try:
            return cast(str, _Cipher(key_bytes(pair.aes_key)).decrypt(encrypt, self._app_id))
        except ZOO:  # expected for every pair but one while keys are being changed
            return None


def sign(*parts: str) -> str:
    """SHA-1 over the sorted and joined parts, in hex: the platform's signature."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return cast(str, signer.signature)


def random_text(length: int) -> str:
    """Letters and digits that nobody can foresee."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _same(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "replace"))


def _check_fresh(query: Query, now: datetime) -> None:
    if not (query.timestamp.isascii() and query.timestamp.isdigit() and len(query.timestamp) <= 12):
        raise ForgedError("timestamp")
    if abs(now.timestamp() - int(query.timestamp)) > FRESH_SECONDS:
        raise ForgedError("stale")
