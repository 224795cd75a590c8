"""Terms: the agreement's sixteen worked examples, the edges of counting, and a naive oracle."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.calendar import UNPUBLISHED, Workdays
from agreement.policy_file import DEFAULT
from agreement.terms import Term, Unit, due_at
from tests.agreement import oracle
from tests.dues import published_workdays

ZONE = DEFAULT.zone


def local(text: str) -> datetime:
    """ "2026-11-24 24:00" in the contract's zone; 24:00 is 00:00 of the next day."""
    day, _, clock = text.partition(" ")
    hours, minutes = clock.split(":")
    midnight = datetime.fromisoformat(day).replace(tzinfo=ZONE)
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))


WORKED_EXAMPLES = [
    (1, "2026-11-23 14:00", "10 minutes", "2026-11-23 14:10"),
    (1, "2026-11-23 14:00", "2 hours", "2026-11-23 16:00"),
    (2, "2026-12-31 23:55", "10 minutes", "2027-01-01 00:05"),
    (2, "2026-12-31 23:55", "2 hours", "2027-01-01 01:55"),
    (3, "2026-10-01 03:00", "1 hour", "2026-10-01 04:00"),
    (4, "2026-11-23 14:00", "1 working day", "2026-11-24 24:00"),
    (4, "2026-11-23 14:00", "3 working days", "2026-11-26 24:00"),
    (5, "2026-11-27 20:00", "1 working day", "2026-11-30 24:00"),
    (5, "2026-11-27 20:00", "3 working days", "2026-12-02 24:00"),
    (6, "2026-09-30 16:00", "1 working day", "2026-10-08 24:00"),
    (6, "2026-09-30 16:00", "3 working days", "2026-10-10 24:00"),
    (7, "2026-09-18 10:00", "1 working day", "2026-09-20 24:00"),
    (7, "2026-09-18 10:00", "3 working days", "2026-09-22 24:00"),
    (8, "2026-02-13 09:00", "1 working day", "2026-02-14 24:00"),
    (8, "2026-02-13 09:00", "3 working days", "2026-02-25 24:00"),
    (9, "2026-05-01 00:00", "1 working day", "2026-05-06 24:00"),
    (9, "2026-05-01 00:00", "3 working days", "2026-05-08 24:00"),
    (10, "2026-04-30 15:00", "2 working days", "2026-05-07 24:00"),
    (10, "2026-04-30 15:00", "5 working days", "2026-05-11 24:00"),
    (11, "2026-11-23 08:00", "1 week", "2026-11-30 24:00"),
    (12, "2026-09-24 18:00", "1 week", "2026-10-08 24:00"),
    (13, "2026-11-28 11:00", "1 week", "2026-12-07 24:00"),
    (14, "2026-01-31 09:00", "1 month", "2026-02-28 24:00"),
    (15, "2026-08-31 09:00", "1 month", "2026-09-30 24:00"),
    (16, "2026-09-03 09:00", "1 month", "2026-10-08 24:00"),
]


@pytest.mark.parametrize(("number", "start", "term", "due"), WORKED_EXAMPLES)
def test_worked_example(number: int, start: str, term: str, due: str) -> None:
    """The agreement's own examples come out to the minute, and none of them is provisional."""
    found = due_at(local(start), Term.parse(term), published_workdays(), ZONE)
    assert (found.at, found.provisional) == (local(due).astimezone(UTC), False)
    assert found.at.tzinfo is UTC


def test_days_counted_and_skipped_explain_the_due_time() -> None:
    """为什么 can name every day: over National Day seven days are skipped and the make-up Saturday counts."""
    due = due_at(local("2026-09-30 16:00"), Term.parse("3 working days"), published_workdays(), ZONE)
    assert due.counted == (date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10))
    assert due.skipped == tuple(date(2026, 10, day) for day in range(1, 8))


def test_a_last_day_off_names_the_days_it_moved_over() -> None:
    """A week that ends on National Day moves over the holiday; the days before it all count."""
    due = due_at(local("2026-09-24 18:00"), Term.parse("1 week"), published_workdays(), ZONE)
    assert due.counted[-1] == date(2026, 10, 8)
    assert due.skipped == tuple(date(2026, 10, day) for day in range(1, 8))


@pytest.mark.parametrize(
    ("start", "term", "provisional"),
    [
        ("2026-12-30 10:00", "1 working day", False),
        ("2026-12-31 10:00", "1 working day", True),
        ("2026-12-30 10:00", "2 working days", True),
        ("2026-12-23 10:00", "1 week", False),
        ("2026-12-26 10:00", "1 week", True),
        ("2026-12-31 23:59", "10 minutes", False),
    ],
)
def test_crossing_into_an_unpublished_year_is_provisional(start: str, term: str, provisional: bool) -> None:
    """Only a term that some unpublished day decides is provisional; hours never are."""
    assert due_at(local(start), Term.parse(term), published_workdays(), ZONE).provisional is provisional


def test_the_first_day_is_the_contracts_not_utcs() -> None:
    """Monday 00:30 in Shanghai is Sunday in UTC; the working day counted is still Tuesday."""
    start = local("2026-11-23 00:30").astimezone(UTC)
    assert start.day == 22
    due = due_at(start, Term.parse("1 working day"), published_workdays(), ZONE)
    assert due.at == local("2026-11-24 24:00")


def test_a_start_without_a_zone_is_refused() -> None:
    """A naive start would silently mean some machine's zone."""
    naive = local("2026-11-23 14:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        due_at(naive, Term(1, Unit.HOURS), UNPUBLISHED, ZONE)


@pytest.mark.parametrize(
    "text", ["10 minutes", "1 hour", "1 working day", "5 working days", "2 weeks", "1 month"]
)
def test_a_term_reads_and_writes_the_same_words(text: str) -> None:
    """What a policy says is what the page prints."""
    assert str(Term.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "10", "minutes", "0 days", "-1 days", "1.5 hours", "3 fortnights", "99999 days"]
)
def test_no_term(text: str) -> None:
    """Anything else is refused with words."""
    with pytest.raises(ValueError, match=r"is no term|counts from 1"):
        Term.parse(text)


STARTS = st.datetimes(datetime(2004, 1, 1), datetime(2026, 6, 30), timezones=st.just(ZONE))  # noqa: DTZ001


@given(start=STARTS, amount=st.integers(1, 40), unit=st.sampled_from(Unit))
def test_every_term_agrees_with_the_naive_oracle(start: datetime, amount: int, unit: Unit) -> None:
    """Walking from midnight to midnight finds the same instant, over 22 years of real calendars."""
    amount = min(amount, 4) if unit is Unit.MONTHS else min(amount, 20) if unit is Unit.WEEKS else amount
    found = due_at(start, Term(amount, unit), published_workdays(), ZONE)
    naive = oracle.due(start, amount, unit.value, chinese_calendar.is_workday, ZONE)
    assert found.at == naive
    assert not found.provisional


@given(
    start=STARTS, amount=st.integers(1, 30), unit=st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS])
)
def test_a_day_term_ends_at_midnight_of_a_working_day(start: datetime, amount: int, unit: Unit) -> None:
    """The last day counted works, and its 24:00 is the due time, without any published calendar as well."""
    for workdays in (published_workdays(), UNPUBLISHED):
        due = due_at(start, Term(amount, unit), workdays, ZONE)
        end = due.at.astimezone(ZONE)
        assert (end.hour, end.minute) == (0, 0)
        assert workdays.on(due.counted[-1]).working
        assert end.date() == due.counted[-1] + timedelta(days=1)


@given(first=STARTS, second=STARTS, amount=st.integers(1, 20), unit=st.sampled_from(Unit))
def test_a_later_start_is_never_due_earlier(
    first: datetime, second: datetime, amount: int, unit: Unit
) -> None:
    """Waiting before reporting gains no time."""
    term = Term(amount, unit)
    early, late = sorted([first, second])
    workdays: Workdays = UNPUBLISHED
    assert due_at(early, term, workdays, ZONE).at <= due_at(late, term, workdays, ZONE).at
