"""Who is at the browser: a signed link, kept as a bearer token. Whoever has it is that account, until it ends."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

LASTS = timedelta(days=180)
MAC_BYTES = 16


class Links:
    """Makes and reads web tokens with the installation's key."""

    def __init__(self, secret_key: str) -> None:
        self._key = hashlib.sha256(b"yingnuo web links" + secret_key.encode()).digest()

    def make(self, account: str, now: datetime, lasts: timedelta = LASTS) -> str:
        """A token for this account; only letters, digits, `-`, `_` and `.`."""
        body = f"{_text(account.encode())}.{int((now + lasts).timestamp())}"
        return f"{body}.{self._mac(body)}"

    def account_of(self, token: str, now: datetime) -> str | None:
        """The account of a token that is ours and has not ended."""
        body, _, mac = token.rpartition(".")
        if not hmac.compare_digest(self._mac(body).encode(), mac.encode("utf-8", "replace")):
            return None
        account, _, until = body.partition(".")
        if datetime.fromtimestamp(int(until), UTC) <= now:
            return None
        return base64.urlsafe_b64decode(account + "=" * (-len(account) % 4)).decode()

    def _mac(self, body: str) -> str:
        return _text(hmac.new(self._key, body.encode("utf-8", "replace"), hashlib.sha256).digest()[:MAC_BYTES])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
