"""Whatever happens to a clock, in any order: the fold of its segments agrees with a naive walk."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agreement.calendar import UNPUBLISHED, Workdays
from agreement.clocks import derive
from agreement.editions import on_new_edition
from agreement.policy_file import DEFAULT
from agreement.segments import Segment, SegmentKind
from agreement.terms import Term, Unit, due_at
from tests.agreement import naive, oracle
from tests.agreement.naive import Happening
from tests.dues import published_workdays

ZONE = DEFAULT.zone
START = datetime(2026, 11, 23, 14, tzinfo=ZONE)
PUBLISHED = published_workdays()


def minute(at: int) -> datetime:
    return START + timedelta(minutes=at)


AT = st.integers(0, 50)
KEEPING = st.sampled_from(["resolved", "plan_handed_over", "plan_agreed", "declined", "acknowledged"])
HAPPENING = st.one_of(
    st.builds(Happening, AT, st.just("kept"), KEEPING),
    st.builds(Happening, AT, st.just("unkept"), st.sampled_from(sorted(naive.UNDOES))),
    st.builds(Happening, AT, st.sampled_from(["paused", "resumed", "withdrawn"])),
    st.builds(Happening, AT, st.just("moved"), to=st.integers(1, 70)),
    st.builds(Happening, AT, st.just("started"), to=st.integers(-20, 0)),
)
HAPPENINGS = st.lists(HAPPENING, max_size=9).map(lambda rows: sorted(rows, key=lambda one: one.at))


def segment(one: Happening) -> Segment:
    """As the desk would write it down."""
    if one.what == "moved":
        return Segment(SegmentKind.MOVED, minute(one.at), due_at=minute(one.to), reason="agree")
    if one.what == "started":
        return Segment(SegmentKind.STARTED, minute(one.to))
    return Segment(SegmentKind(one.what), minute(one.at), by=one.by)


def is_ordered(happenings: list[Happening]) -> bool:
    """A merging never counts from later than before: the desk asks for it only where it is earlier."""
    starts = [0, *(one.to for one in happenings if one.what == "started")]
    return starts == sorted(starts, reverse=True)


@given(budget=st.integers(1, 40), happenings=HAPPENINGS.filter(is_ordered), now=st.integers(50, 100))
def test_every_life_agrees_with_the_minute_by_minute_walk(
    budget: int, happenings: list[Happening], now: int
) -> None:
    """Kept by this and that, undone, moved, begun anew, paused, withdrawn: the same state, due time and break."""
    segments = [Segment(SegmentKind.STARTED, START), *map(segment, happenings)]
    found = derive(segments, Term(budget, Unit.MINUTES), UNPUBLISHED, ZONE, minute(now))
    walked = naive.live(budget, happenings, now)
    assert found.state == walked.state
    assert found.due_at == minute(walked.due if walked.broken is None else walked.broken)


def edition(rests: set[date], works: set[date]) -> Workdays:
    """2027 published with these days otherwise than their weekday says."""
    days = dict.fromkeys(rests, False) | dict.fromkeys(works, True)
    return replace(PUBLISHED, edition="2027", days=dict(PUBLISHED.days) | days, years=PUBLISHED.years | {2027})


DAYS = st.sets(st.dates(date(2027, 1, 1), date(2027, 1, 20)), max_size=6)
COUNTED = st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS])
TERMS = st.builds(Term, st.integers(1, 6), COUNTED) | st.just(Term(1, Unit.WEEKS))
STARTS = st.datetimes(datetime(2026, 12, 22), datetime(2027, 1, 6), timezones=st.just(ZONE))  # noqa: DTZ001


def last_day(start: datetime, term: Term, workdays: Workdays) -> int:
    """By the naive walk, as a number of days."""
    ends_at = oracle.due(start, term.amount, term.unit.value, lambda day: workdays.on(day).working, ZONE)
    return ends_at.astimezone(ZONE).date().toordinal() - 1


@given(start=STARTS, term=TERMS, workdays=st.sampled_from([PUBLISHED, UNPUBLISHED, edition(set(), set())]))
def test_a_due_time_says_that_it_rests_on_an_unpublished_year(start: datetime, term: Term, workdays: Workdays) -> None:
    """Provisional exactly where a day that decided it lies in a year without a calendar, and counted by weekends."""
    found = due_at(start, term, workdays, ZONE)
    assert found.at.astimezone(ZONE).date().toordinal() - 1 == last_day(start, term, workdays)
    last = found.at - timedelta(seconds=1)
    assert found.provisional is (last.astimezone(ZONE).year not in workdays.years)


@given(
    start=STARTS,
    term=TERMS,
    rests=DAYS,
    works=DAYS,
    published=st.integers(0, 25),
    kept=st.none() | st.integers(0, 25),
    is_known=st.booleans(),
)
def test_a_published_calendar_moves_a_due_day_as_the_naive_walk_says(
    start: datetime, term: Term, rests: set[date], works: set[date], published: int, kept: int | None, is_known: bool
) -> None:
    """Later, earlier, or as it was told; kept in time, too late or not at all; the year new or corrected."""
    old, new = edition(set(), set()) if is_known else PUBLISHED, edition(rests - works, works)
    noon = datetime.combine(start.date() + timedelta(days=1), datetime.min.time(), ZONE) + timedelta(hours=12)
    published_at, kept_at = noon + timedelta(days=published), noon + timedelta(days=kept or 0)
    segments = [Segment(SegmentKind.STARTED, start)]
    if kept is not None and kept_at <= published_at:
        segments.append(Segment(SegmentKind.KEPT, kept_at, by="resolved"))
    move = on_new_edition(segments, term, old, new, ZONE, published_at)
    told = due_at(start, term, old, ZONE)
    expected = naive.due_by_new_calendar(
        last_day(start, term, old),
        last_day(start, term, new),
        published=published_at.date().toordinal(),
        kept=kept_at.date().toordinal() if len(segments) > 1 else None,
        is_provisional=told.provisional,
    )
    found = derive([*segments, *([move] if move else [])], term, new, ZONE, published_at)
    assert found.due_at.astimezone(ZONE).date().toordinal() - 1 == expected
    assert (found.state == "kept") is (len(segments) > 1 and kept_at.date().toordinal() <= expected)
