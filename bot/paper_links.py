"""A link to one record: signed, for one person, for a few days. Whoever has it reads that record and nothing else."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from agreement.words import Record

LASTS = timedelta(days=7)
MAC_BYTES = 16
ORDER = tuple(Record)


@dataclass(frozen=True)
class PaperLink:
    """What a link opens: a record of a ticket, for the account to which it was sent."""

    ticket_id: int
    record: Record
    attempt: int
    account_id: int


class PaperLinks:
    """Makes and reads them with the installation's key. A link names no person and no school."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._key = hashlib.sha256(b"yingnuo record links" + secret_key.encode()).digest()
        self._public_url = public_url

    def url(self, link: PaperLink, now: datetime) -> str:
        """The address of the record's page until it ends."""
        return f"{self._public_url}/records/{self.token(link, now)}"

    def token(self, link: PaperLink, now: datetime) -> str:
        """Digits, dots and letters: it stands in an address as it is."""
        until = int((now + LASTS).timestamp())
        place = ORDER.index(link.record)
        body = f"{link.ticket_id}.{place}.{link.attempt}.{link.account_id}.{until}"
        return f"{body}.{self._mac(body)}"

    def read(self, token: str, now: datetime) -> PaperLink | None:
        """What it opens; None when it is not ours or has ended."""
        body, _, mac = token.rpartition(".")
        if not hmac.compare_digest(self._mac(body).encode(), mac.encode("utf-8", "replace")):
            return None
        ticket_id, place, attempt, account_id, until = (int(one) for one in body.split("."))
        if datetime.fromtimestamp(until, UTC) <= now:
            return None
        return PaperLink(ticket_id, ORDER[place], attempt, account_id)

    def _mac(self, body: str) -> str:
        made = hmac.new(self._key, body.encode("utf-8", "replace"), hashlib.sha256).digest()[:MAC_BYTES]
        return base64.urlsafe_b64encode(made).decode().rstrip("=")
