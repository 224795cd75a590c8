"""Which of the school's rooms a sentence means: by name, alias, or number in any spelling."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from conversations.understanding.folding import Folded
from conversations.understanding.matching import NOWHERE, Found, Span, best, clear, forms_of, outside, spots
from conversations.understanding.shapes import Named
from conversations.understanding.table import words

_TAIL = "教室|办公室|实验室|室|房间|号房|房|号|班"
_LETTER = r"(?P<letter>(?:(?<![a-z])[a-z])?)-?"
_OWN_NUMBER = re.compile(rf"(?P<block>.*?){_LETTER}(?P<number>\d{{3,4}})(?:{_TAIL})?")
_SAID_NUMBER = re.compile(
    r"(?<![\d.:/¥$#=])(?:(?<!\d)-)?(?:(?P<block>\d{1,2})(?:号楼|-))?(?:\d{1,2}楼-?)?"
    rf"{_LETTER}(?P<number>\d{{3,4}})(?P<tail>{_TAIL})?(?!\d|[.:%/]\d|-\d{{3}})"
)


@cache
def _no_room() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Before, after: what makes a number a count, a time, an amount, a code, not a room."""
    parts = ("before", "after", "units")
    before, after, units = ("|".join(words(f"places.no_room_{part}")) for part in parts)
    return re.compile(rf"(?:{before})$"), re.compile(rf"\s?(?:{after}|(?:{units})(?![a-z]))")


@dataclass(frozen=True)
class _Number:
    """A name that is a number: 302 of building 5 (or none), wing A (or none)."""

    block: str
    letter: str
    number: str


@dataclass(frozen=True)
class _Room:
    named: Named
    forms: tuple[str, ...]
    numbers: tuple[_Number, ...]


@lru_cache(maxsize=256)
def _prepared(rooms: tuple[Named, ...]) -> tuple[_Room, ...]:
    return tuple(_prepare(room) for room in rooms)


def _prepare(room: Named) -> _Room:
    forms = forms_of(room)
    return _Room(
        room,
        forms + tuple(other for form in forms for other in _also(form)),
        tuple(
            _Number(match["block"].removesuffix("号楼").removesuffix("-"), match["letter"], match["number"])
            for form in forms
            if (match := _OWN_NUMBER.fullmatch(form))
        ),
    )


def _also(form: str) -> Iterator[str]:
    """Other ways to say a folded name: 2机房 is 机房2, 5号楼 is building 5."""
    if building := re.fullmatch(r"(\d{1,2})号楼", form):
        yield from (f"{word}{building[1]}" for word in words("places.building_words"))
    elif first := re.fullmatch(r"(\d{1,2})(\D{2,})", form):
        if "楼" not in form:
            yield first[2] + first[1]
    elif last := re.fullmatch(r"(\D+[^\d楼])(\d{1,2})", form):
        yield last[2] + last[1]


def find_room(said: Folded, text: str, rooms: tuple[Named, ...], *, taken: Span = NOWHERE) -> Found | None:
    """The room that the sentence means, or None; `text` is the plain text that `said` was folded from.

    A room whose name stands inside `taken`, the longer name of a system, is not meant.
    """
    prepared = _prepared(rooms)
    found = [
        Found(room.named, *spot, weight=_weight(form))
        for room in prepared
        for form in room.forms
        for spot in spots(form, said, text)
        if not text[spot[1] :].lstrip().startswith(words("systems.after_place"))
    ]
    found.extend(_numbered(said, text, prepared))
    return best(clear(outside(found, taken), text))


def _weight(form: str) -> int:
    """A room is more to the point than the building it stands in."""
    return 1 if form.endswith(("楼", "校区", "馆", "building")) else 2


def _numbered(said: Folded, text: str, rooms: tuple[_Room, ...]) -> Iterator[Found]:
    not_before, not_after = _no_room()
    for match in _SAID_NUMBER.finditer(said.text):
        before, end = said.text[: match.start()], said.ends[match.end() - 1]
        if not match["tail"] and (not_before.search(before) or not_after.match(text, end)):
            continue
        meant = _meant(match, before, rooms)
        if meant:
            yield Found(meant, said.starts[match.start()], end, weight=3)


def _meant(match: re.Match[str], before: str, rooms: tuple[_Room, ...]) -> Named | None:
    """The one room of that number; with several, the one whose building is said, else the one without."""
    exact, bare, others = [], [], []
    for room in rooms:
        for own in room.numbers:
            if (own.number, own.letter) != (match["number"], match["letter"]):
                continue
            if not own.block:
                bare.append(room.named)
            elif own.block == match["block"] or before.endswith((own.block, f"{own.block}-")):
                exact.append(room.named)
            elif not match["block"]:
                others.append(room.named)
    for choice in (exact, bare, others):
        if len(set(choice)) == 1:
            return choice[0]
    return None
