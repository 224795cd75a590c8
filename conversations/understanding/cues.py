"""Which cues a sentence gives: words of `words.toml`, found after look-alikes are taken out."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache

from conversations.understanding.table import phrases, rows, under, words


class Cue(StrEnum):
    """What a word of the sentence speaks for; each has its table [cues.<name>]."""

    HARD = auto()  # a fault whatever else is said: 报错, 黑屏
    SOFT = auto()  # something cannot be done: 打不开; slow and awkward things sound so too
    SLOW = auto()
    TIMEOUT = auto()
    HOWTO = auto()
    QUESTION = auto()  # asks something, not by itself of a system
    CLUMSY = auto()
    WISH = auto()
    SUGGESTION = auto()
    CONTRACT = auto()
    MISSING = auto()
    PROGRESS = auto()  # asks how a matter stands
    EARLIER = auto()  # refers to what was said or done before
    STILL = auto()
    SOLVED = auto()
    ANOTHER = auto()  # a new matter beside an old one
    REPORT = auto()
    THANKS = auto()
    CHAT = auto()  # manners
    TOPIC = auto()  # small talk
    NOTICE = auto()
    THING = auto()  # names something that a matter can be about
    CALM = auto()
    PRESSING = auto()


@dataclass(frozen=True)
class _Words:
    pieces: tuple[str, ...]
    english: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]

    def stand_in(self, text: str, english: str, *, chinese: bool) -> bool:
        if chinese and any(piece in text for piece in self.pieces):
            return True
        if english and any(word in english for word in self.english):
            return True
        return any(pattern.search(text) for pattern in self.patterns)


_ENGLISH_WORD = re.compile(r"[a-z0-9'’]+(?:[-.][a-z0-9]+)*|[.,;:!?]")
_HAN = re.compile("[一-龥]")


@cache
def _table() -> dict[Cue, _Words]:
    unknown = set(under("cues")) ^ set(Cue)
    if unknown:
        raise TypeError(f"words.toml: [cues] and Cue differ in {sorted(unknown)}")
    return {cue: _words(f"cues.{cue}") for cue in Cue}


def _words(entry: str) -> _Words:
    english = (f" {word}".removesuffix("*") + ("" if word.endswith("*") else " ") for word in phrases(f"{entry}.en"))
    return _Words(words(f"{entry}.zh"), tuple(english), tuple(map(re.compile, rows(f"{entry}.re"))))


@cache
def _not_solved() -> re.Pattern[str]:
    return re.compile("|".join(rows("cues.solved.not_re")))


@cache
def _any_of(entry: str) -> re.Pattern[str]:
    longest_first = sorted(words(entry), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def english_of(text: str) -> str:
    """The Latin words of a plain text with one blank around each; empty when there are none."""
    found = _ENGLISH_WORD.findall(text)
    return f" {' '.join(found)} ".replace("’", "'") if any(c.isalpha() for one in found for c in one) else ""


def cues_of(text: str) -> frozenset[Cue]:
    """All cues that a plain text gives."""
    english = english_of(text)
    chinese = _HAN.search(text) is not None
    masked = _any_of("masks.away").sub("□", text) if chinese else text
    found = {
        cue
        for cue, listed in _table().items()
        if listed.stand_in(_seen(cue, masked), english, chinese=chinese)
    }
    if Cue.SOLVED in found:
        without = _not_solved().sub("□", masked)
        if not _table()[Cue.SOLVED].stand_in(without, english, chinese=chinese):
            found.discard(Cue.SOLVED)
    return frozenset(found)


# What seems to hold a cue and does not: 不急 holds 急, 能不能 holds 不能.
_HIDDEN = {
    Cue.PRESSING: "cues.calm.zh",
    Cue.HARD: "masks.asking",
    Cue.SOFT: "masks.asking",
    Cue.MISSING: "masks.asking",
}


def _seen(cue: Cue, masked: str) -> str:
    return _any_of(_HIDDEN[cue]).sub("□", masked) if cue in _HIDDEN else masked
