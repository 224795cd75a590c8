"""From a sentence to one guess: its names, its cues, and what the rules make of them."""

from functools import lru_cache
from typing import Final

from conversations.understanding import rules
from conversations.understanding.cue import Cue
from conversations.understanding.cues import cues_of, may_give
from conversations.understanding.folding import RECENT, plain
from conversations.understanding.matching import NOWHERE, Span, hide, outside, taken_back
from conversations.understanding.matters import says_a_thing_again, system_as_said, system_of_matter
from conversations.understanding.places import place_as_said
from conversations.understanding.rooms import find_room
from conversations.understanding.shapes import IsReport, Named, Surroundings, Understood
from conversations.understanding.systems import find_system

_READ = 800  # characters; the matter stands in the first of them, and reading stays quick
_BARE = 12  # characters: "还是打不开" without a name is about what was said before
_BARE_ENGLISH = 32
_WITH_SYSTEM: Final = frozenset({Cue.NAMED, Cue.ABOUT})
_WITH_PLACE: Final = frozenset({Cue.ABOUT})
_WITH_NOTHING: Final = frozenset({Cue.BARE})
_NO_CUES: Final[rules.Cues] = frozenset()


def understand(sentence: str, surroundings: Surroundings) -> Understood:
    """What a free sentence says, as a guess for the summary. Pure; never raises on any text."""
    text = _text(sentence)
    where, room, asset = _names(text, surroundings)
    if room is None and asset is None:
        return said_without_names(sentence)
    place = room.name if room else _quoted(sentence, where)
    system = asset.name if asset else _quoted(sentence, system_as_said(text, taken=where))
    return _understood(text, place, room, system, asset)


@lru_cache(maxsize=RECENT)
def said_without_names(words: str) -> Understood:
    """What they say to somebody who knows no school's names. One message asks several times."""
    text = _text(words)
    where = place_as_said(_said_last(text))
    what = system_as_said(text, taken=where)
    return _understood(text, _quoted(words, where), None, _quoted(words, what), None)


def reads_as(words: str) -> IsReport:
    """Whether they sound like a report, without a school's own names."""
    return said_without_names(words).is_report


def names_something(words: str) -> bool:
    """Whether they name a place or a system, by words that any school has."""
    read = said_without_names(words)
    return bool(read.place or read.system)


def sounds_settled(words: str) -> bool:
    """Whether they say that it works, and of nothing that it does not: 已经解决了, 现在可以打开了."""
    return rules.settles(cues_of(_text(words)))


def still_fails(words: str) -> bool:
    """Whether they say that what was wrong is wrong still, or again: 又登不上去了, 还是不亮."""
    text = _text(words)
    return rules.fails_still(cues_of(text) | ({Cue.STILL} if "还是不" in text else set()))


def complains(words: str) -> bool:
    """Whether they complain, whatever else they say: the same rule without looking for names."""
    text = _text(words)
    return may_give(text, Cue.COMPLAINT) and rules.complaint_in(cues_of(text))


@lru_cache(maxsize=RECENT)
def _text(words: str) -> str:
    """The plain text of what is read of them."""
    return plain(words[:_READ])


def _understood(text: str, place: str, room: Named | None, system: str, asset: Named | None) -> Understood:
    cues = cues_of(text) | _seen(text, place=place, system=system)
    is_report = rules.report_in(cues)
    kinds = rules.kinds_in(cues, is_report)
    return Understood(
        is_report=is_report,
        place=place,
        room=room,
        system=system,
        asset=asset,
        kind=kinds[0],
        kinds=kinds,
        urgent=is_report is not IsReport.NO and rules.presses(cues, kinds[0]),
        complaint=rules.complaint_in(cues),
    )


def _names(text: str, surroundings: Surroundings) -> tuple[Span, Named | None, Named | None]:
    """Where the place is said, and the school's own room and system, if it has them.

    Of two names that share words the longer counts: 图书馆系统 names no place, 录播教室 no system.
    """
    asset, last = find_system(text, surroundings), _said_last(text)
    room = find_room(last, surroundings, taken=asset.span if asset else NOWHERE)
    where = room.span if room else place_as_said(last)
    if asset and not outside([asset], where):
        asset = find_system(text, surroundings, taken=where)
    about = asset.named if asset else system_of_matter(text, surroundings, taken=where)
    return where, room.named if room else None, about


def _said_last(text: str) -> str:
    """What stands behind 不对，是303 and nothing before it, where that names a place; else the whole text.

    A number that takes a place back is one, as 在303 is.
    """
    start, end = taken_back(text)
    behind = hide(text, (start, end))
    if end and place_as_said(text[:end]) != NOWHERE:
        behind = f"{behind[: end - 1]}在{behind[end:]}"
    return text if behind == text or place_as_said(behind) == NOWHERE else behind


def _quoted(sentence: str, span: Span) -> str:
    return sentence[slice(*span)].strip()


def _seen(text: str, *, place: str, system: str) -> rules.Cues:
    """The cues that no word gives."""
    if system:
        return _WITH_SYSTEM
    if place:
        return _WITH_PLACE
    short = len(text) <= (_BARE_ENGLISH if text.isascii() else _BARE)
    return _WITH_NOTHING if short and not says_a_thing_again(text) else _NO_CUES
