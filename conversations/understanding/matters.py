"""What system a matter is about when no name of the school's list is said: by its subject, or as said."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from conversations.understanding.cues import any_of, denied
from conversations.understanding.folding import LATIN, plain
from conversations.understanding.given import english_of
from conversations.understanding.matching import NOWHERE, Span, hide
from conversations.understanding.shapes import Named, Surroundings
from conversations.understanding.table import phrases, under, words


@dataclass(frozen=True)
class _Concept:
    """One subject under many names: `named` tells which systems serve it, `said` when it is talked of."""

    named: tuple[str, ...]
    said: tuple[str, ...]


@cache
def _concepts() -> tuple[_Concept, ...]:
    return tuple(
        _Concept(_spaced(f"concepts.{name}.named"), _spaced(f"concepts.{name}.said"))
        for name in under("concepts")
    )


def _spaced(entry: str) -> tuple[str, ...]:
    """The Chinese are found anywhere, the English as whole words: a blank stands on each side of them."""
    listed = (word.replace("*", " ") for word in words(entry))
    return tuple(f" {word} " if word.isascii() else word for word in listed)


@lru_cache(maxsize=256)
def _serving(surroundings: Surroundings) -> tuple[tuple[str, Named], ...]:
    """What is said of the concepts that exactly one of the systems serves, and which that is."""
    by_concept = [(one, [system for system in surroundings.systems if _serves(system, one)]) for one in _concepts()]
    return tuple(
        (word, by_name[0]) for concept, by_name in by_concept if len(by_name) == 1 for word in concept.said
    )


def _serves(system: Named, concept: _Concept) -> bool:
    names = [plain(name) for name in (system.name, *system.aliases)]
    return any(_holds(name, english_of(name), word) for name in names for word in concept.named)


def _holds(text: str, english: str, word: str) -> bool:
    return word in (english if word[0] == " " else text)


def system_of_matter(text: str, surroundings: Surroundings, *, taken: Span = NOWHERE) -> Named | None:
    """网断了 where the school has a 校园网; but another name that is said in full stands for itself."""
    serving = _serving(surroundings)
    if not serving:
        return None
    hidden = any_of("subjects.none").sub("□", denied().sub("□", hide(text, taken)))
    span = _full_name(hidden)
    about = hidden[slice(*span)] if span else hidden
    english = english_of(about)
    for word, system in serving:
        if word in (english if word[0] == " " else about):  # not by _holds: a hundred of them in each sentence
            return system
    return None


def system_as_said(text: str, *, taken: Span = NOWHERE) -> Span:
    """Where something named like a system stands in a plain text outside `taken`, or `NOWHERE`."""
    hidden = hide(text, taken)
    named = _full_name(hidden)
    if named:
        return named
    device = _device().search(hidden)
    return device.span() if device else NOWHERE


def says_a_thing_again(text: str) -> bool:
    """电脑又死机了: what happens again is said with its thing, so it needs no earlier message."""
    return bool(_thing_again().search(text))


@cache
def _thing_again() -> re.Pattern[str]:
    english = "|".join(map(re.escape, phrases("systems.things_en")))
    return re.compile(rf"(?:{_either('systems.things')})[^,。!?]{{0,3}}又|\b(?:{english})\b[^,.!?]{{0,24}} again\b")


def _full_name(text: str) -> Span | None:
    """A known subject before 系统, 平台, …, or any other."""
    match = _known_subject().search(text)
    if match is None and ("系统" in text or "平台" in text):
        match = _any_subject().search(text)
    if match is None and LATIN.search(text):
        match = _english_subject().search(text)
    return match.span() if match else None


@cache
def _known_subject() -> re.Pattern[str]:
    return re.compile(rf"(?:{_either('systems.subjects')})+(?:{_either('systems.tails')})")


@cache
def _any_subject() -> re.Pattern[str]:
    return re.compile(rf"(?:(?!{_either('systems.no_subject')})[一-龥]){{2,6}}(?<!操作)(?:系统|平台)")


@cache
def _english_subject() -> re.Pattern[str]:
    none, tails = _either("systems.no_english_subject"), _either("systems.english_tails")
    return re.compile(rf"\b(?!(?:{none})\b)[a-z]+ (?:{tails})\b")


@cache
def _device() -> re.Pattern[str]:
    chinese = "|".join(
        rf"(?<![a-z]){re.escape(one)}(?![a-z])" if one.isascii() else one
        for one in sorted(words("systems.devices"), key=len, reverse=True)
    )
    english = "|".join(map(re.escape, sorted(phrases("systems.english"), key=len, reverse=True)))
    begins = "".join(sorted({one[0] for one in (*words("systems.devices"), *phrases("systems.english"))}))
    return re.compile(rf"(?=[{begins}])(?:(?:{chinese})(?:软件|系统|平台)?|\b(?:{english})\b)")


def _either(entry: str) -> str:
    return "|".join(map(re.escape, sorted(words(entry), key=len, reverse=True)))
