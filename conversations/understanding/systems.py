"""Which of the school's systems a sentence means; else the words that name one."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from conversations.understanding.cues import english_of
from conversations.understanding.folding import Folded, fold, plain
from conversations.understanding.matching import NOWHERE, Found, Span, best, clear, hide, outside, spots
from conversations.understanding.shapes import Named
from conversations.understanding.sounds import sound
from conversations.understanding.table import phrases, rows, under, words

_SHORT_STEM = 2
_TYPO_FROM = 4  # shorter names differ from each other by one character themselves


@dataclass(frozen=True)
class _System:
    named: Named
    forms: tuple[str, ...]
    sounds: tuple[str, ...]
    stems: tuple[str, ...]
    concepts: frozenset[str]


@cache
def _tails() -> re.Pattern[str]:
    tails = sorted(words("systems.tails"), key=len, reverse=True)
    return re.compile(rf"(?<=[一-龥a-z]{{2}})(?:{'|'.join(tails)})$")


@cache
def _concepts() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        name: (words(f"concepts.{name}.named"), words(f"concepts.{name}.said")) for name in under("concepts")
    }


@lru_cache(maxsize=256)
def _prepared(systems: tuple[Named, ...]) -> tuple[_System, ...]:
    return tuple(_prepare(system) for system in systems)


def _prepare(system: Named) -> _System:
    names = [plain(name) for name in (system.name, *system.aliases) if name.strip()]
    forms = tuple(dict.fromkeys(fold(name).text for name in names))
    stems = [stem for form in forms if len(stem := _tails().sub("", form)) >= _SHORT_STEM]
    concepts = (
        concept
        for concept, (named, _) in _concepts().items()
        if any(_holds(name, english_of(name), word) for name in names for word in named)
    )
    return _System(
        system,
        forms,
        tuple(sound(form) for form in forms if len(form) > _SHORT_STEM),
        tuple(dict.fromkeys(part for stem in stems for part in _parts(stem) if part not in forms)),
        frozenset(concepts),
    )


def _parts(stem: str) -> tuple[str, ...]:
    """The words by which a name is cut short: 财务报销系统 is also 财务系统 and 报销系统; no word for a place."""
    if stem in words("places.nouns"):
        return ()
    if len(stem) != 2 * _SHORT_STEM or stem.isascii():
        return (stem,)
    return (stem, f"{stem[:_SHORT_STEM]}系统", f"{stem[_SHORT_STEM:]}系统")


def _holds(text: str, english: str, word: str) -> bool:
    word = word.replace("*", " ")
    return f" {word} " in english if word.isascii() else word in text


def find_system(
    said: Folded, text: str, systems: tuple[Named, ...], *, taken: Span = NOWHERE
) -> Found | None:
    """The system that the sentence means: named, misspelt, named in part, or by what it is about.

    A system whose name stands inside `taken`, the longer name of a place (录播教室), is not meant.
    """
    prepared = _prepared(systems)
    for look in (_named, _misspelt, _mistyped, _in_part):
        found = outside(look(said, text, prepared), taken)
        if found:
            return best(_faulty(found, text))
    return _by_concept(hide(text, taken), prepared)


def _named(said: Folded, text: str, systems: tuple[_System, ...]) -> list[Found]:
    found = [Found(s.named, *spot) for s in systems for form in s.forms for spot in spots(form, said, text)]
    return clear([one for one in found if not _is_office(one, text)], text)


def _is_office(one: Found, text: str) -> bool:
    """成绩单 is no 成绩系统, 教务处 no 教务系统."""
    return one.end - one.start <= _SHORT_STEM and text[one.end : one.end + 1] in tuple("单表册处室馆员师长")


def _misspelt(said: Folded, text: str, systems: tuple[_System, ...]) -> list[Found]:
    """教务系桶: another character of the same sound."""
    heard = Folded(sound(said.text), said.starts, said.ends)
    never = rows("sounds.never")
    found = [Found(s.named, *spot) for s in systems for form in s.sounds for spot in spots(form, heard, text)]
    return clear([one for one in found if not any(text.startswith(word, one.start) for word in never)], text)


def _mistyped(said: Folded, text: str, systems: tuple[_System, ...]) -> list[Found]:
    """教务系系统, 成绩系, shcool: one character too many, missing or other, in a longer name."""
    found = []
    for system in systems:
        for form in system.forms:
            if len(form) >= _TYPO_FROM + form.isascii():
                found.extend(Found(system.named, *spot) for spot in _near(form, said))
    return found


def _near(form: str, said: Folded) -> list[tuple[int, int]]:
    half = len(form) // 2
    found = []
    for part, offset in ((form[:half], 0), (form[half:], half)):
        at = said.text.find(part)
        while at >= 0:
            begin = max(at - offset - (1 if offset else 0), 0)
            window = range(begin, at - offset + 2 if offset else at + 1)
            for start in window:
                for length in (len(form), len(form) - 1, len(form) + 1):
                    end = start + length
                    if 0 <= start < end <= len(said.text) and _one_slip(form, said.text[start:end]):
                        found.append((said.starts[start], said.ends[end - 1]))
            at = said.text.find(part, at + 1)
    return found


def _one_slip(form: str, other: str) -> bool:
    """One character other, more, fewer or two swapped; another Chinese character is another word (财务, 教务)."""
    if len(form) == len(other):
        differ = [i for i in range(len(form)) if form[i] != other[i]]
        if len(differ) == 2:
            i, j = differ
            return j == i + 1 and form[i] == other[j] and form[j] == other[i]
        return len(differ) == 1 and (form.isascii() and other.isascii() or differ[0] >= len(_tails().sub("", form)))
    long, short = (form, other) if len(form) > len(other) else (other, form)
    if abs(len(long) - len(short)) != 1 or (len(other) < len(form) and not form.isascii()):
        return False
    return long[0] == short[0] and any(long[:i] + long[i + 1 :] == short for i in range(1, len(long)))


def _in_part(said: Folded, text: str, systems: tuple[_System, ...]) -> list[Found]:
    """选课页面 or 选课平台 where the school says 选课系统."""
    found = [Found(s.named, *spot, weight=len(stem)) for s in systems for stem in s.stems for spot in spots(stem, said, text)]
    return clear([one for one in found if not _is_office(one, text)], text)


def _faulty(found: list[Found], text: str) -> list[Found]:
    """Without what is said to be all right (校园网正常，就教务系统打不开), unless nothing else is left."""
    fine = rows("systems.fine")
    left = [one for one in found if not any(word in text[one.end : one.end + 8] for word in fine)]
    return left or found


def _by_concept(text: str, systems: tuple[_System, ...]) -> Found | None:
    """网断了 where the school has a 校园网; but a name that is said in full stands for itself."""
    span = _full_name(text)
    about = text[slice(*span)] if span else text
    english = english_of(about)
    for concept, (_, said) in _concepts().items():
        if not any(_holds(about, english, word) for word in said):
            continue
        meant = [system.named for system in systems if concept in system.concepts]
        if len(meant) == 1:
            return Found(meant[0], 0, 0)
    return None


def _longest_first(listed: tuple[str, ...]) -> list[str]:
    return sorted(listed, key=len, reverse=True)


@cache
def _full() -> tuple[re.Pattern[str], ...]:
    """What names a system in full: a known subject, or any, before 系统, 平台, …"""
    subjects = "|".join(_longest_first(words("systems.subjects")))
    tails = "|".join(_longest_first(words("systems.tails")))
    no_subject = "|".join(_longest_first(words("systems.no_subject")))
    english_tails = "|".join(words("systems.english_tails"))
    no_english = "|".join(words("systems.no_english_subject"))
    return (
        re.compile(rf"(?:{subjects})+(?:{tails})"),
        re.compile(rf"(?:(?!{no_subject})[一-龥]){{2,6}}(?<!操作)(?:系统|平台)"),
        re.compile(rf"\b(?!(?:{no_english})\b)[a-z]+ (?:{english_tails})\b"),
    )


@cache
def _devices() -> re.Pattern[str]:
    chinese = "|".join(
        rf"(?<![a-z]){re.escape(one)}(?![a-z])" if one.isascii() else one
        for one in _longest_first(words("systems.devices"))
    )
    english = "|".join(map(re.escape, _longest_first(phrases("systems.english"))))
    return re.compile(rf"(?:{chinese})(?:软件|系统|平台)?|\b(?:{english})\b")


def _full_name(text: str) -> Span | None:
    return next((match.span() for pattern in _full() if (match := pattern.search(text))), None)


def system_as_said(text: str, *, taken: Span = NOWHERE) -> Span | None:
    """Where the first thing that is named like a system stands in a plain text, or None; not inside `taken`."""
    hidden = hide(text, taken)
    device = _devices().search(hidden)
    return _full_name(hidden) or (device.span() if device else None)
