"""The ladder: what rings when, stage by stage."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.escalation import (
    Alarm,
    Audience,
    Ladder,
    Rung,
    Standing,
    calls_manager,
    heard,
    known,
    next_alarm,
    stage_after_move,
)
from agreement.policy_file import DEFAULT

START = datetime(2026, 11, 23, 14, tzinfo=DEFAULT.zone)
DUE = START + timedelta(minutes=10)
JUST = timedelta(microseconds=1)
A = Audience


def climb(ladder: Ladder, due_at: datetime, stages: int) -> list[Alarm]:
    """The first so many alarms of a promise that nobody keeps."""
    alarms: list[Alarm] = []
    while len(alarms) < stages:
        after = alarms[-1].stage if alarms else None
        alarm = next_alarm(START, due_at, after, ladder)
        if alarm is None:
            break
        alarms.append(alarm)
    return alarms


def test_the_shipped_ladder_of_ten_minutes() -> None:
    """Half, eighty percent, due, the booking a microsecond later, twice the term, then once a day."""
    assert climb(DEFAULT.ladder, DUE, 7) == [
        Alarm("half", START + timedelta(minutes=5), (A.ASSIGNEE_OR_ON_DUTY,)),
        Alarm("eighty", START + timedelta(minutes=8), (A.NEXT_ENGINEER, A.LEAD)),
        Alarm("due", DUE, (A.LEAD, A.DESK)),
        Alarm("broken", DUE + JUST, ()),
        Alarm("twice", START + timedelta(minutes=20), (A.MANAGER,)),
        Alarm("day-1", START + timedelta(minutes=20, days=1), (A.MANAGER,)),
        Alarm("day-2", START + timedelta(minutes=20, days=2), (A.MANAGER,)),
    ]


def test_a_ladder_without_daily_calls_ends() -> None:
    """After its last rung there is nothing, and its days are not counted either."""
    ladder = Ladder((Rung("due", 100, (A.DESK,)),), daily=(), nobody_on_duty=())
    assert [alarm.stage for alarm in climb(ladder, DUE, 9)] == ["due", "broken"]
    assert next_alarm(START, DUE, "day-3", ladder) is None


def test_an_empty_ladder_still_books_the_breach() -> None:
    """Booking is no matter of taste; daily calls count from it."""
    ladder = Ladder((), daily=(A.MANAGER,), nobody_on_duty=())
    assert climb(ladder, DUE, 2) == [
        Alarm("broken", DUE + JUST, ()),
        Alarm("day-1", DUE + JUST + timedelta(days=1), (A.MANAGER,)),
    ]


def test_a_stage_of_another_ladder_is_refused() -> None:
    """A running promise keeps its policy, so an unknown stage is a fault of the program."""
    with pytest.raises(ValueError, match="no stage"):
        next_alarm(START, DUE, "ninety", DEFAULT.ladder)


@given(minutes=st.integers(-60, 100_000))
def test_the_rungs_never_go_back_in_time(minutes: int) -> None:
    """Also where a step was promised for a time that had already passed."""
    alarms = climb(DEFAULT.ladder, START + timedelta(minutes=minutes), 9)
    assert all(earlier.at <= later.at for earlier, later in pairwise(alarms))
    assert [alarm.stage for alarm in alarms][2:4] == ["due", "broken"]


@pytest.mark.parametrize(
    ("stage", "moved_to", "now", "stays", "again"),
    [
        ("", 200, 20, "", set()),
        ("half", 200, 60, "half", {"due", "broken", "twice"}),  # told before its time: stays told
        ("twice", 100, 230, "due", set()),  # the due time stays: only the breach is looked at again
        ("twice", 300, 230, "eighty", {"due", "broken", "twice"}),
        ("day-2", 900, 400, "eighty", {"due", "broken", "twice", "day-1", "day-2"}),
        ("broken", 100, 110, "due", {"twice"}),
    ],
)
def test_a_clock_that_its_calendar_moved_goes_on_where_it_stands(
    stage: str, moved_to: int, now: int, stays: str, again: set[str]
) -> None:
    """Nothing before the due time is told twice; what lies ahead again is told for the new one."""
    minute = timedelta(minutes=1)
    found = stage_after_move(START, START + moved_to * minute, stage, DEFAULT.ladder, START + now * minute)
    assert found == (stays, frozenset(again))


def test_a_manager_who_knows_is_left_out_of_the_daily_calls_only() -> None:
    """已知悉 ends the manager's daily call; others whom the policy calls daily, and every rung, stay."""
    daily = Alarm("day-3", DUE, (A.MANAGER,))
    both = Alarm("day-3", DUE, (A.LEAD, A.MANAGER))
    twice = Alarm("twice", DUE, (A.MANAGER,))
    assert known(daily) is None
    assert known(both) == Alarm("day-3", DUE, (A.LEAD,))
    assert known(twice) is twice


def test_the_manager_is_called_at_twice_the_term_and_daily() -> None:
    """By the shipped ladder; what calls the lead calls a lead who is the manager too as the lead."""
    stages = [*DEFAULT.ladder.stages, "day-1"]
    assert [one for one in stages if calls_manager(one, DEFAULT.ladder)] == ["twice", "day-1"]


def heard_by(standing: Standing) -> list[tuple[str, bool]]:
    """(stage, whether anybody is told) of the shipped ladder, until nothing of it is left."""
    left = [heard(one, DUE, standing) for one in climb(DEFAULT.ladder, DUE, 6)]
    return [(one.stage, bool(one.tells)) for one in left if one is not None]


def test_what_is_over_rings_nobody_and_is_booked_all_the_same() -> None:
    """Nobody can fulfil it any more: the ladder goes silently up to the booking of the breach and ends."""
    over = Standing(is_known=False, is_over=True, is_owed=False)
    assert heard_by(over) == [("half", False), ("eighty", False), ("due", False), ("broken", False)]


def test_what_is_over_and_still_owed_warns_until_it_is_due() -> None:
    """A plan may be handed over after 办结 too; nobody is called daily for it."""
    owed = Standing(is_known=False, is_over=True, is_owed=True)
    assert heard_by(owed) == [("half", True), ("eighty", True), ("due", True), ("broken", False)]


def test_what_is_under_way_climbs_the_whole_ladder() -> None:
    """已知悉 takes the manager's daily calls away and nothing else."""
    assert len(heard_by(Standing(is_known=False, is_over=False, is_owed=False))) == 6
    assert len(heard_by(Standing(is_known=True, is_over=False, is_owed=False))) == 5
