"""A roster written by a person: every name looked up, every slip told by its line."""

from datetime import date, datetime

import pytest

from agreement.policy_file import DEFAULT
from agreement.quiet import Break
from agreement.roster_file import Names, SchoolBreak, read_roster
from agreement.rosters import Duty, Span
from agreement.toml_lines import PolicyError

ZONE = DEFAULT.zone
NAMES = Names(
    people={"李工": 1, "张工": 2, "王工": 3},
    projects={"第一中学": 10},
    schools={"第一中学": 20},
    of_two=frozenset({"孙工"}),
)
FILE = """
[[rotation]]
name = "热线"
members = ["李工", "张工"]
first = 2026-12-01T08:00:00
turn = "1 week"

[[leave]]
person = "李工"
since = 2026-12-07
until = 2026-12-09

[[shift]]
person = "张工"
since = 2026-12-05T08:00:00
until = 2026-12-05T20:00:00

[[override]]
rotation = "热线"
person = "王工"
since = 2026-12-02T08:00:00
until = 2026-12-03T08:00:00

[[named]]
project = "第一中学"
people = ["李工", "王工"]

[[resident]]
project = "第一中学"
person = "王工"
place = "机房"
title = "高级工程师"
witness = "刘主任"
phone = "13800000002"
since = 2026-09-01

[[break]]
name = "寒假"
first = 2027-01-23
last = 2027-02-21

[[break]]
school = "第一中学"
name = "校庆"
first = 2026-12-20
last = 2026-12-20
"""


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=ZONE)


def test_the_whole_file() -> None:
    """Dates alone are whole days; moments are of the contract's zone."""
    read = read_roster(FILE, "roster.toml", NAMES, ZONE)
    rotation = read.rotations[0]
    assert (rotation.name, rotation.project_id) == ("热线", None)
    assert (rotation.rule.members, rotation.rule.first_at, rotation.rule.turn_hours) == (
        (1, 2),
        at(1, 8),
        168,
    )
    assert read.leaves == (Duty(1, Span(at(7), at(10))),)
    assert read.shifts == (Duty(2, Span(at(5, 8), at(5, 20))),)
    assert [(one.rotation, one.duty.person_id) for one in read.overrides] == [("热线", 3)]
    assert read.named == {10: (1, 3)}
    assert (read.residents[0].title, read.residents[0].until_on) == ("高级工程师", None)
    assert read.breaks == (
        SchoolBreak(None, Break(date(2027, 1, 23), date(2027, 2, 21), "寒假")),
        SchoolBreak(20, Break(date(2026, 12, 20), date(2026, 12, 20), "校庆")),
    )
    assert read_roster("", "empty.toml", NAMES, ZONE).rotations == ()


@pytest.mark.parametrize(
    ("written", "instead", "at_line", "words"),
    [
        (
            'members = ["李工", "张工"]',
            'members = ["李工", "赵工"]',
            "members",
            'names "赵工", who is no engineer',
        ),
        ('members = ["李工", "张工"]', 'members = ["孙工"]', "members", "two engineers are called so"),
        ('members = ["李工", "张工"]', 'members = ["李工", "李工"]', "members", "each once"),
        ("members = [", "member = [", "member = [", "is unknown here"),
        ('turn = "1 week"', 'turn = "1 month"', "turn", "hours, days or weeks"),
        ('turn = "1 week"', 'turn = "weekly"', "turn", "is no term"),
        ("first = 2026-12-01T08:00:00", 'first = "tomorrow"', "first", "a date or a moment"),
        ("until = 2026-12-09", "until = 2026-12-06", "until = 2026-12-06", "later than since"),
        ('rotation = "热线"', 'rotation = "夜班"', 'rotation = "夜班"', "is no [[rotation]] here"),
        ('title = "高级工程师"', "", "[[resident]]", "title is missing"),
        ("since = 2026-09-01", "since = 2026-09-01T08:00:00", "since = 2026-09-01T", "a date such as"),
        ('school = "第一中学"', 'school = "第九中学"', "第九中学", "no school of this desk"),
        ("last = 2027-02-21", "last = 2026-02-21", "last = 2026", "the last day of the break"),
        ("[[leave]]", "[[leaves]]", "[[leaves]]", "is unknown here"),
    ],
)
def test_a_slip_is_told_by_its_line(written: str, instead: str, at_line: str, words: str) -> None:
    """Whoever typed it finds it at once; nothing is entered."""
    text = FILE.replace(written, instead, 1)
    with pytest.raises(PolicyError) as told:
        read_roster(text, "roster.toml", NAMES, ZONE)
    assert told.value.line is not None
    assert at_line in text.splitlines()[told.value.line - 1]
    assert words in str(told.value)


def test_two_rotations_of_one_name_are_told() -> None:
    """By the second one's line."""
    twice = FILE + '\n[[rotation]]\nname = "热线"\nmembers = ["王工"]\nfirst = 2026-12-01\nturn = "1 day"\n'
    with pytest.raises(PolicyError) as told:
        read_roster(twice, "roster.toml", NAMES, ZONE)
    assert told.value.line == len(twice.splitlines()) - 3
