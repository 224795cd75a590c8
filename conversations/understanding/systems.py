"""Which of the school's systems a sentence names: in full, misspelt, or cut short."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from conversations.understanding.folding import Folded
from conversations.understanding.matching import (
    NOWHERE,
    SOON,
    Found,
    Span,
    best,
    clear,
    cuts_a_word,
    forms_of,
    not_fine,
    outside,
    spots,
)
from conversations.understanding.shapes import Named
from conversations.understanding.spelling import is_another_word, near, sound, tail
from conversations.understanding.table import words

_WORD = 2  # characters of most Chinese words


@dataclass(frozen=True)
class _System:
    named: Named
    forms: tuple[str, ...]
    sounds: tuple[str, ...]
    parts: tuple[str, ...]


@lru_cache(maxsize=256)
def _prepared(systems: tuple[Named, ...]) -> tuple[_System, ...]:
    return tuple(_prepare(system) for system in systems)


def _prepare(system: Named) -> _System:
    forms = forms_of(system)
    parts = (part for form in forms for part in _parts(tail().sub("", form)))
    return _System(
        system,
        forms,
        tuple(sound(form) for form in forms if len(form) > _WORD),
        tuple(dict.fromkeys(part for part in parts if part not in forms)),
    )


def _parts(stem: str) -> tuple[str, ...]:
    """By what a name is cut short: 财务报销系统 is also 报销系统. Words of other meanings are none.

    宿舍 alone is a place, 考试 alone an event.
    """
    if len(stem) < _WORD or stem in words("places.nouns"):
        return ()
    if stem in words("systems.weak_parts"):
        return tuple(stem + tail for tail in ("系统", "平台", "软件"))
    if len(stem) != 2 * _WORD or stem.isascii():
        return (stem,)
    return (stem, f"{stem[:_WORD]}系统", f"{stem[_WORD:]}系统")


def find_system(
    said: Folded, text: str, systems: tuple[Named, ...], *, taken: Span = NOWHERE
) -> Found | None:
    """The system that the sentence names, or None; `text` is the plain text that `said` was folded from.

    A system whose name stands inside `taken`, the longer name of a place (录播教室), is not meant.
    """
    if not systems:
        return None
    prepared = _prepared(systems)
    for look in (_named, _misspelt, _mistyped, _in_part):
        found = outside(clear(list(look(said, text, prepared)), text), taken)
        if found:
            return best(not_fine(found, text, SOON))
    return None


def _named(said: Folded, text: str, systems: tuple[_System, ...]) -> Iterator[Found]:
    for system in systems:
        for form in system.forms:
            found = (Found(system.named, *spot) for spot in spots(form, said, text))
            yield from (one for one in found if not _is_office(one, text))


def _misspelt(said: Folded, text: str, systems: tuple[_System, ...]) -> Iterator[Found]:
    heard = Folded(sound(said.text), said.starts, said.ends)
    for system in systems:
        for form in system.sounds:
            for spot in spots(form, heard, text):
                if not is_another_word(spot, text):
                    yield Found(system.named, *spot)


def _mistyped(said: Folded, text: str, systems: tuple[_System, ...]) -> Iterator[Found]:
    for system in systems:
        for form in system.forms:
            for start, end in near(form, said):
                found = Found(system.named, said.starts[start], said.ends[end - 1])
                if not cuts_a_word(text, *found.span):  # "their internship" holds no printer
                    yield found


def _in_part(said: Folded, text: str, systems: tuple[_System, ...]) -> Iterator[Found]:
    """选课页面 or 选课平台 where the school says 选课系统."""
    for system in systems:
        for part in system.parts:
            found = (Found(system.named, *spot, weight=len(part)) for spot in spots(part, said, text))
            yield from (one for one in found if not _is_office(one, text))


def _is_office(one: Found, text: str) -> bool:
    """教务处 is no 教务系统, 成绩单 no 成绩系统."""
    return one.end - one.start <= _WORD and text[one.end : one.end + 1] in words("systems.not_before")
