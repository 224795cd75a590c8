"""Which of the school's systems a sentence names: in full, misspelt, or cut short."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from conversations.understanding.folding import Folded, fold
from conversations.understanding.matching import (
    NOWHERE,
    SOON,
    Form,
    Found,
    Span,
    best,
    clear,
    cuts_a_word,
    forms_of,
    not_fine,
    outside,
    written,
)
from conversations.understanding.shapes import Named, Surroundings
from conversations.understanding.spelling import halves_of, is_another_word, kept, may_slip, near, sound, tail
from conversations.understanding.table import words

_WORD = 2  # characters of most Chinese words


@dataclass(frozen=True)
class _Slip:
    """A form that is long enough for a slip: one of its halves stays, and so do all of these characters."""

    form: str
    begin: str
    rest: str
    kept: frozenset[str]
    named: Named


@dataclass(frozen=True)
class _Systems:
    """The systems of a school by all that may be said for them."""

    forms: tuple[Form, ...]
    sounds: tuple[Form, ...]
    parts: tuple[Form, ...]
    slips: tuple[_Slip, ...]


@lru_cache(maxsize=256)
def _prepared(surroundings: Surroundings) -> _Systems:
    forms = [(form, system, 0) for system in surroundings.systems for form in forms_of(system)]
    return _Systems(
        forms=tuple(forms),
        sounds=tuple((sound(form), system, 0) for form, system, _ in forms if len(form) > _WORD),
        parts=tuple((part, system, len(part)) for system in surroundings.systems for part in _parts_of(system)),
        slips=tuple(
            _Slip(form, *halves_of(form), kept(form), system) for form, system, _ in forms if may_slip(form)
        ),
    )


def _parts_of(system: Named) -> tuple[str, ...]:
    forms = forms_of(system)
    parts = (part for form in forms for part in _parts(tail().sub("", form)))
    return tuple(dict.fromkeys(part for part in parts if part not in forms))


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


def find_system(text: str, surroundings: Surroundings, *, taken: Span = NOWHERE) -> Found | None:
    """The system that a plain text names, or None.

    A system whose name stands inside `taken`, the longer name of a place (录播教室), is not meant.
    """
    if not surroundings.systems:
        return None
    said, prepared = fold(text), _prepared(surroundings)
    for look in (_named, _misspelt, _mistyped, _in_part):
        listed = list(look(said, text, prepared))
        if listed and (found := outside(clear(listed, text), taken)):
            return best(not_fine(found, text, SOON))
    return None


def _named(said: Folded, text: str, systems: _Systems) -> Iterator[Found]:
    return (one for one in written(systems.forms, said, text) if not _is_office(one, text))


def _misspelt(said: Folded, text: str, systems: _Systems) -> Iterator[Found]:
    heard = Folded(sound(said.text), said.starts, said.ends)
    return (one for one in written(systems.sounds, heard, text) if not is_another_word(one.span, text))


def _mistyped(said: Folded, text: str, systems: _Systems) -> Iterator[Found]:
    characters = frozenset(said.text)
    for slip in systems.slips:
        if slip.kept <= characters and (slip.begin in said.text or slip.rest in said.text):
            for start, end in near(slip.form, said):
                found = Found(slip.named, said.starts[start], said.ends[end - 1])
                if not cuts_a_word(text, *found.span):  # "their internship" holds no printer
                    yield found


def _in_part(said: Folded, text: str, systems: _Systems) -> Iterator[Found]:
    """选课页面 or 选课平台 where the school says 选课系统."""
    return (one for one in written(systems.parts, said, text) if not _is_office(one, text))


def _is_office(one: Found, text: str) -> bool:
    """教务处 is no 教务系统, 成绩单 no 成绩系统."""
    return one.end - one.start <= _WORD and text[one.end : one.end + 1] in words("systems.not_before")
