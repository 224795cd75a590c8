"""What a room of the school's list may be called: its spellings, the numbers and the classes it stands for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from conversations.understanding.classes import SchoolClass, class_of
from conversations.understanding.folding import plain
from conversations.understanding.matching import Form, forms_of
from conversations.understanding.shapes import Named, Surroundings
from conversations.understanding.spelling import sound
from conversations.understanding.table import words

_LONG_ENOUGH = 3  # characters; of two, too many words sound alike
TAIL = "教室|办公室|实验室|室|房间|号房|房|号|班"
LETTER = r"(?P<letter>(?:(?<![a-z])[a-z])?)-?"
_OWN_NUMBER = re.compile(rf"(?P<block>.*?){LETTER}(?P<number>\d{{3,4}})(?:{TAIL})?")


@dataclass(frozen=True)
class Number:
    """A name that is a number: 302 of building 5 (or none), wing A (or none)."""

    block: str
    letter: str
    number: str


@dataclass(frozen=True)
class _Room:
    """A room of the list with all that may be said for it."""

    named: Named
    forms: tuple[str, ...]
    sounds: tuple[str, ...]
    numbers: tuple[Number, ...]
    classes: tuple[SchoolClass, ...]


@dataclass(frozen=True)
class Rooms:
    """The rooms of a school by all that may be said for them."""

    forms: tuple[Form, ...]
    sounds: tuple[Form, ...]
    numbers: Mapping[tuple[str, str], tuple[tuple[Number, Named], ...]]  # by number and wing
    classes: Mapping[SchoolClass, Named]


@lru_cache(maxsize=256)
def prepared(surroundings: Surroundings) -> Rooms:
    """All that may be said for the rooms, once per school."""
    own = frozenset(form for room in surroundings.rooms for form in forms_of(room))
    rooms = [_prepare(room, own) for room in surroundings.rooms]
    numbers: dict[tuple[str, str], tuple[tuple[Number, Named], ...]] = {}
    for room in rooms:
        for one in room.numbers:
            numbers[one.number, one.letter] = (*numbers.get((one.number, one.letter), ()), (one, room.named))
    return Rooms(
        forms=tuple((form, room.named, _weight(form)) for room in rooms for form in room.forms),
        sounds=tuple((heard, room.named, 0) for room in rooms for heard in room.sounds),
        numbers=numbers,
        classes={one: room.named for room in reversed(rooms) for one in room.classes},
    )


def _weight(form: str) -> int:
    """A room is more to the point than the building it stands in."""
    return 1 if form.endswith(("楼", "校区", "馆", "building")) else 2


def _prepare(room: Named, own: frozenset[str]) -> _Room:
    """`own` are the spellings that the school itself gives: none is another way to say another room."""
    forms = forms_of(room)
    spellings = forms + tuple(other for form in forms for other in _also(form) if other not in own)
    return _Room(
        room,
        spellings,
        tuple(sound(form) for form in spellings if len(form) >= _LONG_ENOUGH and not form.isascii()),
        tuple(
            Number(match["block"].removesuffix("号楼").removesuffix("-"), match["letter"], match["number"])
            for form in forms
            if (match := _OWN_NUMBER.fullmatch(form))
        ),
        tuple(filter(None, (class_of(plain(name)) for name in (room.name, *room.aliases)))),
    )


def _also(form: str) -> Iterator[str]:
    """Other ways to say a folded name: 2机房 is 机房2, 5号楼 is building 5, 音乐室 is 音乐教室."""
    for ending, other in map(_pair, words("places.endings")):
        stem = form.removesuffix(ending)
        if stem not in ("", form) and not stem[-1].isdigit():
            yield stem + other
    for long, short in map(_pair, words("places.subjects_cut")):
        if form.startswith(long):
            yield short + form.removeprefix(long)
    if building := re.fullmatch(r"(\d{1,2})号楼", form):
        yield from (f"{word}{building[1]}" for word in words("places.building_words"))
    elif first := re.fullmatch(r"(\d{1,2})(\D{2,})", form):
        if "楼" not in form:
            yield first[2] + first[1]
    elif last := re.fullmatch(r"(\D+[^\d楼])(\d{1,2})", form):
        yield last[2] + last[1]


def _pair(listed: str) -> tuple[str, str]:
    one, other = listed.split("/")
    return one, other
