"""What the cues of a sentence mean. Rules are rows; the first that fits decides."""

from dataclasses import dataclass

from agreement.words import Kind
from conversations.understanding.cue import Cue
from conversations.understanding.shapes import IsReport

Cues = frozenset[Cue]


@dataclass(frozen=True)
class _Row:
    """Fits when all of `needs` and one of `any_of` (if any) are there and none of `without`."""

    needs: Cues = frozenset()
    any_of: Cues = frozenset()
    without: Cues = frozenset()

    def fits(self, cues: Cues) -> bool:
        told = not self.any_of or not self.any_of.isdisjoint(cues)
        return told and self.needs <= cues and self.without.isdisjoint(cues)


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
_ALL_KINDS = tuple(Kind)
_ASKS = frozenset({Cue.HOWTO, Cue.QUESTION})
_FAILS = frozenset({Cue.HARD, Cue.SOFT, Cue.TIMEOUT})
_NOT_SETTLED = frozenset({*_WRONG, Cue.STILL, Cue.PROGRESS, Cue.WISH}) | _ASKS


def report_in(cues: Cues) -> IsReport:
    """Whether they state a matter."""
    return next(answer for answer, row in _REPORTS if row.fits(cues))


def kinds_in(cues: Cues, is_report: IsReport) -> tuple[Kind, ...]:
    """Every kind, the likeliest first. 好了吗 asks, but how a matter stands: the matter itself is no consultation."""
    told = cues if is_report is IsReport.YES else cues - _ASKS
    return tuple(dict.fromkeys([*(kind for kind, row in _KINDS if row.fits(told)), *_ALL_KINDS]))


def presses(cues: Cues, kind: Kind) -> bool:
    """Pressing words make it urgent at once (agreement §3: the customer's word); a question is never urgent.

    Who queues before what is broken cannot go on; people queue before what is slow every day.
    """
    pressing = Cue.PRESSING in cues or (Cue.CROWD in cues and kind is Kind.FAULT)
    return pressing and Cue.CALM not in cues and kind is not Kind.CONSULTATION


def complaint_in(cues: Cues) -> bool:
    """Whether they complain, whatever else they say."""
    return _COMPLAINS.fits(cues)


def settles(cues: Cues) -> bool:
    """Whether something works, and nothing is said not to."""
    return Cue.SOLVED in cues and cues.isdisjoint(_NOT_SETTLED)


def fails_still(cues: Cues) -> bool:
    """Whether what was wrong is wrong still, or again."""
    return Cue.STILL in cues and not cues.isdisjoint(_FAILS)
