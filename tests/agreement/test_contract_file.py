"""A contract's file: dates, deposit and limits as a person writes them, and every mistake named with its line."""

from datetime import date
from pathlib import Path

import pytest

from agreement.contract_file import read_contracts
from agreement.coverage import Ending, endings, reminder_due
from agreement.policy_file import SHIPPED
from agreement.toml_lines import PolicyError

RIGHT = """[[contract]]
school = "第一中学"
number = "HT-1"
accepted = 2026-03-01
delivered = 2026-02-20
deposit = "50000.00"

[contract.limits]
fault-response = "20 minutes"
warranty_days = "730"
"""


def read(text: str) -> object:
    """Without policies of its own."""
    return read_contracts(text, "contracts.toml", SHIPPED, lambda path: Path(path).read_text())


def test_what_a_contract_says() -> None:
    """Delivered and deposit may be left out."""
    [one] = read_contracts(RIGHT, "contracts.toml", SHIPPED, str)
    assert (one.school, one.number, one.deposit_fen) == ("第一中学", "HT-1", 5_000_000)
    assert (one.accepted_on, one.delivered_on) == (date(2026, 3, 1), date(2026, 2, 20))
    assert one.limits == {"fault-response": "20 minutes", "warranty_days": "730"}
    [short] = read_contracts('[[contract]]\nschool = "甲"\nnumber = "1"\naccepted = 2026-03-01', "c", SHIPPED, str)
    assert (short.delivered_on, short.deposit_fen, short.limits) == (date(2026, 3, 1), 0, {})


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('number = "HT-1"\n', "", "number is missing"),
        ("2026-02-20", "2026-03-02", "line 5.*not be later than accepted"),
        ('"50000.00"', "50000", "deposit should be a text"),
        ('"50000.00"', '"5万"', "line 6.*should be a sum"),
        ("20 minutes", "soon", "is no term"),
        ("warranty_days", "waranty_days", "is no limit"),
        ("[[contract]]", "[[contracts]]", "contracts"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, words: str) -> None:
    """With the line where there is one."""
    with pytest.raises(PolicyError, match=words):
        read(RIGHT.replace(old, new))


SECOND = RIGHT.replace("HT-1", "HT-2")
LIMITS = RIGHT[RIGHT.index("[contract.limits]") :]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"20 minutes"', '"soon"', "line 19: contract#2.limits.fault-response is wrong: .* is no term"),
        ('"730"', '"-1"', "line 20: contract#2.limits.warranty_days should be a whole number from 0"),
        ("warranty_days", "waranty_days", "line 20: contract#2.limits.waranty_days is no limit; known are"),
        ('warranty_days = "730"', 'message_age_days = "7"', "line 20: contract#2.limits.message_age_days is one for"),
        ("warranty_days", "gap_warned_before", "line 20: contract#2.limits.gap_warned_before is one for the whole"),
        (LIMITS, 'limits.reopen_days = "-1"\n', "line 18: contract#2.limits.reopen_days should be"),
    ],
)
def test_a_wrong_limit_is_named_by_its_own_line(old: str, new: str, words: str) -> None:
    """Not by the heading of its contract, and not by the limits of another contract above it."""
    with pytest.raises(PolicyError, match=f"contracts.toml, {words}"):
        read(RIGHT + SECOND.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('fault-response = "10 minutes"', 'fault-response = "soon"', "terms.fault-response is wrong"),
        ("message_age_days = 1 ", "message_age_days = 2 ", "limits.message_age_days is one for the whole desk"),
        ('["7 days", "1 day"', '["2 days", "1 day"', "rosters.gap_warned_before is one for the whole desk"),
    ],
)
def test_a_wrong_limit_of_a_policy_of_its_own_is_named_by_file_and_line(old: str, new: str, what: str) -> None:
    """The line to mend stands in the policy's file, not in the one that names it."""
    line = SHIPPED[: SHIPPED.index(old)].count("\n") + 1
    text = RIGHT.partition("\n[contract.limits]")[0] + '\npolicy = "own.toml"\n'
    with pytest.raises(PolicyError, match=f"^own.toml, line {line}: {what}"):
        read_contracts(text, "contracts.toml", SHIPPED, lambda _: SHIPPED.replace(old, new))


def test_one_number_stands_for_one_contract_of_a_school() -> None:
    """Twice in one file is a slip of the pen."""
    with pytest.raises(PolicyError, match="another contract of this school"):
        read(RIGHT + RIGHT.partition("\n[contract.limits]")[0])


ENDS = endings(date(2024, 2, 29), date(2024, 2, 1), warranty_days=365, on_site_years=5, deposit_days=730)


def test_what_ends_when() -> None:
    """Years by the date, also from a leap day."""
    assert {
        Ending.WARRANTY: date(2025, 2, 28),
        Ending.ON_SITE: date(2029, 2, 1),
        Ending.DEPOSIT: date(2026, 2, 28),
    } == ENDS


@pytest.mark.parametrize(
    ("today", "stands"),
    [
        (date(2026, 12, 30), None),
        (date(2026, 12, 31), 60),
        (date(2027, 1, 29), 60),
        (date(2027, 1, 30), 30),
        (date(2027, 2, 22), 7),
        (date(2027, 3, 1), 7),
        (date(2027, 3, 2), None),
    ],
)
def test_the_reminder_that_stands(today: date, stands: int | None) -> None:
    """The smallest number of days that is not over; the last day itself still counts."""
    assert reminder_due(date(2027, 3, 1), today, (60, 30, 7)) == stands
