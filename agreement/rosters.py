"""Who is on duty when: turns of a rotation in order, leave that a turn falls past, spans given to another, gaps.

Pure: the laying of shifts ahead (desk/laying.py) and the search for gaps (desk/gaps.py) ask here. Everything is
counted on the wall clock of one zone, so that a handover at 08:00 stays at 08:00; moments come out in UTC.
"""

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Span:
    """From one moment to another, aware; the end itself no longer counts. Raises ValueError for an empty one."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise ValueError(f"a span ends after it begins: {self.since} is not before {self.until}")

    def covers(self, at: datetime) -> bool:
        """Whether that moment lies in it."""
        return self.since <= at < self.until


@dataclass(frozen=True)
class Duty:
    """One person on duty for a span."""

    person_id: int
    span: Span


@dataclass(frozen=True)
class Rotation:
    """Members who take turns of `turn_hours` each, in their order, from `first_at` on; handover at its hour.

    Raises ValueError without members, with one of them twice, or with a turn that is no whole hour.
    """

    members: tuple[int, ...]
    first_at: datetime
    turn_hours: int
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if not self.members or len(set(self.members)) < len(self.members):
            raise ValueError("a rotation has members, each once")
        if not 1 <= self.turn_hours <= 24 * 366:
            raise ValueError("a turn lasts from an hour to a year")

    def starts_at(self, turn: int) -> datetime:
        """When the turn of this number begins (0 is the first)."""
        wall = self.first_at.astimezone(self.zone).replace(tzinfo=None) + turn * timedelta(
            hours=self.turn_hours
        )
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def turn_at(self, at: datetime) -> int:
        """The number of the turn that runs then."""
        wall = at.astimezone(self.zone).replace(tzinfo=None)
        first = self.first_at.astimezone(self.zone).replace(tzinfo=None)
        return (wall - first) // timedelta(hours=self.turn_hours)

    def in_turn(self, turn: int) -> tuple[int, ...]:
        """Whose turn it is, and to whom it falls next where they are away."""
        first = turn % len(self.members)
        return self.members[first:] + self.members[:first]


def lay(
    rotation: Rotation, leaves: Collection[Duty], given: Collection[Duty], over: Span
) -> tuple[Duty, ...]:
    """The duties of the rotation over that span, in order: one person at a time, pieces as long as can be.

    `given` are spans that belong to somebody else than the rotation says: a swap, an override. Whoever is on
    leave (`leaves`, by their person) is passed over, there too. Where all members are away it stays empty.
    """
    laid: list[Duty] = []
    for piece, turn in _pieces(rotation, [*leaves, *given], over):
        person = _on_duty(rotation, turn, leaves, given, piece.since)
        if person is None:
            continue
        joins = laid and laid[-1].person_id == person and laid[-1].span.until == piece.since
        if joins and piece.since != rotation.starts_at(turn):
            laid[-1] = Duty(person, Span(laid[-1].span.since, piece.until))
        else:
            laid.append(Duty(person, piece))
    return tuple(laid)


def _pieces(rotation: Rotation, cuts: Iterable[Duty], over: Span) -> Iterable[tuple[Span, int]]:
    """The span cut at every moment at which somebody else may be on duty, with the turn of each piece."""
    first = max(over.since, rotation.starts_at(0))
    if first >= over.until:
        return
    turns = range(rotation.turn_at(first) + 1, rotation.turn_at(over.until) + 1)
    moments = {first, over.until, *(rotation.starts_at(turn) for turn in turns)}
    moments |= {at.astimezone(UTC) for one in cuts for at in (one.span.since, one.span.until)}
    inside = sorted(at for at in moments if first <= at <= over.until)
    for since, until in itertools.pairwise(inside):
        yield Span(since, until), rotation.turn_at(since)


def _on_duty(
    rotation: Rotation, turn: int, leaves: Collection[Duty], given: Collection[Duty], at: datetime
) -> int | None:
    away = {one.person_id for one in leaves if one.span.covers(at)}
    instead = [one.person_id for one in given if one.span.covers(at)]
    # Of two that were given the same hours the later word holds.
    wanted = (*reversed(instead), *rotation.in_turn(turn))
    return next((person for person in wanted if person not in away), None)


def gaps(duties: Collection[Duty], leaves: Collection[Duty], over: Span) -> tuple[Span, ...]:
    """The spans in which nobody of these is on duty, in order. Whoever is on leave does not count."""
    moments = {at for one in (*duties, *leaves) for at in (one.span.since, one.span.until)}
    inside = sorted({over.since, over.until, *(at for at in moments if over.since < at < over.until)})
    found: list[Span] = []
    for since, until in itertools.pairwise(inside):
        if _on(duties, leaves, since):
            continue
        if found and found[-1].until == since:
            found[-1] = Span(found[-1].since, until)
        else:
            found.append(Span(since, until))
    return tuple(found)


def next_on(duties: Collection[Duty], leaves: Collection[Duty], now: datetime) -> tuple[int, datetime] | None:
    """Who comes on duty next that is not on it now, and when: by a shift that begins or a leave that ends."""
    here = _on(duties, leaves, now)
    moments = {one.span.since for one in duties} | {one.span.until for one in leaves}
    for at in sorted(one for one in moments if one > now):
        coming = [person for person in _on(duties, leaves, at) if person not in here]
        if coming:
            return coming[0], at
    return None


def _on(duties: Collection[Duty], leaves: Collection[Duty], at: datetime) -> list[int]:
    away = {one.person_id for one in leaves if one.span.covers(at)}
    return [one.person_id for one in duties if one.span.covers(at) and one.person_id not in away]


def without(span: Span, taken: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of a span when these are taken out."""
    left = [span]
    for one in taken:
        left = [piece for before in left for piece in _cut(before, one)]
    return tuple(left)


def _cut(span: Span, out: Span) -> Iterable[Span]:
    if out.until <= span.since or out.since >= span.until:
        yield span
        return
    if span.since < out.since:
        yield Span(span.since, out.since)
    if out.until < span.until:
        yield Span(out.until, span.until)


HORIZON: Final = timedelta(weeks=4)  # shorter than the shifts are laid ahead
AHEAD: Final = (timedelta(days=7), timedelta(days=1), timedelta(hours=1))  # where a policy does not say
# What stands in the tables for the last warning that was told; any other length stands in minutes.
STAGES: Final = {"week": timedelta(days=7), "day": timedelta(days=1), "hour": timedelta(hours=1)}


def _stage(ahead: timedelta) -> str:
    named = {length: name for name, length in STAGES.items()}
    return named.get(ahead) or f"{ahead // timedelta(minutes=1)} minutes"


def _ahead(stage: str) -> timedelta:
    return STAGES.get(stage) or timedelta(minutes=int(stage.partition(" ")[0]))


def swap_reminder_at(asked_at: datetime, shift: Span) -> datetime:
    """When an unanswered 换班 is reminded of: half way to the shift (of a running one, to its end), a day at most."""
    until = shift.since if shift.since > asked_at else shift.until
    return asked_at + min((until - asked_at) / 2, timedelta(days=1))


def warning_due(
    gap: Span, told: str, now: datetime, warned_before: Sequence[timedelta]
) -> tuple[str, datetime | None]:
    """(stage to tell now, or "" for none yet; when to look again, None for never) of a gap.

    So long ahead as the policy says, the longest first; stages that were missed fold into the latest. A gap that
    has begun is told at once, if its last stage was not. What was told before holds under another policy too.
    """
    # Of a gap that now begins later, what was told too early counts no more.
    held = [one for one in warned_before if told and one >= _ahead(told) and gap.since - one <= now]
    left = warned_before[len(held) :]
    come = [one for one in left if gap.since - one <= now]
    coming = [gap.since - one for one in left if gap.since - one > now]
    return (_stage(come[-1]) if come else ""), (min(coming) if coming else None)
