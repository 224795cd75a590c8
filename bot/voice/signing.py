"""The signature of both ways: HMAC-SHA256 over the timestamp and the whole body, with a secret of this line alone."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.voice.port import ForgedError

TIMESTAMP: Final = "X-Yingnuo-Timestamp"
SIGNATURE: Final = "X-Yingnuo-Signature"
BELIEVED_FOR: Final = timedelta(minutes=5)  # clocks differ, networks wait; older is somebody's recording


def signed(secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The two headers that go with this body."""
    timestamp = str(int(now.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: _signature(secret, timestamp, body)}


def check(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Raises ForgedError unless this body was signed with the secret a short while ago."""
    timestamp = headers.get(TIMESTAMP, "")
    wanted = _signature(secret, timestamp, body)
    if not hmac.compare_digest(wanted.encode(), headers.get(SIGNATURE, "").encode(errors="replace")):
        raise ForgedError("signature")
    # Only now is the timestamp the provider's own word.
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > len("9999999999"):
        raise ForgedError("timestamp")
    if abs(now - datetime.fromtimestamp(int(timestamp), UTC)) > BELIEVED_FOR:
        raise ForgedError("stale")


def _signature(secret: str, timestamp: str, body: bytes) -> str:
    digest = hmac.new(secret.encode(), timestamp.encode(errors="replace") + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"
