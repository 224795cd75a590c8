"""The clocks: real, moved on, and standing still."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import MovedClock, RealClock, SetClock

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_the_real_clock_tells_utc() -> None:
    """The machine's clock is read with its zone, so that nobody takes it for local time."""
    assert RealClock().now().utcoffset() == timedelta(0)


def test_a_set_clock_stands_still_until_it_is_set() -> None:
    """A story's minute lasts until the story moves on; a local time is kept as UTC."""
    clock = SetClock(datetime(2026, 11, 23, 20, 0, tzinfo=ZoneInfo("Asia/Shanghai")))
    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC
    clock.set(NOON + timedelta(minutes=8))
    assert clock.now() == NOON + timedelta(minutes=8)


def test_a_set_clock_refuses_naive_times_and_the_past() -> None:
    """A naive time is somebody's local time, and no promise may become younger."""
    with pytest.raises(ValueError, match="naive"):
        SetClock(datetime(2026, 11, 23, 12, 0))  # noqa: DTZ001 - the point of the test
    clock = SetClock(NOON)
    with pytest.raises(ValueError, match="forward"):
        clock.set(NOON - timedelta(seconds=1))
    clock.set(NOON)


def test_a_moved_clock_runs_on_from_the_real_one() -> None:
    """The demo's button adds ten minutes, and the time goes on from there."""
    real = SetClock(NOON)
    clock = MovedClock(real)
    assert clock.now() == NOON
    assert clock.advance(600) == NOON + timedelta(minutes=10)
    real.set(NOON + timedelta(seconds=5))
    assert clock.now() == NOON + timedelta(minutes=10, seconds=5)
    assert clock.offset == timedelta(minutes=10)


def test_a_moved_clock_never_goes_back() -> None:
    """Neither by a negative step nor by a negative start."""
    with pytest.raises(ValueError, match="forward"):
        MovedClock(SetClock(NOON)).advance(-1)
    with pytest.raises(ValueError, match="forward"):
        MovedClock(SetClock(NOON), timedelta(seconds=-1))
