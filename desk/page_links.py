"""Links to pages outside a chat: signed, for one person and one thing, and over after some days.

Whoever has the link sees what its person may see, so a link never outlives a role: whoever opens a page is
looked up anew. No name and no number stands in it that would mean anything without our tables.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LASTS = timedelta(days=7)
MAC_BYTES = 16
PARTS = 5


@dataclass(frozen=True)
class Pass:
    """What a link stands for: a kind of page, the thing it shows (an id as text), whose it is, in which language."""

    kind: str
    subject: str
    person_id: int
    language: str


class PageLinks:
    """Makes and reads links with the installation's key. Raises ValueError without one: anybody could make them."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._secret = secret_key
        self._url = public_url

    def make(self, one: Pass, now: datetime, lasts: timedelta = LASTS) -> str:
        """The address of the page, good until `now + lasts`."""
        return self._url + self.path(one, now, lasts)

    def path(self, one: Pass, now: datetime, lasts: timedelta = LASTS) -> str:
        """The same without the house: for a page that points at another."""
        until = int((now + lasts).timestamp())
        body = ".".join([one.kind, one.subject, str(one.person_id), one.language, str(until)])
        return f"/console/{one.kind}/{_text(body.encode())}.{self._mac(body)}"

    def read(self, token: str, kind: str, now: datetime) -> Pass | None:
        """What the last part of such an address stands for; None when it is not ours, of another kind or over."""
        encoded, _, mac = token.partition(".")
        try:
            body = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
        except ValueError:
            return None
        if not hmac.compare_digest(self._mac(body).encode(), mac.encode("utf-8", "replace")):
            return None
        parts = body.split(".")
        if len(parts) != PARTS or parts[0] != kind or datetime.fromtimestamp(int(parts[4]), UTC) <= now:
            return None
        return Pass(parts[0], parts[1], int(parts[2]), parts[3])

    def _mac(self, body: str) -> str:
        if not self._secret:
            raise ValueError("links need the installation's secret key")
        key = hashlib.sha256(b"yingnuo pages" + self._secret.encode()).digest()
        return _text(hmac.new(key, body.encode(), hashlib.sha256).digest()[:MAC_BYTES])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
