"""What messages are read and rendered with: the same for every message of the process."""

from dataclasses import dataclass

from bot.papers import Papers
from conversations.buttons import Signer
from desk.rulebook import Rulebook


@dataclass(frozen=True)
class Reader:
    """`release` names the code that runs: a message on which it failed is tried again by another one. `papers`
    sets the records that go along with a message."""

    rulebook: Rulebook
    signer: Signer
    release: str
    papers: Papers
