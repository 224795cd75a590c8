"""档号, terms and the checks that stop a case."""

from datetime import date

import pytest

from agreement.archive import (
    CHECKS,
    OWED_BY,
    ArchiveRules,
    Check,
    Reason,
    Result,
    explainable,
    kept_until,
    stops,
)
from agreement.policy_file import DEFAULT, load
from agreement.toml_lines import PolicyError
from tests.agreement.test_policy import SHIPPED

RULES = DEFAULT.archive


def test_the_number_is_that_of_the_office() -> None:
    """DA/T 13: 全宗号-类别·年度·期限-件号, four digits and more."""
    assert RULES.file_number(2026, "D10", 1) == "YN01-ZY·SH·2026·D10-0001"
    assert RULES.file_number(2026, "D30", 12345) == "YN01-ZY·SH·2026·D30-12345"
    assert RULES.series("D10") != RULES.series("D30")


@pytest.mark.parametrize(
    ("reasons", "term"), [(frozenset(), "D10"), *((frozenset({one}), "D30") for one in Reason)]
)
def test_what_is_kept_longer(reasons: frozenset[Reason], term: str) -> None:
    """有偿, 违约, 紧急, and acceptance."""
    assert RULES.term_of(reasons) == term
    assert ArchiveRules(longer_for=frozenset()).term_of(reasons) == "D10"


@pytest.mark.parametrize(
    ("ended", "code", "contract", "until"),
    [
        (date(2026, 11, 23), "D10", None, date(2036, 12, 31)),  # counted from 1 January after
        (date(2026, 12, 31), "D10", date(2031, 2, 1), date(2036, 12, 31)),
        (date(2026, 1, 1), "D10", date(2035, 2, 1), date(2038, 2, 1)),  # the contract and three years
        (date(2026, 1, 1), "D30", date(2040, 2, 29), date(2056, 12, 31)),
        (date(2026, 1, 1), "Y", date(2040, 2, 29), None),
    ],
)
def test_until_when(ended: date, code: str, contract: date | None, until: date | None) -> None:
    """The last day."""
    assert kept_until(ended, code, contract, RULES) == until


def test_every_check_has_its_quality_and_what_stops_is_decided() -> None:
    """A failed check stops, and bytes on their way do for a while; some failures no written word lifts."""
    assert set(CHECKS) == set(Check) == {Check.RECORDS, *OWED_BY}
    assert [one for one in Result if stops(one)] == [Result.FAILED, Result.WAITING]
    assert not any(explainable(one, Result.WAITING) for one in Check)
    assert [one for one in Check if not explainable(one, Result.FAILED)] == [
        Check.RECORDS, Check.DIGESTS, Check.TWO_PEOPLE, Check.SECRECY, Check.ACCESS
    ]  # fmt: skip


def test_a_wrong_term_is_told_by_its_line() -> None:
    """And a policy that is older than the archive has the shipped rules."""
    wrong = SHIPPED.replace('term = "D10"', 'term = "ten years"', 1)
    with pytest.raises(PolicyError, match=r"archive\.term"):
        load(wrong, "policy")
    older = SHIPPED[: SHIPPED.index("# §2, step 5, and the office")]
    assert load(older, "policy").archive == RULES
