"""The address behind the QR of a record: opened by whoever holds the paper, without login, as long as paper lasts.

It names the record by its number and carries a mark of the installation's key, so that nobody finds other records by
counting. The page it opens tells nothing about a person (`desk/verifying.py`).
"""

import base64
import hashlib
import hmac
from typing import Final

MAC_BYTES: Final = 9  # twelve signs: a QR of a short address reads from a bad print


class VerifyLinks:
    """Makes and reads them. Without a key or an address there are none, and no QR is printed."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._secret = secret_key
        self._url = public_url

    def url(self, number: str) -> str:
        """The address for the record of this number; empty where there can be none."""
        if not (self._secret and self._url and number):
            return ""
        return f"{self._url}/console/verify/{number}.{self._mac(number)}"

    def read(self, token: str) -> str | None:
        """The number in such an address; None when it is not ours."""
        number, _, mac = token.rpartition(".")
        if not self._secret or not hmac.compare_digest(self._mac(number).encode(), mac.encode("utf-8", "replace")):
            return None
        return number

    def _mac(self, number: str) -> str:
        key = hashlib.sha256(b"yingnuo verification" + self._secret.encode()).digest()
        made = hmac.new(key, number.encode("utf-8", "replace"), hashlib.sha256).digest()[:MAC_BYTES]
        return base64.urlsafe_b64encode(made).decode()
