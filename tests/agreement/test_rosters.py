"""Turns, leave, swaps and gaps: rows, and a naive look at every hour that must say the same."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.policy_file import DEFAULT
from agreement.rosters import Duty, Rotation, Span, gaps, lay, next_on, warning_due, without

ZONE = DEFAULT.zone
HOUR = timedelta(hours=1)


def at(day: int, hour: int = 8) -> datetime:
    """A moment of December 2026 in Shanghai, as UTC."""
    return (datetime(2026, 12, 1, tzinfo=ZONE) + timedelta(days=day - 1, hours=hour)).astimezone(UTC)


def span(first: int, last: int, hour: int = 8) -> Span:
    return Span(at(first, hour), at(last, hour))


def duty(person: int, first: int, last: int, hour: int = 8) -> Duty:
    return Duty(person, span(first, last, hour))


DAILY = Rotation((1, 2, 3), at(1), 24, ZONE)


@pytest.mark.parametrize(
    ("leaves", "handed", "expected"),
    [
        ([], [], [(1, 1, 2), (2, 2, 3), (3, 3, 4), (1, 4, 5)]),
        ([duty(2, 2, 3)], [], [(1, 1, 2), (3, 2, 3), (3, 3, 4), (1, 4, 5)]),  # falls to the next member
        ([duty(2, 2, 3), duty(3, 2, 3)], [], [(1, 1, 2), (1, 2, 3), (3, 3, 4), (1, 4, 5)]),
        ([duty(1, 1, 3), duty(2, 2, 3), duty(3, 2, 3)], [], [(2, 1, 2), (3, 3, 4), (1, 4, 5)]),  # all away
        ([], [duty(9, 2, 3)], [(1, 1, 2), (9, 2, 3), (3, 3, 4), (1, 4, 5)]),  # given to another
        ([duty(9, 2, 3)], [duty(9, 2, 3)], [(1, 1, 2), (2, 2, 3), (3, 3, 4), (1, 4, 5)]),  # who is away too
    ],
)
def test_days_of_a_rotation(
    leaves: list[Duty], handed: list[Duty], expected: list[tuple[int, int, int]]
) -> None:
    """One member a day from 08:00 to 08:00."""
    laid = lay(DAILY, leaves, handed, span(1, 5))
    assert laid == tuple(duty(person, first, last) for person, first, last in expected)


def test_a_leave_in_the_middle_of_a_turn_cuts_it() -> None:
    """From noon to midnight the next member; then the same turn goes on with its owner."""
    noon, midnight = at(1, 12), at(1, 24)
    away = Duty(1, Span(noon, midnight))
    assert lay(DAILY, [away], [], span(1, 2)) == (
        Duty(1, Span(at(1), noon)),
        Duty(2, Span(noon, midnight)),
        Duty(1, Span(midnight, at(2))),
    )


def test_nothing_before_the_first_turn() -> None:
    """A rotation that begins next month lays nothing this month, and a span in its middle begins there."""
    assert lay(DAILY, [], [], Span(at(1) - 48 * HOUR, at(1))) == ()
    assert lay(DAILY, [], [], Span(at(2, 20), at(3))) == (Duty(2, Span(at(2, 20), at(3))),)


@pytest.mark.parametrize("members", [(), (1, 1)])
def test_a_rotation_without_sense_is_refused(members: tuple[int, ...]) -> None:
    """Nobody, or somebody twice."""
    with pytest.raises(ValueError, match="members"):
        Rotation(members, at(1), 24, ZONE)


PEOPLE = (1, 2, 3, 4)
HOURS = 24 * 12


@st.composite
def spans(draw: st.DrawFn) -> Duty:
    first = draw(st.integers(-24, HOURS))
    last = first + draw(st.integers(1, 60))
    return Duty(draw(st.sampled_from(PEOPLE)), Span(at(1, 0) + first * HOUR, at(1, 0) + last * HOUR))


def by_the_hour(
    members: Sequence[int], turn: int, first_at: datetime, leaves: Collection[Duty], handed: Sequence[Duty]
) -> list[int | None]:
    """Who is on duty in each hour, walked turn by turn: slow, and with no thought in it."""
    found: list[int | None] = []
    whose, left = 0, turn
    for number in range(HOURS):
        hour = at(1, 0) + number * HOUR
        if hour >= first_at and found and left == 0:
            whose, left = (whose + 1) % len(members), turn
        order = [members[(whose + step) % len(members)] for step in range(len(members))]
        for one in handed:
            if one.span.since <= hour < one.span.until:
                order.insert(0, one.person_id)
        away = [one.person_id for one in leaves if one.span.since <= hour < one.span.until]
        free = [person for person in order if person not in away]
        found.append(free[0] if hour >= first_at and free else None)
        left -= hour >= first_at
    return found


@given(
    members=st.permutations(PEOPLE).flatmap(lambda order: st.integers(1, 4).map(lambda n: tuple(order[:n]))),
    turn=st.sampled_from([1, 8, 12, 24, 72, 168]),
    first=st.integers(0, 30),
    leaves=st.lists(spans(), max_size=5),
    handed=st.lists(spans(), max_size=3),
)
@settings(max_examples=150, deadline=None)
def test_every_hour_has_the_one_person_that_a_naive_walk_finds(
    members: tuple[int, ...], turn: int, first: int, leaves: list[Duty], handed: list[Duty]
) -> None:
    """No hour twice, none uncovered while members are there, nobody on leave on duty."""
    first_at = at(1, 0) + first * HOUR
    over = Span(at(1, 0), at(1, 0) + HOURS * HOUR)
    laid = lay(Rotation(members, first_at, turn, ZONE), leaves, handed, over)
    seen: list[int | None] = []
    for number in range(HOURS):
        hour = at(1, 0) + number * HOUR
        here = [one.person_id for one in laid if one.span.covers(hour)]
        assert len(here) <= 1
        seen.append(here[0] if here else None)
    assert seen == by_the_hour(members, turn, first_at, leaves, handed)
    empty = gaps(laid, leaves, over)
    for number, person in enumerate(seen):
        hour = at(1, 0) + number * HOUR
        assert (person is None) == any(one.covers(hour) for one in empty)


def test_laying_in_two_goes_is_laying_in_one() -> None:
    """What the daily job adds tomorrow is what it would have laid today."""
    leaves = [Duty(2, Span(at(2, 13), at(6, 3)))]
    whole = lay(DAILY, leaves, [], span(1, 12))
    halves = lay(DAILY, leaves, [], span(1, 6)) + lay(DAILY, leaves, [], span(6, 12))
    assert whole == halves


def test_leave_makes_a_gap_of_a_shift() -> None:
    """A shift that was entered by itself has nobody to fall to."""
    assert gaps([duty(1, 1, 9)], [duty(1, 3, 4)], span(1, 10)) == (span(3, 4), span(9, 10))
    assert gaps([duty(1, 1, 9), duty(2, 2, 5)], [duty(1, 3, 4)], span(1, 9)) == ()


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(1, 9)]),
        ([(3, 4)], [(1, 3), (4, 9)]),
        ([(1, 2), (8, 12)], [(2, 8)]),
        ([(0, 20)], []),
        ([(9, 11)], [(1, 9)]),
    ],
)
def test_what_is_left_of_a_span(taken: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    """Nobody is put twice on the same hours."""
    assert without(span(1, 9), [span(*one) for one in taken]) == tuple(span(*one) for one in left)


def test_who_is_next() -> None:
    """The first who is not on duty now: by a shift that begins, or back from leave in the middle of one."""
    on = [duty(1, 1, 9), duty(2, 3, 4), duty(3, 5, 6)]
    assert next_on(on, [], at(1)) == (2, at(3))
    assert next_on(on, [duty(2, 2, 9)], at(1)) == (3, at(5))
    assert next_on(on, [duty(1, 1, 2)], at(1, 12)) == (1, at(2))
    assert next_on(on, [], at(6)) is None


GAP = span(20, 21)


@pytest.mark.parametrize(
    ("told", "now", "stage", "next_at"),
    [
        ("", at(13) - HOUR, "", at(13)),
        ("", at(13), "week", at(19)),
        ("", at(18), "week", at(19)),
        ("week", at(18), "", at(19)),
        ("", at(19), "day", at(20, 7)),  # found late: one message, not two
        ("week", at(19), "day", at(20, 7)),
        ("day", at(20, 7), "hour", None),
        ("", at(20, 12), "hour", None),  # it has begun already
        ("hour", at(20, 12), "", None),
        ("hour", at(17), "", at(19)),  # told of an earlier start, since filled: this one is still to come
    ],
)
def test_a_gap_is_told_a_week_a_day_and_an_hour_ahead(
    told: str, now: datetime, stage: str, next_at: datetime | None
) -> None:
    """Each once; what downtime missed folds into the latest."""
    assert warning_due(GAP, told, now, DEFAULT.gap_warned_before) == (stage, next_at)


@pytest.mark.parametrize(
    ("told", "now", "stage", "next_at"),
    [
        ("", at(17), "", at(18)),
        ("", at(18), "2880 minutes", at(20, 6)),
        ("2880 minutes", at(19), "", at(20, 6)),
        ("2880 minutes", at(20, 6), "120 minutes", None),
        ("week", at(18), "2880 minutes", at(20, 6)),  # told by the policy of before
        ("day", at(19), "", at(20, 6)),
        ("hour", at(20, 7), "", None),
    ],
)
def test_a_gap_is_told_as_long_ahead_as_the_policy_says(
    told: str, now: datetime, stage: str, next_at: datetime | None
) -> None:
    """Two days and two hours; what was told under another policy is not told again."""
    assert warning_due(GAP, told, now, (timedelta(days=2), timedelta(hours=2))) == (stage, next_at)
