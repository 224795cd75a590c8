"""为什么: the explanation says what the clock itself counts, also after moves, pauses and a new calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agreement.calendar import UNPUBLISHED
from agreement.clocks import derive
from agreement.explaining import Counting, Days, Explanation, explain, runs
from agreement.policy_file import DEFAULT
from agreement.segments import CALENDAR, Segment, SegmentKind
from agreement.words import Promise
from tests.dues import published_workdays

ZONE = DEFAULT.zone
START = datetime(2026, 9, 30, 16, tzinfo=ZONE)
LATER = START + timedelta(hours=1)
WORKDAYS = published_workdays()
P, S, C = Promise, SegmentKind, Counting


def why(promise: Promise, *turns: Segment, start: datetime = START) -> Explanation:
    """A clock that started then and met these turns, looked at an hour after them."""
    segments = [Segment(S.STARTED, start), *turns]
    return explain(promise, segments, DEFAULT, WORKDAYS, segments[-1].at + timedelta(hours=1))


@pytest.mark.parametrize(
    ("promise", "turns", "counting"),
    [
        (P.FAULT_RESPONSE, (), C.AT_ONCE),
        (P.URGENT_FIX_PLAN, (), C.WORKING_DAYS),
        (P.USABILITY, (), C.DATES),
        (P.PERFORMANCE, (Segment(S.MOVED, LATER, due_at=LATER, reason=CALENDAR),), C.DATES),
        (P.USABILITY, (Segment(S.MOVED, LATER, due_at=LATER, reason="agree"),), C.AGREED),
    ],
)
def test_how_it_is_counted(promise: Promise, turns: tuple[Segment, ...], counting: Counting) -> None:
    """A moved one counts no days any more; one that its calendar restated still does."""
    assert why(promise, *turns).counting is counting


def test_a_step_is_due_at_its_own_date() -> None:
    """It has no term; the plan names its date."""
    first = Segment(S.STARTED, START, due_at=LATER)
    found = explain(P.PLAN_STEP, [first], DEFAULT, WORKDAYS, START)
    assert (found.counting, found.term, found.life.due_at) == (C.OWN_DATE, None, LATER.astimezone(UTC))


def test_the_days_of_worked_example_6() -> None:
    """Three working days over the National Day week end on the make-up Saturday; the week is named as skipped."""
    found = why(P.URGENT_FIX_PLAN)
    assert [(one.first, one.last) for one in found.counted] == [(date(2026, 10, 8), date(2026, 10, 10))]
    assert [(one.first, one.last) for one in found.skipped] == [(date(2026, 10, 1), date(2026, 10, 7))]
    assert found.calendar == WORKDAYS.edition


@pytest.mark.parametrize("promise", [one for one in Promise if one is not P.PLAN_STEP])
def test_it_says_what_the_clock_says(promise: Promise) -> None:
    """The last counted day's 24:00 is the due time, also when a pause has moved the start on."""
    turns = (Segment(S.PAUSED, LATER), Segment(S.RESUMED, LATER + timedelta(days=2)))
    found = why(promise, *turns)
    segments = [found.start, *found.turns]
    alone = derive(segments, found.term, WORKDAYS, ZONE, turns[-1].at + timedelta(hours=1))
    assert found.life == alone
    if found.counted:
        last = found.counted[-1].last + timedelta(days=1)
        assert found.life.due_at == datetime(last.year, last.month, last.day, tzinfo=ZONE)


def test_runs_are_cut_where_the_name_changes() -> None:
    """Consecutive days are one run; a gap or another holiday begins the next."""
    days = [date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 8)]
    assert runs(days, UNPUBLISHED) == (Days(days[0], days[1]), Days(days[2], days[2]))


def test_a_house_target_is_no_promise_of_the_agreement() -> None:
    """The explanation says which of the two it is, and by which policy."""
    assert not why(P.CONSULTATION_ANSWER).is_agreements
    assert why(P.FAULT_RESPONSE).is_agreements
    assert why(P.FAULT_RESPONSE).policy == DEFAULT.version
