"""From cues and names to one guess. Rules are rows; the first that fits decides."""

from dataclasses import dataclass
from functools import lru_cache

from agreement.words import Kind
from conversations.understanding.cue import Cue
from conversations.understanding.cues import cues_of, may_give
from conversations.understanding.folding import RECENT, fold, plain
from conversations.understanding.matching import NOWHERE, Span, hide, taken_back
from conversations.understanding.matters import says_a_thing_again, system_as_said, system_of_matter
from conversations.understanding.places import place_as_said
from conversations.understanding.rooms import find_room
from conversations.understanding.shapes import NO_NAMES, IsReport, Named, Surroundings, Understood
from conversations.understanding.systems import find_system

Cues = frozenset[Cue]


@dataclass(frozen=True)
class _Row:
    """Fits when all of `needs` and one of `any_of` (if any) are there and none of `without`."""

    needs: Cues = frozenset()
    any_of: Cues = frozenset()
    without: Cues = frozenset()

    def fits(self, cues: Cues) -> bool:
        told = not self.any_of or bool(self.any_of & cues)
        return told and self.needs <= cues and not self.without & cues


def _row(*needs: Cue, any_of: tuple[Cue, ...] = (), without: tuple[Cue, ...] = ()) -> _Row:
    return _Row(frozenset(needs), frozenset(any_of), frozenset(without))


_KINDS: tuple[tuple[Kind, _Row], ...] = (
    (Kind.IN_SCOPE, _row(Cue.CONTRACT, Cue.MISSING)),
    (Kind.CUSTOMISED, _row(Cue.WISH)),
    (Kind.USABILITY, _row(Cue.CLUMSY, without=(Cue.HARD,))),
    (Kind.PERFORMANCE, _row(Cue.SLOW, without=(Cue.HARD,))),
    (Kind.USABILITY, _row(Cue.IMPROVE, without=(Cue.HARD, Cue.TIMEOUT))),
    (Kind.FAULT, _row(any_of=(Cue.HARD, Cue.SOFT))),
    (Kind.PERFORMANCE, _row(any_of=(Cue.SLOW, Cue.TIMEOUT))),
    (Kind.USABILITY, _row(Cue.CLUMSY)),
    (Kind.CONSULTATION, _row(any_of=(Cue.HOWTO, Cue.QUESTION))),
    (Kind.USABILITY, _row(Cue.SUGGESTION)),
)
_COMPLAINS = _row(Cue.COMPLAINT, without=(Cue.HOWTO, Cue.QUESTION))  # who asks how to complain does not yet
_WRONG = (Cue.HARD, Cue.SOFT, Cue.SLOW, Cue.TIMEOUT)
_MATTER = (*_WRONG, Cue.HOWTO, Cue.CLUMSY, Cue.IMPROVE, Cue.WISH, Cue.CONTRACT)
_REPORTS: tuple[tuple[IsReport, _Row], ...] = (
    (IsReport.YES, _row(Cue.CONTRACT, Cue.MISSING)),
    (IsReport.YES, _row(Cue.ANOTHER, any_of=_MATTER)),
    (IsReport.FOLLOWUP, _row(any_of=(Cue.PROGRESS, Cue.EARLIER))),
    (IsReport.FOLLOWUP, _row(Cue.NEGLECT, without=(Cue.ABOUT,))),
    (IsReport.FOLLOWUP, _row(Cue.NEGLECT, without=_WRONG)),
    (IsReport.FOLLOWUP, _row(Cue.NEGLECT, Cue.STILL)),
    (IsReport.FOLLOWUP, _row(Cue.ALLUDES, without=(*_MATTER, Cue.REPORT))),
    (IsReport.FOLLOWUP, _row(Cue.TRIED, Cue.BARE)),
    (IsReport.FOLLOWUP, _row(Cue.TRIED, Cue.STILL, without=(Cue.HARD,))),
    (IsReport.FOLLOWUP, _row(Cue.SOLVED, without=_WRONG)),
    (IsReport.FOLLOWUP, _row(Cue.STILL, Cue.BARE)),
    (IsReport.NO, _row(Cue.NOTICE, without=(Cue.HARD, Cue.SOFT, Cue.WISH))),
    (IsReport.NO, _row(Cue.AMONG, without=(*_WRONG, Cue.CLUMSY, Cue.IMPROVE, Cue.WISH, Cue.REPORT))),
    (IsReport.NO, _row(Cue.TOPIC, without=(*_WRONG, Cue.CLUMSY, Cue.IMPROVE, Cue.WISH, Cue.THING, Cue.NAMED))),
    (IsReport.YES, _row(any_of=(*_MATTER, Cue.REPORT, Cue.NAMED, Cue.COMPLAINT))),
    (IsReport.YES, _row(Cue.THING, without=(Cue.TOPIC,))),
    (IsReport.NO, _row()),
)
_READ = 800  # characters; the matter stands in the first of them, and reading stays quick
_BARE = 12  # characters: "还是打不开" without a name is about what was said before
_BARE_ENGLISH = 32


def understand(sentence: str, surroundings: Surroundings) -> Understood:
    """What a free sentence says, as a guess for the summary. Pure; never raises on any text."""
    text = plain(sentence[:_READ])
    where, room, what, asset = _names(text, surroundings)
    place = room.name if room else _quoted(sentence, where)
    system = asset.name if asset else _quoted(sentence, what)
    cues = cues_of(text) | _seen(text, place=place, system=system)
    is_report = next(answer for answer, row in _REPORTS if row.fits(cues))
    # "好了吗" asks, but how a matter stands: the matter itself is no consultation.
    kinds = _kinds(cues if is_report is IsReport.YES else cues - {Cue.HOWTO, Cue.QUESTION})
    return Understood(
        is_report=is_report,
        place=place,
        room=room,
        system=system,
        asset=asset,
        kind=kinds[0],
        kinds=kinds,
        urgent=is_report is not IsReport.NO and _urgent(cues, kinds[0]),
        complaint=_COMPLAINS.fits(cues),
    )


@lru_cache(maxsize=RECENT)
def said_without_names(words: str) -> Understood:
    """What they say to somebody who knows no school's names. One message asks several times."""
    return understand(words, NO_NAMES)


def reads_as(words: str) -> IsReport:
    """Whether they sound like a report, without a school's own names."""
    return said_without_names(words).is_report


def names_something(words: str) -> bool:
    """Whether they name a place or a system, by words that any school has."""
    read = said_without_names(words)
    return bool(read.place or read.system)


def sounds_settled(words: str) -> bool:
    """Whether they say that it works, and of nothing that it does not: 已经解决了, 现在可以打开了."""
    cues = cues_of(plain(words[:_READ]))
    return Cue.SOLVED in cues and not cues & {*_WRONG, Cue.STILL, Cue.PROGRESS, Cue.QUESTION, Cue.HOWTO, Cue.WISH}


def still_fails(words: str) -> bool:
    """Whether they say that what was wrong is wrong still, or again: 又登不上去了, 还是打不开."""
    cues = cues_of(plain(words[:_READ]))
    return Cue.STILL in cues and bool(cues & {Cue.HARD, Cue.SOFT, Cue.TIMEOUT})


def complains(words: str) -> bool:
    """Whether they complain, whatever else they say: the same rule without looking for names."""
    text = plain(words[:_READ])
    return may_give(text, Cue.COMPLAINT) and _COMPLAINS.fits(cues_of(text))


def _names(text: str, surroundings: Surroundings) -> tuple[Span, Named | None, Span, Named | None]:
    """The place and the system: where each is said, and the school's own if it has one.

    Of two names that share words the longer counts: 图书馆系统 names no place, 录播教室 no system.
    """
    said, last = fold(text), _said_last(text)
    asset = find_system(said, text, surroundings.systems)
    room = find_room(fold(last), last, surroundings.rooms, taken=asset.span if asset else NOWHERE)
    where = room.span if room else place_as_said(last)
    asset = find_system(said, text, surroundings.systems, taken=where) if asset else None
    about = asset.named if asset else system_of_matter(text, surroundings.systems, taken=where)
    what = asset.span if asset else NOWHERE if about else system_as_said(text, taken=where)
    return where, room.named if room else None, what, about


def _said_last(text: str) -> str:
    """What stands behind 不对，是303 and nothing before it, where that names a place; else the whole text."""
    behind = hide(text, taken_back(text))
    return text if behind == text or place_as_said(behind) == NOWHERE else behind


def _quoted(sentence: str, span: Span) -> str:
    return sentence[slice(*span)].strip()


def _kinds(cues: Cues) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys([*(kind for kind, row in _KINDS if row.fits(cues)), *Kind]))


def _seen(text: str, *, place: str, system: str) -> Cues:
    """The cues that no word gives."""
    if system:
        return frozenset({Cue.NAMED, Cue.ABOUT})
    if place:
        return frozenset({Cue.ABOUT})
    short = len(text) <= (_BARE_ENGLISH if text.isascii() else _BARE)
    return frozenset({Cue.BARE}) if short and not says_a_thing_again(text) else frozenset()


def _urgent(cues: Cues, kind: Kind) -> bool:
    """Pressing words make it so at once (agreement §3: the customer's word); a question is never urgent.

    Who queues before what is broken cannot go on; people queue before what is slow every day.
    """
    pressing = Cue.PRESSING in cues or (Cue.CROWD in cues and kind is Kind.FAULT)
    return pressing and Cue.CALM not in cues and kind is not Kind.CONSULTATION
