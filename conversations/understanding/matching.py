"""Names found in a sentence: where they stand, and which of several is meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from conversations.understanding.folding import Folded, fold, plain
from conversations.understanding.shapes import Named
from conversations.understanding.table import rows, words

Span = tuple[int, int]  # from, to (exclusive) in the plain text
NOWHERE: Span = (0, 0)


@dataclass(frozen=True)
class Found:
    """A name in the sentence: from `start` to `end` of the plain text. The heavier is the likelier."""

    named: Named
    start: int
    end: int
    weight: int = 0

    @property
    def span(self) -> Span:
        """Where the name stands."""
        return self.start, self.end


Form = tuple[str, Named, int]  # a folded spelling, whose it is, and its weight


def written(listed: Sequence[Form], said: Folded, text: str) -> Iterator[Found]:
    """Where each of the spellings stands in a folded text, in their order."""
    whole = said.text
    for form, named, weight in listed:
        if form in whole:
            for start, end in spots(form, said, text):
                yield Found(named, start, end, weight)


def forms_of(named: Named) -> tuple[str, ...]:
    """The folded spellings of its name and aliases, each once; a name of nothing but marks has none."""
    folded = (fold(plain(name)).text for name in (named.name, *named.aliases))
    return tuple(dict.fromkeys(filter(None, folded)))


def spots(form: str, said: Folded, text: str) -> Iterator[tuple[int, int]]:
    """Where a folded name stands in a folded text, not inside a longer number or Latin word."""
    at = said.text.find(form)
    while at >= 0:
        end = at + len(form)
        start_in_text, end_in_text = said.starts[at], said.ends[end - 1]
        if not (
            cuts_a_word(text, start_in_text, end_in_text)
            or (form[-1].isdigit() and said.text[end : end + 1].isdigit())
            or (form[0].isdigit() and said.text[max(at - 1, 0) : at].isdigit())
        ):
            yield start_in_text, end_in_text
        at = said.text.find(form, at + 1)


def cuts_a_word(text: str, start: int, end: int) -> bool:
    """Does the stretch begin or end inside a number or a Latin word?"""
    return _goes_on(text, start - 1, start) or _goes_on(text, end - 1, end)


def _goes_on(text: str, left: int, right: int) -> bool:
    """Do the characters at both places belong to one number or one Latin word?"""
    if left < 0 or right >= len(text):
        return False
    one, other = text[left], text[right]
    if not (one.isascii() and other.isascii()):
        return False
    return (one.isdigit() and other.isdigit()) or (one.isalpha() and other.isalpha())


@cache
def _before(entry: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words(entry))})\s*(?:the|in|room)?\s*$")


def clear(found: Sequence[Found], text: str) -> list[Found]:
    """Without what lies inside a longer name, and without what the speaker rules out (不是302，是303)."""
    outer = [one for one in found if not any(_inside(one, other) for other in found)]
    meant = [one for one in outer if not _before("places.excluded").search(text, 0, one.start)]
    beside = [one for one in meant if not _before("places.aside").search(text, 0, one.start)]
    return beside or meant


_CORRECTS = re.compile(
    r"(?:不对|错了|说错|写错|打错|搞错)[了,。!;\s]*(?:应该|应|其实)?是|(?:sorry|no),? (?:i mean|it's)\b"
)


def taken_back(text: str) -> Span:
    """What stands before 不对，是: the speaker takes it back. `NOWHERE` where nothing is corrected."""
    *_, last = (0, *(one.end() for one in _CORRECTS.finditer(text)))
    return 0, last


def outside(found: Sequence[Found], taken: Span) -> list[Found]:
    """Without what lies inside a longer stretch that is already understood as something else."""
    start, end = taken
    return [
        one
        for one in found
        if not (start <= one.start and one.end <= end and one.end - one.start < end - start)
    ]


SOON = r"[^,。!?;不没无]{0,8}?"  # after the name of a system, in the same clause; 不能正常 is not fine
AT_ONCE = r"[的那这里边都也倒是]{0,3}"  # of a room it is the room that is fine, not a thing in it


def not_fine(found: Sequence[Found], text: str, between: str) -> Sequence[Found]:
    """Without what is said to be all right, unless nothing else is left: 校园网正常，就教务系统打不开.

    `between` is a pattern of what may stand between the name and the word for it.
    """
    return [one for one in found if not _fine(between).match(text, one.end)] or found


@cache
def _fine(between: str) -> re.Pattern[str]:
    fine = "|".join(map(re.escape, sorted(rows("systems.fine"), key=len, reverse=True)))
    return re.compile(rf"{between}(?:{fine})(?!就|上课|[^,。!?;]{{0,2}}(?:不|没))")


def hide(text: str, taken: Span) -> str:
    """The text with that stretch blotted out; every position stays what it was."""
    start, end = taken
    return text[:start] + "," * (end - start) + text[end:]


def _inside(one: Found, other: Found) -> bool:
    inside = other.start <= one.start and one.end <= other.end
    return inside and other.end - other.start > one.end - one.start


def best(found: Sequence[Found]) -> Found | None:
    """The heaviest, of equals the first, of those the longest."""
    return min(found, key=lambda one: (-one.weight, one.start, one.start - one.end), default=None)
