"""The fifth port: somebody who calls a phone, reads a text out and says which key was pressed.

A provider calls back later; what it tells comes in through `callbacks.py`, checked by the same port.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class PhoneCall:
    """One try. `reference` names it in every callback; `key` is what acknowledges."""

    reference: str
    phone: str
    language: str
    text: str
    key: str


@dataclass(frozen=True)
class Placed:
    """What became of the request: `reason` is empty where the provider has taken it."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One callback: `event` is unique to it, `status` the provider's word, `digits` the keys that were pressed."""

    event: str
    reference: str
    status: str
    digits: str


class ForgedError(Exception):
    """A callback that is not the provider's, or is too old to be believed."""


class VoicePort(Protocol):
    """A voice provider."""

    async def call(self, call: PhoneCall) -> Placed:
        """One attempt; never raises for what a provider may answer."""
        ...

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        """The callback in this request. Raises ForgedError, or ValueError for one that cannot be read."""
        ...
