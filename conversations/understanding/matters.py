"""What system a matter is about when no name of the school's list is said: by its subject, or as said."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from conversations.understanding.cues import any_of, denied
from conversations.understanding.folding import plain
from conversations.understanding.given import english_of
from conversations.understanding.matching import NOWHERE, Span, hide
from conversations.understanding.shapes import Named
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
    return tuple(word.replace("*", " ") for word in words(entry))


@lru_cache(maxsize=256)
def _serving(systems: tuple[Named, ...]) -> tuple[tuple[_Concept, Named], ...]:
    """The concepts that exactly one of the systems serves."""
    serving = []
    for concept in _concepts():
        by_name = [
            system
            for system in systems
            if any(_holds(plain(name), concept.named) for name in (system.name, *system.aliases))
        ]
        if len(by_name) == 1:
            serving.append((concept, by_name[0]))
    return tuple(serving)


def _holds(text: str, listed: tuple[str, ...]) -> bool:
    english = english_of(text)
    return any(f" {word} " in english if word.isascii() else word in text for word in listed)


def system_of_matter(text: str, systems: tuple[Named, ...], *, taken: Span = NOWHERE) -> Named | None:
    """网断了 where the school has a 校园网; but another name that is said in full stands for itself."""
    hidden = any_of("subjects.none").sub("□", denied().sub("□", hide(text, taken)))
    span = _full_name(hidden)
    about = hidden[slice(*span)] if span else hidden
    return next((system for concept, system in _serving(systems) if _holds(about, concept.said)), None)


def system_as_said(text: str, *, taken: Span = NOWHERE) -> Span:
    """Where something named like a system stands in a plain text outside `taken`, or `NOWHERE`."""
    hidden = hide(text, taken)
    device = _device().search(hidden)
    return _full_name(hidden) or (device.span() if device else NOWHERE)


def says_a_thing_again(text: str) -> bool:
    """电脑又死机了: what happens again is said with its thing, so it needs no earlier message."""
    return bool(_thing_again().search(text))


@cache
def _thing_again() -> re.Pattern[str]:
    english = "|".join(map(re.escape, phrases("systems.things_en")))
    return re.compile(rf"(?:{_either('systems.things')})[^,。!?]{{0,3}}又|\b(?:{english})\b[^,.!?]{{0,24}} again\b")


def _full_name(text: str) -> Span | None:
    return next((match.span() for pattern in _full() if (match := pattern.search(text))), None)


@cache
def _full() -> tuple[re.Pattern[str], ...]:
    """What names a system in full: a known subject, or any other, before 系统, 平台, …"""
    return (
        re.compile(rf"(?:{_either('systems.subjects')})+(?:{_either('systems.tails')})"),
        re.compile(rf"(?:(?!{_either('systems.no_subject')})[一-龥]){{2,6}}(?<!操作)(?:系统|平台)"),
        re.compile(
            rf"\b(?!(?:{_either('systems.no_english_subject')})\b)[a-z]+ "
            rf"(?:{_either('systems.english_tails')})\b"
        ),
    )


@cache
def _device() -> re.Pattern[str]:
    chinese = "|".join(
        rf"(?<![a-z]){re.escape(one)}(?![a-z])" if one.isascii() else one
        for one in sorted(words("systems.devices"), key=len, reverse=True)
    )
    english = "|".join(map(re.escape, sorted(phrases("systems.english"), key=len, reverse=True)))
    return re.compile(rf"(?:{chinese})(?:软件|系统|平台)?|\b(?:{english})\b")


def _either(entry: str) -> str:
    return "|".join(map(re.escape, sorted(words(entry), key=len, reverse=True)))
