"""When an unasked word is welcome: desk hours, working days, no school break; row by row."""

from datetime import date, datetime, time

import pytest

from agreement.policy_file import DEFAULT, load
from agreement.quiet import Break, DeskHours, next_welcome
from agreement.toml_lines import PolicyError
from tests.agreement.test_policy import SHIPPED
from tests.dues import published_workdays

ZONE = DEFAULT.zone
WINTER = Break(date(2026, 1, 26), date(2026, 2, 25), "寒假")


@pytest.mark.parametrize(
    ("at", "welcome"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),
        ("2026-11-23 08:29", "2026-11-23 08:30"),
        ("2026-11-23 08:30", "2026-11-23 08:30"),
        ("2026-11-23 17:59", "2026-11-23 17:59"),
        ("2026-11-23 18:00", "2026-11-24 08:30"),
        ("2026-11-27 23:00", "2026-11-30 08:30"),  # Friday night
        ("2026-11-28 10:00", "2026-11-30 10:00"),  # Saturday: the hour stays
        ("2026-10-03 10:00", "2026-10-08 10:00"),  # a holiday
        ("2026-10-10 10:00", "2026-10-10 10:00"),  # a make-up Saturday is a working day
        ("2026-01-26 10:00", "2026-02-26 10:00"),  # the break, its last day included
        ("2026-01-23 19:00", "2026-02-26 08:30"),  # after hours, then the break
        ("2026-12-31 20:00", "2027-01-04 08:30"),  # an unpublished year: 1 January is free all the same, then weekends
        ("2027-10-01 10:00", "2027-10-04 10:00"),
        ("2027-02-08 10:00", "2027-02-08 10:00"),  # the Spring Festival moves: nobody knows it yet
    ],
)
def test_the_next_welcome_moment(at: str, welcome: str) -> None:
    """Early waits for the door to open, late for the next day, a day off for the day after it."""
    asked = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    found = next_welcome(asked, DEFAULT.desk_hours, [WINTER], published_workdays(), ZONE)
    assert found.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") == welcome


def test_the_hours_are_the_policys() -> None:
    """Shipped, read from a text, absent in a policy stored before there were any, and told when wrong."""
    assert DEFAULT.desk_hours == DeskHours(time(8, 30), time(18))
    old = SHIPPED.partition("[desk]")[0]
    assert load(old, "old.toml").desk_hours == DEFAULT.desk_hours
    other = SHIPPED.replace('opens = "08:30"', 'opens = "09:00"')
    assert load(other, "other.toml").desk_hours.opens == time(9)
    for wrong, words in (('"25:00"', "an hour such as"), ('"19:00"', "later than opens")):
        with pytest.raises(PolicyError, match=words):
            load(SHIPPED.replace('"08:30"', wrong), "wrong.toml")
