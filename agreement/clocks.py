"""The life of a promise, derived from its segments: never nudged, always recomputable (agreement §3).

Segments are appended as things happen and never changed; `derive` folds them in the order they were written
into what holds at a given moment. Stored due times and states are caches of this.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from agreement.calendar import Workdays
from agreement.promises import UNDONE_BY, Undoing
from agreement.segments import (
    CALENDAR,
    Segment,
    SegmentKind,
    segments_from_json,
    segments_to_json,
)
from agreement.terms import Due, Term, due_at
from agreement.words import PromiseState

__all__ = [
    "CALENDAR",
    "Life",
    "Segment",
    "SegmentKind",
    "derive",
    "segments_from_json",
    "segments_to_json",
]


@dataclass(frozen=True)
class Life:
    """What holds of a promise at one moment; datetimes are UTC.

    `broken_at` is the due time that passed. `fulfilled_at` is when a broken promise was fulfilled late.
    `provisional`: the due time counts a year without a published calendar; a break is then not yet booked.
    """

    state: PromiseState
    started_at: datetime
    due_at: datetime
    provisional: bool = False
    kept_at: datetime | None = None
    broken_at: datetime | None = None
    fulfilled_at: datetime | None = None
    count: Due | None = field(default=None, compare=False)  # the days behind `due_at`, for 为什么
    paused_for: timedelta = timedelta()  # so far; since the last move where there was one

    @property
    def runs_from(self) -> datetime:
        """From when the ladder measures: a time in which nothing ran is no part of the term."""
        return self.started_at + self.paused_for


@dataclass(frozen=True)
class _Keep:
    at: datetime
    by: str
    in_time: bool


@dataclass(frozen=True)
class _Count:
    """How the due time is found: by the term and its calendar, unless it was moved."""

    term: Term | None
    workdays: Workdays
    zone: ZoneInfo


@dataclass(frozen=True)
class _Course:
    """The fold's hand: all that the segments so far amount to."""

    count: _Count
    start: datetime
    own_due: datetime | None  # a date of its own or a move: the term no longer counts
    is_restated: bool = False  # the last move was the calendar's: the count itself, said anew
    paused_for: timedelta = timedelta()  # since the start, or since the last move
    paused_before: timedelta = timedelta()  # until the last move, where that was the calendar's
    paused_since: datetime | None = None
    keeps: tuple[_Keep, ...] = ()
    undone_at: datetime | None = None
    broken_at: datetime | None = None
    withdrawn: bool = False

    def due(self, at: datetime) -> Due:
        """The due time as it stands then, with the days that made it. A pause moves the start on."""
        pause = self.paused_for + _length(self.paused_since, at)
        if self.own_due is None:
            return self._counted(pause)
        if self.is_restated:
            return replace(self._counted(pause), at=self.own_due + pause)
        return Due(self.own_due + pause)

    def _counted(self, pause: timedelta) -> Due:
        if self.count.term is None:
            raise ValueError("a promise without a term starts with its own due time")
        return due_at(self.start + pause, self.count.term, self.count.workdays, self.count.zone)

    @property
    def is_running(self) -> bool:
        return not (self.keeps or self.paused_since or self.withdrawn)


def derive(
    segments: Sequence[Segment], term: Term | None, workdays: Workdays, zone: ZoneInfo, now: datetime
) -> Life:
    """What holds of the promise at `now`, with today's edition of the calendar.

    `term` None: the due time is the start's own (plan-step). Raises ValueError when the first segment is no
    start, or a start or move lacks the due time it needs.
    """
    if not segments or segments[0].kind is not SegmentKind.STARTED:
        raise ValueError("the first segment of a promise is its start")
    course = _started(_Count(term, workdays, zone), segments[0])
    for segment in segments[1:]:
        course = STEP[segment.kind](course, replace(segment, at=segment.at.astimezone(UTC)))
    return _life(course, now.astimezone(UTC))


def _life(course: _Course, now: datetime) -> Life:
    """With all the time that has passed up to now, as `_passed` lets it pass; the due time is counted once."""
    due = course.due(now)
    kept_at = min((keep.at for keep in course.keeps), default=None)
    is_missed = course.is_running and now > due.at
    broken_at = due.at if course.broken_at is None and is_missed else course.broken_at
    if broken_at is not None:
        broken = PromiseState.BROKEN
        return Life(
            broken,
            course.start,
            broken_at,
            due.provisional,
            None,
            broken_at,
            kept_at,
            due,
            course.paused_for,
        )
    return Life(
        _state(course), course.start, due.at, due.provisional, kept_at, count=due, paused_for=course.paused_for
    )


def _state(course: _Course) -> PromiseState:
    if course.withdrawn:
        return PromiseState.WITHDRAWN
    if course.keeps:
        return PromiseState.KEPT
    return PromiseState.PAUSED if course.paused_since else PromiseState.RUNNING


def _passed(course: _Course, at: datetime) -> _Course:
    """Time goes on to `at`: a microsecond after the due time what is not kept is broken, as of that time."""
    if course.broken_at is not None or not course.is_running:
        return course
    due = course.due(at)
    return replace(course, broken_at=due.at) if at > due.at else course


def _started(count: _Count, segment: Segment) -> _Course:
    own_due = segment.due_at.astimezone(UTC) if segment.due_at and count.term is None else None
    return _Course(count, segment.at.astimezone(UTC), own_due)


def _restarted(course: _Course, segment: Segment) -> _Course:
    """A later start: anew after a withdrawal, else the same clock counted from another moment (a merging).

    One that is broken already is broken as of the due time that the other moment gives.
    """
    anew = _started(course.count, segment)
    if course.withdrawn:
        return replace(anew, broken_at=course.broken_at)
    moved = replace(_counted_anew(course), start=anew.start)
    due = moved.due(segment.at).at
    broken_at = min(course.broken_at, due) if course.broken_at is not None else None
    return _judged(_weighed(replace(moved, broken_at=broken_at), due), segment.at)


def _counted_anew(course: _Course) -> _Course:
    """A date that the calendar restated is a count of the old start; one that was agreed to stands."""
    if not course.is_restated:
        return course
    return replace(
        course,
        own_due=None,
        is_restated=False,
        paused_for=course.paused_before + course.paused_for,
        paused_before=timedelta(),
    )


def _paused(course: _Course, segment: Segment) -> _Course:
    course = _passed(course, segment.at)
    if course.broken_at is not None or not course.is_running:
        return course
    return replace(course, paused_since=segment.at)


def _resumed(course: _Course, segment: Segment) -> _Course:
    if course.paused_since is None:
        return course
    pause = course.paused_for + _length(course.paused_since, segment.at)
    return replace(course, paused_since=None, paused_for=pause)


def _kept(course: _Course, segment: Segment) -> _Course:
    if course.withdrawn:
        return course
    # Written late, a keeping still counts from its own moment, but never from before it was undone.
    at = max(segment.at, course.undone_at) if course.undone_at else segment.at
    course = _resumed(course, replace(segment, at=at))
    # A keeping of before the break is news of what was: it overturns a break that only its absence had made.
    in_time = at <= (course.broken_at or course.due(at).at)
    keep = _Keep(at, segment.by, in_time)
    broken_at = None if in_time else course.broken_at
    return _judged(replace(course, keeps=(*course.keeps, keep), broken_at=broken_at), at)


def _unkept(course: _Course, segment: Segment) -> _Course:
    if not course.keeps:
        return course
    undone = UNDONE_BY[Undoing(segment.by)] if segment.by else {keep.by for keep in course.keeps}
    left = tuple(keep for keep in course.keeps if keep.by not in undone)
    if len(left) == len(course.keeps):
        return course
    return _judged(replace(course, keeps=left, undone_at=segment.at), segment.at)


def _moved(course: _Course, segment: Segment) -> _Course:
    if segment.due_at is None:
        raise ValueError("a move names the new due time")
    if segment.reason == CALENDAR:  # restates the count itself, also of a time that has passed
        if _is_agreed_to(course, segment.due_at):
            return course
        course = replace(_weighed(course, segment.due_at), broken_at=None)
    else:
        course = _passed(course, segment.at)
        if course.keeps:  # what is kept needs no other date
            return course
    if course.broken_at is not None or course.withdrawn:
        return course
    since = segment.at if course.paused_since else None
    own_due = segment.due_at.astimezone(UTC)
    moved = replace(
        course,
        own_due=own_due,
        is_restated=segment.reason == CALENDAR,
        paused_for=timedelta(),
        paused_since=since,
        paused_before=course.paused_before + course.paused_for + _length(course.paused_since, segment.at),
    )
    return _judged(moved, segment.at)


def _is_agreed_to(course: _Course, due: datetime) -> bool:
    """The date of a schedule that was confirmed while a provisional day was over stands by itself, not by the count."""
    return course.own_due == due and not course.is_restated


def _withdrawn(course: _Course, segment: Segment) -> _Course:
    course = _passed(course, segment.at)
    if course.broken_at is not None:
        return course
    ended = replace(_resumed(course, segment), withdrawn=True)
    if segment.due_at is None or ended.own_due is not None:
        return ended
    own_due = segment.due_at.astimezone(UTC)
    return replace(ended, own_due=own_due, is_restated=True, paused_for=timedelta())


def _weighed(course: _Course, due: datetime) -> _Course:
    """What kept the promise, weighed against another due time."""
    return replace(course, keeps=tuple(replace(keep, in_time=keep.at <= due) for keep in course.keeps))


def _judged(course: _Course, at: datetime) -> _Course:
    """Broken if nothing keeps it and its time is over, or if all that keeps it came late."""
    if course.broken_at is None and course.keeps and not any(keep.in_time for keep in course.keeps):
        return replace(course, broken_at=course.due(at).at)
    return _passed(course, at)


STEP: Final[Mapping[SegmentKind, Callable[[_Course, Segment], _Course]]] = {
    SegmentKind.STARTED: _restarted,
    SegmentKind.PAUSED: _paused,
    SegmentKind.RESUMED: _resumed,
    SegmentKind.KEPT: _kept,
    SegmentKind.UNKEPT: _unkept,
    SegmentKind.MOVED: _moved,
    SegmentKind.WITHDRAWN: _withdrawn,
}


def _length(since: datetime | None, at: datetime) -> timedelta:
    return max(at - since, timedelta()) if since else timedelta()
