"""Which of the school's rooms a sentence means: by name, alias, or number in any spelling."""

import re
from collections.abc import Iterator
from functools import cache

from conversations.understanding.classes import classes_in
from conversations.understanding.folding import Folded, fold
from conversations.understanding.matching import (
    AT_ONCE,
    NOWHERE,
    Found,
    Span,
    best,
    clear,
    not_fine,
    outside,
    written,
)
from conversations.understanding.room_names import LETTER, TAIL, Rooms, prepared
from conversations.understanding.shapes import Named, Surroundings
from conversations.understanding.spelling import is_another_word, sound
from conversations.understanding.table import words

_SAID_NUMBER = re.compile(
    r"(?=[\da-z-])(?<![\d.:/¥$#=])(?:(?<!\d)-)?(?:(?P<block>\d{1,2})(?:号楼|-))?(?:\d{1,2}楼-?)?"
    rf"{LETTER}(?P<number>\d{{3,4}})(?P<tail>{TAIL})?(?!\d|[.:%/]\d|-\d{{3}})"
)


@cache
def _no_room() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Before, after: what makes a number a count, a time, an amount, a code, not a room."""
    parts = ("before", "after", "units")
    before, after, units = ("|".join(words(f"places.no_room_{part}")) for part in parts)
    return re.compile(rf"(?:{before})$"), re.compile(rf"\s?(?:{after}|(?:{units})(?![a-z]))")


def find_room(text: str, surroundings: Surroundings, *, taken: Span = NOWHERE) -> Found | None:
    """The room that a plain text means, or None.

    A room whose name stands inside `taken`, the longer name of a system, is not meant.
    """
    if not surroundings.rooms:
        return None
    said, known = fold(text), prepared(surroundings)
    found = [one for one in written(known.forms, said, text) if not _is_of_another(one, text)]
    found.extend(_numbered(said, text, known))
    found.extend(_classes(text, known))
    found = found or list(_misspelt(said, text, known))
    return best(not_fine(clear(outside(found, taken), text), text, AT_ONCE)) if found else None


def _is_of_another(one: Found, text: str) -> bool:
    """图书馆系统 is a system, 教务处主任 a person."""
    return text[one.end :].lstrip().startswith((*words("systems.after_place"), *words("places.titles")))


def _misspelt(said: Folded, text: str, rooms: Rooms) -> Iterator[Found]:
    """图书管 for 图书馆."""
    heard = Folded(sound(said.text), said.starts, said.ends)
    return (one for one in written(rooms.sounds, heard, text) if not is_another_word(one.span, text))


def _classes(text: str, rooms: Rooms) -> Iterator[Found]:
    for likely, span in classes_in(text) if rooms.classes else ():
        meant = next((rooms.classes[one] for one in likely if one in rooms.classes), None)
        if meant:
            yield Found(meant, *span, weight=2)


def _numbered(said: Folded, text: str, rooms: Rooms) -> Iterator[Found]:
    not_before, not_after = _no_room()
    for match in _SAID_NUMBER.finditer(said.text) if rooms.numbers else ():
        before, end = said.text[: match.start()], said.ends[match.end() - 1]
        if not match["tail"] and (not_before.search(before) or not_after.match(text, end)):
            continue
        meant = _meant(match, before, rooms)
        if meant:
            yield Found(meant, said.starts[match.start()], end, weight=3)


def _meant(match: re.Match[str], before: str, rooms: Rooms) -> Named | None:
    """The one room of that number; with several, the one whose building is said, else the one without."""
    exact, bare, others = [], [], []
    for own, named in rooms.numbers.get((match["number"], match["letter"]), ()):
        if not own.block:
            bare.append(named)
        elif own.block == match["block"] or before.endswith((own.block, f"{own.block}-")):
            exact.append(named)
        elif not match["block"]:
            others.append(named)
    for choice in (exact, bare, others):
        if len(set(choice)) == 1:
            return choice[0]
    return None
