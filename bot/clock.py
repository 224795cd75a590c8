"""The only place that knows what time it is; everything below is told.

A running desk has the real clock, the demo one that can be moved on, a test or a story one that stands still.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What tells the time: `now()` is timezone-aware, in UTC, and never runs backwards by our doing."""

    def now(self) -> datetime: ...


class RealClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """This instant, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that may


class MovedClock:
    """A clock that runs on from another one, some time ahead: in the demo nobody should wait."""

    def __init__(self, real: Clock, offset: timedelta = timedelta(0)) -> None:
        if offset < timedelta(0):
            raise ValueError("a clock is only moved forward: what was promised cannot become undone")
        self._real = real
        self._offset = offset

    @property
    def offset(self) -> timedelta:
        """How far it is ahead; kept by whoever must find the same time after a restart."""
        return self._offset

    def now(self) -> datetime:
        """The other clock's instant and what was added to it, in UTC."""
        return self._real.now() + self._offset

    def advance(self, seconds: float) -> datetime:
        """Move on by so many seconds and tell the new time. Raises ValueError for a negative number."""
        if seconds < 0:
            raise ValueError(f"a clock is only moved forward, not by {seconds} s")
        self._offset += timedelta(seconds=seconds)
        return self.now()


class SetClock:
    """A clock that stands still until somebody sets it: stories and tests hold it."""

    def __init__(self, now: datetime) -> None:
        self._now = _aware(now)

    def now(self) -> datetime:
        """The instant it was last set to, in UTC."""
        return self._now

    def set(self, now: datetime) -> None:
        """Set it to an aware datetime. Raises ValueError for a naive one or one in this clock's past."""
        moment = _aware(now)
        if moment < self._now:
            raise ValueError(f"a clock is only set forward: it is {self._now}, not {moment}")
        self._now = moment


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a naive datetime is somebody's local time; give one with a zone")
    return moment.astimezone(UTC)
