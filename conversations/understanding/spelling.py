"""Slips of the keyboard: a character of the same sound, one too many, one missing, two swapped."""

import re
from collections.abc import Iterator
from functools import cache

from conversations.understanding.folding import Folded
from conversations.understanding.table import rows, words

_LONG_ENOUGH = 4  # characters; shorter names differ from each other by one character themselves
_Slice = tuple[int, int]


@cache
def _heard() -> dict[int, str]:
    return {ord(character): group[0] for group in words("sounds.groups") for character in group}


def sound(text: str) -> str:
    """The text with every character replaced by the first of its group (教务系桶 is heard as 教务系统)."""
    return text.translate(_heard())


@cache
def tail() -> re.Pattern[str]:
    """What ends a system's name and tells it from no other: 系统, 平台, …"""
    tails = "|".join(sorted(words("systems.tails"), key=len, reverse=True))
    return re.compile(rf"(?<=[一-龥a-z]{{2}})(?:{tails})$")


def is_another_word(span: _Slice, text: str) -> bool:
    """What is a word of schools itself is no slip but meant as it stands: 学籍系统 beside 学级系统."""
    said = tail().sub("", text[slice(*span)])
    return text.startswith(rows("sounds.never"), span[0]) or said in words("systems.subjects")


def may_slip(form: str) -> bool:
    """Short names have no slips."""
    return len(form) >= _LONG_ENOUGH + form.isascii()


def halves_of(form: str) -> tuple[str, str]:
    """One slip leaves one half of the name as it is."""
    half = len(form) // 2
    return form[:half], form[half:]


def kept(form: str) -> frozenset[str]:
    """What no slip changes: of a Chinese name the characters that tell it from the others."""
    return frozenset() if form.isascii() else frozenset(tail().sub("", form))


def near(form: str, said: Folded) -> Iterator[_Slice]:
    """Where the folded text has the name, one that may slip, but for one slip."""
    begin, rest = halves_of(form)
    for part, before in ((begin, 0), (rest, len(begin))):
        at = said.text.find(part)
        while at >= 0:
            for start, end in _windows(at - before, len(form), len(said.text), loose=before > 0):
                if _one_slip(form, said.text[start:end]):
                    yield start, end
            at = said.text.find(part, at + 1)


def _windows(at: int, length: int, limit: int, *, loose: bool) -> Iterator[_Slice]:
    """The stretches that the name may fill; `loose` when its begin may have slipped by one."""
    for start in (at - 1, at, at + 1) if loose else (at,):
        for end in (start + length, start + length - 1, start + length + 1):
            if 0 <= start < end <= limit:
                yield start, end


def _one_slip(form: str, other: str) -> bool:
    """One slip apart. Another Chinese character before 系统 is no slip but another word: 财务, 教务."""
    if len(form) == len(other):
        differ = [i for i in range(len(form)) if form[i] != other[i]]
        if len(differ) == 2:
            i, j = differ
            return j == i + 1 and form[i] == other[j] and form[j] == other[i]
        return len(differ) == 1 and (
            (form.isascii() and other.isascii()) or differ[0] >= len(tail().sub("", form))
        )
    if len(other) < len(form):
        return form.isascii() and _one_more(form, other)
    return _one_more(other, form)


def _one_more(long: str, short: str) -> bool:
    """Has the long one a character more, and begins as the short one does?"""
    if len(long) != len(short) + 1 or long[0] != short[0]:
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(1, len(long)))
