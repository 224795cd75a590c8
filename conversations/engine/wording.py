"""Questions answered in words: a text, a place, a phone number, a sum of money."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conversations.engine import commands
from conversations.engine.asking import (
    NOTHING_KEY,
    WORDS_WANTED,
    Answer,
    Asked,
    Joinable,
    Option,
    Question,
    Reading,
    Sets,
    Unfit,
    Unread,
)
from conversations.engine.heard import Heard
from texts.say import Say, say

NOTHING_WORDS = ("无", "没有", "跳过", "不用", "none", "skip", "no")


def nothing(label: Say) -> Option:
    """The option that leaves a question empty; "nothing" is an answer."""
    return Option(NOTHING_KEY, label, also=NOTHING_WORDS)


@dataclass(frozen=True)
class Text(Joinable[str]):
    """Free words as typed, trimmed. With `nothing` (a label) it may be left empty: the answer is then ""."""

    most: int = 2000  # characters
    nothing: Say | None = None

    def offers(self, asked: Asked) -> Sequence[Option]:
        return (nothing(self.nothing),) if self.nothing else ()

    def read(self, heard: Heard, asked: Asked) -> Reading:
        if any(one.is_named(heard.words) for one in self.offers(asked)):
            return Answer("")
        return self._fitting(heard.words)

    def tapped(self, key: str, asked: Asked) -> Reading:
        return Answer("") if self.nothing and key == NOTHING_KEY else Unread()

    def joined(self, value: str | None, heard: Heard) -> Answer | Unfit:
        """Each bubble keeps a line of its own: it stays as it was typed."""
        fitting = self._fitting("\n".join(one for one in (value, heard.words) if one))
        return fitting if isinstance(fitting, Answer | Unfit) else Unfit(fitting.why)

    def holds(self, value: str, asked: Asked) -> bool:
        return len(value) <= self.most

    def _fitting(self, words: str) -> Answer | Unfit | Unread:
        if not words:
            return Unread(WORDS_WANTED)
        if len(words) > self.most:
            return Unfit(say("dialog.too_long", most=self.most, has=len(words)))
        return Answer(words)


@dataclass(frozen=True)
class Afterword(Text):
    """Words that may follow what is done already: nothing to tap below it, and the word of `nothing` leaves it."""

    def offers(self, asked: Asked) -> Sequence[Option]:
        return ()

    def read(self, heard: Heard, asked: Asked) -> Reading:
        is_left = self.nothing is not None and nothing(self.nothing).is_named(heard.words)
        return Answer("") if is_left else self._fitting(heard.words)


@dataclass(frozen=True)
class Place(Text):
    """Where it is: a short text. Guessed, or left empty; asked only when the person changes it."""

    most: int = 60


@dataclass(frozen=True)
class Phone(Question[str]):
    """A phone number of mainland China, kept as digits."""

    def read(self, heard: Heard, asked: Asked) -> Reading:
        digits = re.sub(r"[\s\-()]", "", commands.fold(heard.words)).removeprefix("+86")
        return Answer(digits) if self.holds(digits, asked) else Unread(say("dialog.phone_wanted"))

    def holds(self, value: str, asked: Asked) -> bool:
        return re.fullmatch(r"1\d{10}|0\d{9,11}|\d{7,8}|400\d{7}", value) is not None


AMOUNT = re.compile(
    r"(?:￥|¥|rmb|cny)?\s*(\d{1,9}|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?\s*(万)?\s*(?:元|块|yuan|rmb)?(?:整)?"
)


@dataclass(frozen=True)
class Number(Question[int]):
    """A sum of money: said in yuan, kept in fen. `unless` names the choice, and its option, by which there is none:
    免费 where the sum is asked answers that one.
    """

    least: int = 1  # fen
    most: int = 100_000_000_00  # fen
    unless: tuple[str, Option] | None = None

    @property
    def shape(self) -> object:
        return int

    def read(self, heard: Heard, asked: Asked) -> Reading:
        if self.unless is not None and self.unless[1].is_named(heard.words):
            return Sets(self.unless[0], heard.words)
        found = AMOUNT.fullmatch(commands.fold(heard.words))
        if not found:
            return Unread(say("dialog.amount_wanted"))
        yuan, decimals, ten_thousand = found.groups()
        fen = int(yuan.replace(",", "")) * 100 + int((decimals or "").ljust(2, "0"))
        fen *= 10_000 if ten_thousand else 1
        return Answer(fen) if self.holds(fen, asked) else Unfit(say("dialog.amount_wanted"))

    def holds(self, value: int, asked: Asked) -> bool:
        return self.least <= value <= self.most
