"""Which of the school's rooms a sentence means: by name, alias, or number in any spelling."""

import re
from collections.abc import Iterator
from functools import cache

from conversations.understanding.classes import classes_in
from conversations.understanding.folding import Folded
from conversations.understanding.matching import (
    AT_ONCE,
    NOWHERE,
    Found,
    Span,
    best,
    clear,
    not_fine,
    outside,
    spots,
)
from conversations.understanding.room_names import LETTER, TAIL, Room, prepared
from conversations.understanding.shapes import Named
from conversations.understanding.spelling import is_another_word, sound
from conversations.understanding.table import words

_SAID_NUMBER = re.compile(
    r"(?<![\d.:/¥$#=])(?:(?<!\d)-)?(?:(?P<block>\d{1,2})(?:号楼|-))?(?:\d{1,2}楼-?)?"
    rf"{LETTER}(?P<number>\d{{3,4}})(?P<tail>{TAIL})?(?!\d|[.:%/]\d|-\d{{3}})"
)


@cache
def _no_room() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Before, after: what makes a number a count, a time, an amount, a code, not a room."""
    parts = ("before", "after", "units")
    before, after, units = ("|".join(words(f"places.no_room_{part}")) for part in parts)
    return re.compile(rf"(?:{before})$"), re.compile(rf"\s?(?:{after}|(?:{units})(?![a-z]))")


def find_room(said: Folded, text: str, rooms: tuple[Named, ...], *, taken: Span = NOWHERE) -> Found | None:
    """The room that the sentence means, or None; `text` is the plain text that `said` was folded from.

    A room whose name stands inside `taken`, the longer name of a system, is not meant.
    """
    if not rooms:
        return None
    known = prepared(rooms)
    found = [
        Found(room.named, *spot, weight=_weight(form))
        for room in known
        for form in room.forms
        for spot in spots(form, said, text)
        if not text[spot[1] :].lstrip().startswith((*words("systems.after_place"), *words("places.titles")))
    ]
    found.extend(_numbered(said, text, known))
    found.extend(_classes(text, known))
    found = found or list(_misspelt(said, text, known))
    return best(not_fine(clear(outside(found, taken), text), text, AT_ONCE))


def _weight(form: str) -> int:
    """A room is more to the point than the building it stands in."""
    return 1 if form.endswith(("楼", "校区", "馆", "building")) else 2


def _misspelt(said: Folded, text: str, rooms: tuple[Room, ...]) -> Iterator[Found]:
    """图书管 for 图书馆."""
    heard = Folded(sound(said.text), said.starts, said.ends)
    for room in rooms:
        for form in room.sounds:
            found = (Found(room.named, *spot) for spot in spots(form, heard, text))
            yield from (one for one in found if not is_another_word(one.span, text))


def _classes(text: str, rooms: tuple[Room, ...]) -> Iterator[Found]:
    own = {one: room.named for room in reversed(rooms) for one in room.classes}
    for likely, span in classes_in(text):
        meant = next((own[one] for one in likely if one in own), None)
        if meant:
            yield Found(meant, *span, weight=2)


def _numbered(said: Folded, text: str, rooms: tuple[Room, ...]) -> Iterator[Found]:
    not_before, not_after = _no_room()
    for match in _SAID_NUMBER.finditer(said.text):
        before, end = said.text[: match.start()], said.ends[match.end() - 1]
        if not match["tail"] and (not_before.search(before) or not_after.match(text, end)):
            continue
        meant = _meant(match, before, rooms)
        if meant:
            yield Found(meant, said.starts[match.start()], end, weight=3)


def _meant(match: re.Match[str], before: str, rooms: tuple[Room, ...]) -> Named | None:
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
