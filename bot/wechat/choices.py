"""Choices as a numbered list and words cut to size: what a passive reply and a plain message can carry.

A typed number means the list as the dialog counts it: by place, marks by their mark, and 0 is the way back.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from conversations.engine.messages import Button
from texts.say import LANGUAGES, sentences

MOST_CHARACTERS = 600
MOST_BYTES = 2048  # undocumented here, measured by several developers; beyond it the message fails (45002)
OWN_NUMBERS = {"label.back": "0"} | {f"label.mark_{mark}": str(mark) for mark in range(1, 6)}


@cache
def _own_numbers() -> dict[str, str]:
    """Label → number, for labels that are not counted by their place."""
    return {sentences(language)[key]: number for language in LANGUAGES for key, number in OWN_NUMBERS.items()}


def numbered(buttons: Sequence[Button]) -> tuple[tuple[str, Button], ...]:
    """Each button with the number that a person types for it."""
    own = _own_numbers()
    return tuple((own.get(one.label, str(place)), one) for place, one in enumerate(buttons, start=1))


def with_list(text: str, buttons: Sequence[Button]) -> str:
    """The text with its choices below, one a line."""
    if not buttons:
        return text
    lines = "\n".join(f"{number} {one.label}" for number, one in numbered(buttons))
    return f"{text}\n\n{lines}" if text else lines


def fits(text: str) -> bool:
    """Whether it can go as one message."""
    return len(text) <= MOST_CHARACTERS and len(text.encode()) <= MOST_BYTES


def pieces(text: str) -> tuple[str, ...]:
    """The text as messages that fit, cut at line breaks where there are any; nothing is lost but those
    breaks."""
    return tuple(piece for piece in _pieces(text) if piece.strip())


def _pieces(rest: str) -> Iterator[str]:
    while not fits(rest):
        most = _most(rest)
        at = rest.rfind("\n", 1, most + 1)
        yield rest[:at] if at > 0 else rest[:most]
        rest = rest[at + 1 :] if at > 0 else rest[most:]
    yield rest


def _most(text: str) -> int:
    """How many characters from the start fit."""
    head = text[:MOST_CHARACTERS].encode()
    return len(head[:MOST_BYTES].decode("utf-8", "ignore"))
