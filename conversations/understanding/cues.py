"""Which cues a sentence gives: words of `words.toml`, found after look-alikes are taken out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache, lru_cache

from conversations.understanding.folding import RECENT
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
    IMPROVE = auto()  # asks for something better, not what: 优化
    WISH = auto()
    SUGGESTION = auto()
    CONTRACT = auto()
    MISSING = auto()
    PROGRESS = auto()  # asks how a matter stands
    NEGLECT = auto()  # nobody came: asks so, unless it says loudly what is broken
    EARLIER = auto()  # refers to what was said or done before
    ALLUDES = auto()  # may do so, and stands in many a new matter too
    TRIED = auto()  # what the speaker did about it
    STILL = auto()
    SOLVED = auto()
    ANOTHER = auto()  # a new matter beside an old one
    REPORT = auto()
    THANKS = auto()
    CHAT = auto()  # manners
    TOPIC = auto()  # small talk
    NOTICE = auto()
    AMONG = auto()  # said among colleagues: praise
    THING = auto()  # names something that a matter can be about
    COMPLAINT = auto()  # a flag on any kind
    CALM = auto()
    PRESSING = auto()
    CROWD = auto()  # many wait
    NAMED = auto()  # no word but a fact: a system is named
    ABOUT = auto()  # no word but a fact: a system or a place is named
    BARE = auto()  # no word but a fact: short, and nothing is named


@dataclass(frozen=True)
class _Index:
    """All tables turned round: what a piece of text, an English phrase or the begin of one speaks for."""

    pieces: Mapping[str, tuple[tuple[str, frozenset[Cue]], ...]]  # by their first character
    phrases: Mapping[str, frozenset[Cue]]
    begins: tuple[tuple[str, Cue], ...]
    patterns: tuple[tuple[re.Pattern[str], Cue], ...]
    longest_phrase: int  # words


_FACTS = frozenset({Cue.NAMED, Cue.ABOUT, Cue.BARE})
_ENGLISH_WORD = re.compile(r"[a-z0-9'’]+(?:[-.][a-z0-9]+)*|[.,;:!?]")

_SEEMING = frozenset({Cue.HARD, Cue.SOFT, Cue.MISSING})  # 能不能 holds 不能 and does not say it


@cache
def _index() -> _Index:
    unknown = set(under("cues")) ^ (set(Cue) - _FACTS)
    if unknown:
        raise TypeError(f"words.toml: [cues] and Cue differ in {sorted(unknown)}")
    english = [(word, cue) for cue in Cue for word in phrases(f"cues.{cue}.en")]
    pieces = [(piece, cue) for cue in Cue for piece in words(f"cues.{cue}.zh")]
    return _Index(
        pieces=_by_first_character(_turned(pieces)),
        phrases=_turned([(word, cue) for word, cue in english if not word.endswith("*")]),
        begins=tuple((f" {word[:-1]}", cue) for word, cue in english if word.endswith("*")),
        patterns=tuple((re.compile(row), cue) for cue in Cue for row in rows(f"cues.{cue}.re")),
        longest_phrase=max(word.count(" ") + 1 for word, _ in english),
    )


def _turned(listed: list[tuple[str, Cue]]) -> dict[str, frozenset[Cue]]:
    turned: dict[str, frozenset[Cue]] = {}
    for word, cue in listed:
        turned[word] = turned.get(word, frozenset()) | {cue}
    return turned


def _by_first_character(turned: Mapping[str, frozenset[Cue]]) -> dict[str, tuple[tuple[str, frozenset[Cue]], ...]]:
    """Few characters of a sentence begin any piece: the others cost one look each."""
    begun: dict[str, list[tuple[str, frozenset[Cue]]]] = {}
    for piece, cues in turned.items():
        begun.setdefault(piece[0], []).append((piece, cues))
    return {first: tuple(pieces) for first, pieces in begun.items()}


@lru_cache(maxsize=RECENT)
def cues_of(text: str) -> frozenset[Cue]:
    """All cues that a plain text gives."""
    masked = any_of("masks.away").sub("□", _listed("masks.within_names").sub("□", denied().sub("□", text)))
    found = _given(masked)
    asking = any_of("masks.asking").sub("□", _listed("masks.neglected").sub("□", masked))
    if found & _SEEMING and asking != masked:
        found -= _SEEMING - _given(asking)
    if Cue.SOLVED in found and Cue.SOLVED not in _given(_listed("cues.solved.not_re").sub("□", masked)):
        found.discard(Cue.SOLVED)
    return frozenset(found)


def _given(text: str) -> set[Cue]:
    index = _index()
    found: set[Cue] = set()
    for start, first in enumerate(text):
        for piece, cues in index.pieces.get(first, ()):
            if text.startswith(piece, start):
                found |= cues
    english = english_of(text)
    if english:
        found |= _given_in_english(english, index)
    found.update(cue for pattern, cue in index.patterns if cue not in found and pattern.search(text))
    return found


_NONE: frozenset[Cue] = frozenset()


def _given_in_english(english: str, index: _Index) -> set[Cue]:
    said = english.split()
    found = {cue for begin, cue in index.begins if begin in english}
    for length in range(1, index.longest_phrase + 1):
        for start in range(len(said) - length + 1):
            found |= index.phrases.get(" ".join(said[start : start + length]), _NONE)
    return found


def english_of(text: str) -> str:
    """The Latin words of a plain text with one blank around each; empty when there are none."""
    found = _ENGLISH_WORD.findall(text)
    return f" {' '.join(found)} ".replace("’", "'") if any(c.isalpha() for one in found for c in one) else ""


def may_give(text: str, cue: Cue) -> bool:
    """False where nothing that gives this cue stands in the plain text: most sentences need not be read for it."""
    beginning = _beginning(cue)
    return beginning is None or beginning.search(text) is not None


@cache
def _beginning(cue: Cue) -> re.Pattern[str] | None:
    """Any of its words, of its English phrases the letters that they begin with; None where it has patterns besides."""
    if rows(f"cues.{cue}.re"):
        return None
    english = [re.split(r"[^a-z0-9]", one, maxsplit=1)[0] for one in phrases(f"cues.{cue}.en")]
    return re.compile("|".join(map(re.escape, dict.fromkeys((*words(f"cues.{cue}.zh"), *english)))))


@cache
def any_of(entry: str) -> re.Pattern[str]:
    """A pattern for any of the words of an entry and of the phrases of `<entry>_en`, the longest first."""
    listed = (*words(entry), *phrases(f"{entry}_en"))
    return re.compile("|".join(map(re.escape, sorted(listed, key=len, reverse=True))))


def denied() -> re.Pattern[str]:
    """What the speaker rules out to make room for what is meant."""
    return _listed("masks.denied")


@cache
def _listed(entry: str) -> re.Pattern[str]:
    """A pattern for any of the patterns of an entry."""
    return re.compile("|".join(rows(entry)))
