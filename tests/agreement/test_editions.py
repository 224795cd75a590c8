"""A newly published calendar: later due times count, earlier ones make nothing late that was in time."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from agreement.calendar import Workdays
from agreement.clocks import Segment, SegmentKind, derive
from agreement.editions import on_new_edition
from agreement.policy_file import DEFAULT
from agreement.terms import Term
from agreement.words import PromiseState
from tests.dues import published_workdays

ZONE = DEFAULT.zone
OLD = published_workdays()
TERM = Term.parse("1 working day")


def at(day: int, hour: int = 0) -> datetime:
    """A time in January 2027."""
    return datetime(2027, 1, day, hour, tzinfo=ZONE)


def edition(days: dict[date, bool]) -> Workdays:
    """The calendar with 2027 published."""
    return replace(OLD, edition="2027", days=dict(OLD.days) | days, years=OLD.years | {2027})


NEW_YEAR_OFF = edition({date(2027, 1, 1): False})
SATURDAY_WORKS = edition({date(2027, 1, 9): True})
ON_NEW_YEARS_EVE = Segment(SegmentKind.STARTED, datetime(2026, 12, 31, 10, tzinfo=ZONE))
ON_FRIDAY_8 = Segment(SegmentKind.STARTED, at(8, 10))  # told: Monday 11th 24:00; by the edition Saturday 9th


def state(segments: list[Segment], new: Workdays, now: datetime) -> PromiseState:
    """What holds by the new edition."""
    return derive(segments, TERM, new, ZONE, now).state


def test_a_later_due_time_undoes_a_break_of_provisional_days() -> None:
    """Told 01-01 24:00 by plain weekends, really 01-04 24:00: what looked broken on the 3rd runs again."""
    assert state([ON_NEW_YEARS_EVE], OLD, at(3)) is PromiseState.BROKEN
    move = on_new_edition([ON_NEW_YEARS_EVE], TERM, OLD, NEW_YEAR_OFF, ZONE, at(3))
    assert move == Segment(SegmentKind.MOVED, at(3), due_at=at(5), reason="calendar")
    assert state([ON_NEW_YEARS_EVE, move], NEW_YEAR_OFF, at(5)) is PromiseState.RUNNING
    assert state([ON_NEW_YEARS_EVE, move], NEW_YEAR_OFF, at(5, 1)) is PromiseState.BROKEN


def test_a_late_keeping_is_weighed_again_by_the_edition() -> None:
    """Kept on the 4th: late by the told day, in time by the published one."""
    kept = Segment(SegmentKind.KEPT, at(4, 9))
    move = on_new_edition([ON_NEW_YEARS_EVE, kept], TERM, OLD, NEW_YEAR_OFF, ZONE, at(4, 10))
    assert move is not None
    assert state([ON_NEW_YEARS_EVE, kept, move], NEW_YEAR_OFF, at(9)) is PromiseState.KEPT


def test_no_edition_makes_late_what_was_in_time_on_the_day_it_was_told() -> None:
    """Kept on Monday as told; a Saturday that turns out to work does not make that late."""
    kept = Segment(SegmentKind.KEPT, at(11, 9))
    assert state([ON_FRIDAY_8, kept], SATURDAY_WORKS, at(12)) is PromiseState.BROKEN  # without the move
    move = on_new_edition([ON_FRIDAY_8, kept], TERM, OLD, SATURDAY_WORKS, ZONE, at(11, 10))
    assert move == Segment(SegmentKind.MOVED, at(11, 10), due_at=at(12), reason="calendar")
    assert state([ON_FRIDAY_8, kept, move], SATURDAY_WORKS, at(13)) is PromiseState.KEPT


@pytest.mark.parametrize(
    ("published_at", "due"), [(at(9, 12), at(10)), (at(10), at(10)), (at(10, 1), at(12))]
)
def test_an_earlier_due_time_counts_only_while_it_can_be_met(published_at: datetime, due: datetime) -> None:
    """Published before the new due time it counts; after it, what was told stays."""
    move = on_new_edition([ON_FRIDAY_8], TERM, OLD, SATURDAY_WORKS, ZONE, published_at)
    assert move is not None
    assert move.due_at == due
    assert derive([ON_FRIDAY_8, move], TERM, SATURDAY_WORKS, ZONE, published_at).due_at == due


def test_nothing_moves_where_the_days_come_out_the_same() -> None:
    """No event for a due time that stays, for a withdrawn promise, or for one with a date of its own."""
    same = edition({})
    assert on_new_edition([ON_FRIDAY_8], TERM, OLD, same, ZONE, at(9)) is None
    gone = Segment(SegmentKind.WITHDRAWN, at(8, 11))
    assert on_new_edition([ON_FRIDAY_8, gone], TERM, OLD, SATURDAY_WORKS, ZONE, at(9)) is None
    agreed = Segment(SegmentKind.MOVED, at(8, 11), due_at=at(20))
    assert on_new_edition([ON_FRIDAY_8, agreed], TERM, OLD, SATURDAY_WORKS, ZONE, at(9)) is None


def test_what_was_broken_as_told_stays_broken_as_told() -> None:
    """An earlier published day does not date the break back."""
    move = on_new_edition([ON_FRIDAY_8], TERM, OLD, SATURDAY_WORKS, ZONE, at(14))
    assert move is not None
    found = derive([ON_FRIDAY_8, move], TERM, SATURDAY_WORKS, ZONE, at(14) + timedelta(days=1))
    assert (found.state, found.broken_at) == (PromiseState.BROKEN, at(12))


def test_what_published_days_had_broken_stays_broken() -> None:
    """A correction of a year that was published overturns no breach in the books: it stays as of the told day."""
    published, corrected = edition({}), edition({date(2027, 1, 11): False})
    assert state([ON_FRIDAY_8], published, at(12, 1)) is PromiseState.BROKEN
    move = on_new_edition([ON_FRIDAY_8], TERM, published, corrected, ZONE, at(12, 1))
    assert move == Segment(SegmentKind.MOVED, at(12, 1), due_at=at(12), reason="calendar")
    found = derive([ON_FRIDAY_8, move], TERM, corrected, ZONE, at(13))
    assert (found.state, found.broken_at) == (PromiseState.BROKEN, at(12))


def test_a_schedule_that_was_agreed_while_a_provisional_day_was_over_moves_the_date() -> None:
    """Told 01-01 24:00, agreed on the 3rd to the 20th; by the edition the 3rd was in time, so the 20th counts."""
    agreed = Segment(SegmentKind.MOVED, at(3, 9), due_at=at(20), reason="agree")
    segments = [ON_NEW_YEARS_EVE, agreed]
    assert state(segments, OLD, at(3, 10)) is PromiseState.BROKEN
    move = on_new_edition(segments, TERM, OLD, NEW_YEAR_OFF, ZONE, at(8))
    assert move == Segment(SegmentKind.MOVED, at(8), due_at=at(20), reason="calendar")
    assert derive([*segments, move], TERM, NEW_YEAR_OFF, ZONE, at(9)).due_at == at(20)
    earlier = Segment(SegmentKind.STARTED, datetime(2026, 12, 30, 10, tzinfo=ZONE))  # a merging: agreed is agreed
    assert derive([*segments, move, earlier], TERM, NEW_YEAR_OFF, ZONE, at(9)).due_at == at(20)


def test_a_schedule_that_was_agreed_after_the_edition_s_day_too_moves_nothing() -> None:
    """Agreed on the 6th: late by the told day and late by the published one."""
    agreed = Segment(SegmentKind.MOVED, at(6, 9), due_at=at(20), reason="agree")
    segments = [ON_NEW_YEARS_EVE, agreed]
    move = on_new_edition(segments, TERM, OLD, NEW_YEAR_OFF, ZONE, at(8))
    assert move == Segment(SegmentKind.MOVED, at(8), due_at=at(5), reason="calendar")
    life = derive([*segments, move], TERM, NEW_YEAR_OFF, ZONE, at(9))
    assert (life.state, life.due_at) == (PromiseState.BROKEN, at(5))


def test_a_second_edition_counts_from_the_start() -> None:
    """Not from where the first one had moved it, and a due time that stays provisional says so."""
    first = on_new_edition([ON_NEW_YEARS_EVE], TERM, OLD, NEW_YEAR_OFF, ZONE, at(1))
    assert first is not None
    other = edition({date(2027, 1, 1): False, date(2027, 1, 4): False})
    segments = [ON_NEW_YEARS_EVE, first]
    move = on_new_edition(segments, TERM, NEW_YEAR_OFF, other, ZONE, at(2))
    assert move == Segment(SegmentKind.MOVED, at(2), due_at=at(6), reason="calendar")
    assert not derive([*segments, move], TERM, other, ZONE, at(2)).provisional
    assert derive([*segments, move], TERM, OLD, ZONE, at(2)).provisional


def test_a_merging_counts_from_the_earlier_report_though_a_calendar_had_moved_the_date() -> None:
    """The moved date was a count of the later report: it is not the earlier one's."""
    move = on_new_edition([ON_NEW_YEARS_EVE], TERM, OLD, NEW_YEAR_OFF, ZONE, at(1))
    assert move is not None
    merged = Segment(SegmentKind.STARTED, datetime(2026, 12, 30, 10, tzinfo=ZONE), reason="merge")
    found = derive([ON_NEW_YEARS_EVE, move, merged], TERM, NEW_YEAR_OFF, ZONE, at(1, 2))
    assert (found.state, found.due_at) == (PromiseState.BROKEN, at(1))


def test_a_merging_counts_the_pauses_of_before_the_calendar_moved_the_date() -> None:
    """What waited two days before the edition and one after it has three days more."""
    start, paused = Segment(SegmentKind.STARTED, at(4, 10)), Segment(SegmentKind.PAUSED, at(4, 12))
    move = Segment(SegmentKind.MOVED, at(6, 12), due_at=at(8), reason="calendar")
    resumed = Segment(SegmentKind.RESUMED, at(7, 12))
    merged = Segment(SegmentKind.STARTED, at(4, 9), reason="merge")
    found = derive([start, paused, move, resumed, merged], TERM, edition({}), ZONE, at(7, 13))
    assert found.due_at == derive([start, paused, resumed], TERM, edition({}), ZONE, at(7, 13)).due_at
