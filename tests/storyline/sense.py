"""Finds what is well written yet cannot be played: unknown names, a clock set back, a start too many."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.storyline.moments import after_workdays, written
from tests.storyline.script import (
    Accept,
    Assignee,
    At,
    AtMost,
    Cast,
    Contract,
    Does,
    Hears,
    HearsNothing,
    Line,
    Offers,
    OffersNot,
    OpenInvite,
    PenaltySum,
    Refuse,
    Resend,
    Restart,
    Start,
    Stop,
    TicketIs,
    Together,
    Wait,
    WaitWorkdays,
)


@dataclass(frozen=True)
class Nonsense:
    number: int
    reason: str


def find_nonsense(cast: Cast, contracts: tuple[Contract, ...], lines: tuple[Line, ...]) -> Nonsense | None:
    """The first line that makes no sense, or None."""
    found = [*_names(cast, contracts, lines), *_clock(lines), *_running(lines)]
    return min(found, key=lambda one: one.number, default=None)


def _names(cast: Cast, contracts: tuple[Contract, ...], lines: tuple[Line, ...]) -> Iterator[Nonsense]:
    people = frozenset(cast.people())
    schools = {*cast.schools(), *(contract.school for contract in contracts)}
    for line in lines:
        for number, person in _people_of(line):
            if person not in people:
                yield Nonsense(number, f'"{person}" is not in the cast')
        step = line.step
        if isinstance(step, Does) and isinstance(step.deed, OpenInvite):
            schools.add(step.deed.school)
        if isinstance(step, PenaltySum) and step.school not in schools:
            yield Nonsense(line.number, f'"{step.school}" is no school of this story')


def _people_of(line: Line) -> tuple[tuple[int, str], ...]:
    """(number of the line, person) of everybody it names."""
    step = line.step
    if isinstance(step, Together):
        return tuple((number, does.person) for number, does in step.deeds)
    if isinstance(step, TicketIs):
        return ((line.number, step.fact.person),) if isinstance(step.fact, Assignee) else ()
    if isinstance(step, Does | Hears | HearsNothing | Offers | OffersNot | AtMost | Refuse | Accept):
        return ((line.number, step.person),)
    return ()


def _clock(lines: tuple[Line, ...]) -> Iterator[Nonsense]:
    if not isinstance(lines[0].step, At):
        yield Nonsense(lines[0].number, "the first line of a story sets the clock: @ 2026-11-23 14:00")
        return
    now = lines[0].step.moment
    for line in lines:
        then = _moved(now, line)
        if then < now:
            yield Nonsense(line.number, f"the clock is only set forward; it is {written(now)} here")
        now = max(now, then)


def _moved(now: datetime, line: Line) -> datetime:
    match line.step:
        case At(moment):
            return moment
        case Wait(length):
            return now + length
        case WaitWorkdays(days):
            return after_workdays(now, days)
        case _:
            return now


def _running(lines: tuple[Line, ...]) -> Iterator[Nonsense]:
    is_up, has_spoken = True, False
    for line in lines:
        match line.step:
            case Stop() | Restart() if not is_up:
                yield Nonsense(line.number, "the desk is already stopped")
            case Start() if is_up:
                yield Nonsense(line.number, "the desk is running")
            case Resend() if not has_spoken:
                yield Nonsense(line.number, "nobody has sent anything yet")
            case Stop():
                is_up = False
            case Start():
                is_up = True
            case Does() | Together():
                has_spoken = True
            case _:
                pass
