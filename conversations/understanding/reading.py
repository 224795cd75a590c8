"""From cues and names to one guess. Rules are rows; the first that fits decides."""

from dataclasses import dataclass

from agreement.words import Kind
from conversations.understanding.cues import Cue, cues_of
from conversations.understanding.folding import fold, plain
from conversations.understanding.matching import NOWHERE
from conversations.understanding.places import place_as_said
from conversations.understanding.rooms import find_room
from conversations.understanding.shapes import IsReport, Surroundings, Understood
from conversations.understanding.systems import find_system, system_as_said

Cues = frozenset[Cue]


@dataclass(frozen=True)
class _Row:
    """Fits when all of `needs` and one of `any_of` (if any) are there and none of `without`."""

    needs: Cues = frozenset()
    any_of: Cues = frozenset()
    without: Cues = frozenset()

    def fits(self, cues: Cues) -> bool:
        return self.needs <= cues and (not self.any_of or bool(self.any_of & cues)) and not self.without & cues


def _row(*needs: Cue, any_of: tuple[Cue, ...] = (), without: tuple[Cue, ...] = ()) -> _Row:
    return _Row(frozenset(needs), frozenset(any_of), frozenset(without))


_FAULT = (Cue.HARD, Cue.SOFT)
_KINDS: tuple[tuple[Kind, _Row], ...] = (
    (Kind.IN_SCOPE, _row(Cue.CONTRACT, Cue.MISSING)),
    (Kind.CUSTOMISED, _row(Cue.WISH)),
    (Kind.USABILITY, _row(Cue.CLUMSY, without=(Cue.HARD,))),
    (Kind.PERFORMANCE, _row(Cue.SLOW, without=(Cue.HARD,))),
    (Kind.FAULT, _row(any_of=_FAULT)),
    (Kind.PERFORMANCE, _row(any_of=(Cue.SLOW, Cue.TIMEOUT))),
    (Kind.USABILITY, _row(Cue.CLUMSY)),
    (Kind.CONSULTATION, _row(any_of=(Cue.HOWTO, Cue.QUESTION))),
    (Kind.USABILITY, _row(Cue.SUGGESTION)),
)
_MATTER = frozenset({Cue.HARD, Cue.SOFT, Cue.SLOW, Cue.TIMEOUT, Cue.HOWTO, Cue.CLUMSY, Cue.WISH, Cue.CONTRACT})
_PRESSED = frozenset({Kind.FAULT, Kind.PERFORMANCE, Kind.IN_SCOPE})
# Characters: "还是打不开" without a name is about what was said before.
_BARE = 12
_BARE_ENGLISH = 32


def understand(sentence: str, surroundings: Surroundings) -> Understood:
    """What a free sentence says, as a guess for the summary. Pure; never raises on any text."""
    text = plain(sentence)
    said = fold(text)
    asset = find_system(said, text, surroundings.systems)
    room = find_room(said, text, surroundings.rooms, taken=(asset.start, asset.end) if asset else NOWHERE)
    where = (room.start, room.end) if room else place_as_said(text)
    asset = find_system(said, text, surroundings.systems, taken=where or NOWHERE)
    place = room.named.name if room else _quoted(sentence, where)
    system = asset.named.name if asset else _quoted(sentence, system_as_said(text, taken=where or NOWHERE))
    cues = cues_of(text)
    kinds = _kinds(cues)
    is_report = _is_report(text, cues, place=place, system=system)
    return Understood(
        is_report=is_report,
        place=place,
        room=room.named if room else None,
        system=system,
        asset=asset.named if asset else None,
        kind=kinds[0],
        kinds=kinds,
        urgent=is_report is not IsReport.NO and _urgent(cues, kinds[0]),
    )


def _quoted(sentence: str, span: tuple[int, int] | None) -> str:
    return sentence[span[0] : span[1]].strip() if span else ""


def _kinds(cues: Cues) -> tuple[Kind, ...]:
    likely = [kind for kind, row in _KINDS if row.fits(cues)]
    return tuple(dict.fromkeys([*likely, *Kind]))


def _urgent(cues: Cues, kind: Kind) -> bool:
    return Cue.PRESSING in cues and Cue.CALM not in cues and kind is not Kind.CONSULTATION


def _is_report(text: str, cues: Cues, *, place: str, system: str) -> IsReport:
    states_matter = bool(cues & _MATTER)
    if Cue.ANOTHER in cues and states_matter:
        return IsReport.YES
    if cues & {Cue.PROGRESS, Cue.EARLIER}:
        return IsReport.FOLLOWUP
    if Cue.SOLVED in cues and not cues & {Cue.HARD, Cue.SOFT, Cue.SLOW}:
        return IsReport.FOLLOWUP
    if Cue.STILL in cues and not (place or system) and len(text) <= (_BARE_ENGLISH if text.isascii() else _BARE):
        return IsReport.FOLLOWUP
    if Cue.NOTICE in cues and not cues & {Cue.HARD, Cue.SOFT, Cue.WISH}:
        return IsReport.NO
    if states_matter or Cue.REPORT in cues or system:
        return IsReport.YES
    return IsReport.YES if Cue.THING in cues and Cue.TOPIC not in cues else IsReport.NO
