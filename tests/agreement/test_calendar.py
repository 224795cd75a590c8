"""The workday calendar: published days win over weekdays, an unpublished year is an answer of its own."""

from datetime import date

import pytest

from agreement.calendar import UNPUBLISHED, DayKind, Workdays

NATIONAL_DAY = date(2026, 10, 1)
MAKE_UP_SATURDAY = date(2026, 10, 10)
EDITION = Workdays(
    edition="2026",
    days={NATIONAL_DAY: False, MAKE_UP_SATURDAY: True, date(2027, 1, 1): False},
    years=frozenset({2026}),
    names={NATIONAL_DAY: "国庆节"},
)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (NATIONAL_DAY, DayKind(working=False, provisional=False, name="国庆节")),
        (MAKE_UP_SATURDAY, DayKind(working=True, provisional=False)),
        (date(2026, 11, 23), DayKind(working=True, provisional=False)),
        (date(2026, 11, 28), DayKind(working=False, provisional=False)),
        (date(2026, 11, 29), DayKind(working=False, provisional=False)),
    ],
)
def test_a_published_day(day: date, kind: DayKind) -> None:
    """A holiday rests, a make-up Saturday works, and a day the notice leaves out is what its weekday is."""
    assert EDITION.on(day) == kind


@pytest.mark.parametrize(
    ("day", "working"), [(date(2027, 1, 1), True), (date(2027, 1, 2), False), (date(9999, 12, 31), True)]
)
def test_an_unpublished_year_counts_plain_weekends(day: date, working: bool) -> None:
    """Without a notice only weekends rest and the answer is marked; its stray days do not count."""
    assert EDITION.on(day) == DayKind(working, provisional=True)
    assert UNPUBLISHED.on(day) == DayKind(working, provisional=True)
