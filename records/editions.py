"""Which edition of a record stands: the kept one, the one that has just come to be, or none while it is open.

A record is closed by what happened to the case, not by a button: the table below says by what. Once closed it is
never changed; where its cells come out otherwise afterwards, that is the next edition, with the event that made it so,
and each correction by hand is one, however soon after another it came.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from agreement.records import CHECKED_AFTER
from agreement.words import Record, State
from desk.case_file import CaseFile
from desk.happened import Happened
from desk.paper_facts import EditionFact
from records.conventions import word
from records.office import Office
from records.papers import Edition, Paper, paper_of, project

Closing = Callable[[CaseFile, int], Happened | None]


def _answered(case: CaseFile, attempt: int) -> Happened | None:
    """What the desk answered at once waits for whom it is passed on to (转交部门), or for the end."""
    taken = next(iter(case.happened("acknowledge")), None)
    return taken if taken is not None else _ended(case, attempt)


def _sent(case: CaseFile, _attempt: int) -> Happened | None:
    """A receipt that was objected to is open again until it is sent anew."""
    last = next(reversed(case.happened("decline", "object")), None)
    return last if last is not None and last.name == "decline" else None


def _judged(case: CaseFile, attempt: int) -> Happened | None:
    return case.judged(attempt)


def _ended(case: CaseFile, _attempt: int) -> Happened | None:
    """The whole case is over, since the first of these events that nothing has opened again."""
    if case.state not in {"closed", "archived"} and not (case.state == "declined" and case.objection_settled):
        return None
    opened = next((one.id for one in reversed(case.happened("not_solved", "object"))), 0)
    ends = case.happened("close", "no_objection", "objection_over", "archive")
    return next((one for one in ends if one.id > opened), None)


def _round_ended(case: CaseFile, attempt: int) -> Happened | None:
    closed = [one for one in case.happened("close") if one.round == attempt]
    if closed:
        return closed[-1]
    return _ended(case, attempt) if case.round == attempt else None


def _archived(case: CaseFile, _attempt: int) -> Happened | None:
    """It lists where the others stand in the chain, so it is closed once they are sealed (desk/sealing.py)."""
    return next(iter(case.happened("archive")), None) if case.seals else None


CLOSED_BY: Final[Mapping[Record, Closing]] = {
    Record.REGISTER: _answered,
    Record.REVIEW: _ended,
    Record.RECEIPT: _sent,
    Record.WORK_ORDER: _round_ended,
    Record.OPINION: _round_ended,
    Record.ACCEPTANCE: _judged,
    Record.ARCHIVE: _archived,
}


VOIDED: Final = frozenset({State.CANCELLED.value, State.MERGED.value})  # nothing leads out of these


@dataclass(frozen=True)
class Standing:
    """A record as it is to be shown now. `edition` None: still open. `cause` is what closed or changed it.

    `is_kept`: the edition is in the tables already. `is_void`: the case was withdrawn or merged before it was closed,
    and nothing will close it any more; its number is listed, and never given again (records §1).
    """

    paper: Paper
    edition: Edition | None
    cause: Happened | None
    is_kept: bool
    is_void: bool = False


def standing(record: Record, attempt: int, case: CaseFile, office: Office) -> Standing:
    """The record now; pure, so that what is printed today is what is kept a moment later."""
    return standings(record, attempt, case, office)[-1]


def standings(record: Record, attempt: int, case: CaseFile, office: Office) -> tuple[Standing, ...]:
    """The record now, last, and in front of it every edition that it has come to since one was kept.

    The first is what it was when it was closed: a correction by hand of before it was printed is the second already.
    """
    closing = CLOSED_BY[record](case, attempt)
    if closing is None:
        is_void = case.state in VOIDED
        return (Standing(project(record, attempt, case, office), None, None, is_kept=False, is_void=is_void),)
    kept = case.newest().get((record, attempt))
    if kept is not None:
        return _since_kept(case, kept, closing, office)
    by_hand = [one for one in case.events if one.id > closing.id and _is_correction(one, record, attempt)]
    paper = project(record, attempt, _without(case, by_hand, after=closing), office)
    first = Standing(paper, _edition(1, closing, ""), closing, is_kept=False)
    return (first, *_made(first, [(one, _without(case, by_hand, after=one)) for one in by_hand], office))


def _since_kept(case: CaseFile, kept: EditionFact, closing: Happened, office: Office) -> tuple[Standing, ...]:
    last = Standing(paper_of(kept.content), _of(kept), None, is_kept=True)
    return _made(last, _changes(case, kept, closing), office) or (last,)


def _made(last: Standing, changes: Sequence[tuple[Happened, CaseFile]], office: Office) -> tuple[Standing, ...]:
    """An edition after this one for each change that its cells come out otherwise by."""
    made = [last]
    number = last.edition.number if last.edition is not None else 0
    for cause, then in changes:
        paper = project(last.paper.record, last.paper.attempt, then, office)
        if paper.cells != made[-1].paper.cells:
            edition = _edition(number + len(made), cause, _reason(cause))
            made.append(Standing(replace(paper, number=last.paper.number), edition, cause, is_kept=False))
    return tuple(made[1:])


def _changes(case: CaseFile, kept: EditionFact, closing: Happened) -> list[tuple[Happened, CaseFile]]:
    """What happened since that can change this record, oldest first, each with the case as it stood then.

    A correction by hand has its own author and reason, so it is an edition of its own; whatever else happened is one.
    """
    since = [
        one for one in case.events if one.id > kept.event_id and one.name in CHECKED_AFTER and not one.is_internal
    ]
    was_closed_again = closing in since
    by_hand = [
        one
        for one in since
        if _is_correction(one, kept.record, kept.attempt) and not (was_closed_again and one.id < closing.id)
    ]
    others = [one for one in since if one.name != "cell_filled" or kept.record is Record.ARCHIVE]
    before = [one for one in others if not by_hand or one.id < by_hand[0].id]
    first = [closing] if was_closed_again else before[-1:]
    return [(one, _without(case, by_hand, after=one)) for one in (*first, *by_hand)]


def _is_correction(one: Happened, record: Record, attempt: int) -> bool:
    """Of this record: 《归档记录》 lists all others and changes with theirs, which are none of its own."""
    of = (one.data.get("record"), one.data.get("attempt"))
    return one.name == "cell_filled" and of == (record.value, attempt)


def _without(case: CaseFile, by_hand: Sequence[Happened], *, after: Happened) -> CaseFile:
    """The case before the corrections that came after that."""
    later = {one.id for one in by_hand if one.id > after.id}
    return replace(case, events=tuple(one for one in case.events if one.id not in later)) if later else case


def _reason(cause: Happened) -> str:
    return str(cause.data.get("reason") or "") or word(f"event.{cause.name}")


def _edition(number: int, cause: Happened, reason: str) -> Edition:
    by = cause.by.name if cause.by is not None else word("cell.by_the_clock")
    return Edition(number=number, reason=reason, by=by, made_at=cause.recorded_at)


def _of(kept: EditionFact) -> Edition:
    by = kept.by.name if kept.by is not None else word("cell.by_the_clock")
    return Edition(number=kept.edition, reason=kept.reason, by=by, made_at=kept.made_at)
