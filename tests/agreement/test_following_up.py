"""When a follow-up is asked, when silence becomes a call, and what may be said after what."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agreement.calendar import Workdays
from agreement.following_up import (
    MAY_FOLLOW,
    AnswerRefused,
    AnswerTaken,
    Caller,
    Missed,
    after_missed,
    after_working_days,
    answer,
    asks_after_closing_at,
    first_of_period,
    first_of_quarter,
    first_working_day,
    is_by_phone,
    period_named,
    quarter_of,
    unanswered_at,
)
from agreement.policy_file import DEFAULT
from agreement.words import FollowUpAnswer
from bot.workdays import published

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = Workdays(
    edition="2026", days={day: working for day, working, _ in published(range(2026, 2027))}, years=frozenset({2026})
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("closed", "asked", "unanswered"),
    [
        ("2026-11-23 14:00", "2026-11-26 10:00", "2026-11-30 10:00"),
        ("2026-11-23 00:00", "2026-11-26 10:00", "2026-11-30 10:00"),
        ("2026-11-22 23:59", "2026-11-25 10:00", "2026-11-27 10:00"),  # a Sunday: its next three working days
        ("2026-09-30 16:00", "2026-10-10 10:00", "2026-10-13 10:00"),  # National Day, a make-up Saturday
        ("2026-09-18 10:00", "2026-09-22 10:00", "2026-09-24 10:00"),  # a make-up Sunday counts
    ],
)
def test_the_reporter_is_asked_three_working_days_after_closing_at_ten(
    closed: str, asked: str, unanswered: str
) -> None:
    """And two working days without an answer become a call."""
    moment = asks_after_closing_at(at(closed), DEFAULT, DAYS)
    assert moment == at(asked)
    assert unanswered_at(moment, DEFAULT, DAYS) == at(unanswered)


def test_working_days_are_counted_as_one_by_one() -> None:
    """Against a naive walk over every day of the year."""
    for number in range(360):
        start = at("2026-01-01 12:00") + timedelta(days=number)
        day, left = start.date(), 3
        while left:
            day += timedelta(days=1)
            left -= DAYS.on(day).working
        expected = datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)
        assert after_working_days(start.astimezone(UTC), 3, DEFAULT, DAYS) == expected


@pytest.mark.parametrize(
    ("day", "quarter", "first", "asks_on"),
    [
        (date(2026, 10, 31), (2026, 4), date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 3, 31), (2026, 1), date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 4, 1), (2026, 2), date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 9, 1), (2026, 3), date(2026, 7, 1), date(2026, 7, 1)),
    ],
)
def test_a_quarter_is_asked_about_on_its_first_working_day(
    day: date, quarter: tuple[int, int], first: date, asks_on: date
) -> None:
    """Whatever day of it we look from."""
    assert quarter_of(day) == quarter
    assert first_of_quarter(day) == first
    assert first_working_day(first, DAYS) == asks_on


@pytest.mark.parametrize(
    ("day", "every_months", "first", "name"),
    [
        (date(2026, 10, 31), 3, date(2026, 10, 1), "2026Q4"),  # as the rows of before are named
        (date(2026, 10, 31), 1, date(2026, 10, 1), "2026-10"),
        (date(2026, 10, 31), 2, date(2026, 9, 1), "2026-09"),
        (date(2026, 10, 31), 4, date(2026, 9, 1), "2026-09"),
        (date(2026, 6, 30), 6, date(2026, 1, 1), "2026-01"),
        (date(2026, 12, 31), 12, date(2026, 1, 1), "2026-01"),
    ],
)
def test_a_contract_has_months_of_its_own(day: date, every_months: int, first: date, name: str) -> None:
    """Counted from January, whatever day of them we look from."""
    assert first_of_period(day, every_months) == first
    assert period_named(first, every_months) == name


def test_every_nth_is_by_phone_and_zero_is_never() -> None:
    """The third, the sixth …; with 1 all of them."""
    assert [number for number in range(1, 8) if is_by_phone(number, 3)] == [3, 6]
    assert [number for number in range(1, 4) if is_by_phone(number, 1)] == [1, 2, 3]
    assert not any(is_by_phone(number, 0) for number in range(1, 50))


@pytest.mark.parametrize("standing", [None, *FollowUpAnswer])
@pytest.mark.parametrize("said", list(FollowUpAnswer))
def test_what_may_be_said_after_what(standing: FollowUpAnswer | None, said: FollowUpAnswer) -> None:
    """Row by row: a first answer and a better thought are taken, the same again is not, silence is never said."""
    allowed = said in {
        FollowUpAnswer.WELL, FollowUpAnswer.WRONG, FollowUpAnswer.CALL, FollowUpAnswer.UNDISTURBED
    } and not (
        (said is standing and said in {FollowUpAnswer.WELL, FollowUpAnswer.CALL})
        or (standing is FollowUpAnswer.OTHER and said is FollowUpAnswer.WELL)
    )
    decision = answer(standing, said)
    assert isinstance(decision, AnswerTaken if allowed else AnswerRefused)
    assert (said in MAY_FOLLOW[standing]) is allowed


@pytest.mark.parametrize(
    ("tries", "caller", "follows"),
    [
        (1, Caller.ENGINEER, Missed.AGAIN),
        (2, Caller.ENGINEER, Missed.AGAIN),
        (3, Caller.ENGINEER, Missed.TO_DESK),
        (4, Caller.ENGINEER, Missed.TO_DESK),
        (1, Caller.DESK, Missed.AGAIN),
        (3, Caller.DESK, Missed.UNREACHED),
        (4, Caller.DESK, Missed.UNREACHED),
    ],
)
def test_a_call_in_vain_comes_back_three_times_then_the_desk_has_it(
    tries: int, caller: Caller, follows: Missed
) -> None:
    """And ends as such only when the desk has tried too."""
    assert after_missed(tries, caller, DEFAULT) is follows
