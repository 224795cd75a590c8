"""What a button carries: 64 bytes, signed. A card's tap says act, ticket, round; a prompt's says which answer.

A tap is only a wish: the act behind it asks again who may do what. The signature keeps a client from making up
taps that were never shown, and binds a card's tap to the account it was shown to.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from conversations.engine.heard import DialogTap

MAC_BYTES = 8
MAC_TEXT = 11


@dataclass(frozen=True)
class CardTap:
    """A button of a card: stateless, works whenever it is tapped, for this round of the ticket only."""

    act: str
    ticket_id: int
    round: int
    extra: str = ""  # a plan's version, a receipt's finding, a question


Tap = CardTap | DialogTap


class Signer:
    """Makes and reads button data with the installation's key."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.sha256(b"yingnuo buttons" + key).digest()

    def card(self, tap: CardTap, account_id: int) -> str:
        """At most 64 bytes."""
        return self._signed(f"c~{tap.act}~{tap.ticket_id}~{tap.round}~{tap.extra}", account_id)

    def dialog(self, tap: DialogTap, account_id: int) -> str:
        """At most 64 bytes; flows keep names and keys short."""
        return self._signed(f"d~{tap.frame}~{tap.question}~{tap.key}~{tap.digest}", account_id)

    def read(self, data: str, account_id: int) -> Tap | None:
        """The tap that this data stands for; None when it is not ours or was not shown to this account."""
        body, mac = data[:-MAC_TEXT], data[-MAC_TEXT:]
        if not hmac.compare_digest(self._mac(body, account_id).encode(), mac.encode()):
            return None
        kind, *parts = body.split("~")
        if kind == "c" and len(parts) == 4:
            return CardTap(parts[0], int(parts[1]), int(parts[2]), parts[3])
        if kind == "d" and len(parts) == 4:
            return DialogTap(parts[0], parts[1], parts[2], parts[3])
        return None

    def _signed(self, body: str, account_id: int) -> str:
        data = body + self._mac(body, account_id)
        if len(data.encode()) > 64:
            raise ValueError(f"button data longer than 64 bytes: {body}")
        return data

    def _mac(self, body: str, account_id: int) -> str:
        made = hmac.digest(self._key, f"{account_id}:{body}".encode(), "sha256")[:MAC_BYTES]
        return base64.urlsafe_b64encode(made).decode().rstrip("=")
