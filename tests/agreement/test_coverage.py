"""Warranty, on-site years and deposit, on both sides of each edge."""

from datetime import date

import pytest

from agreement.coverage import FeeMode, deposit_left_fen, fee_proposal, on_site_until, warranty_until
from agreement.words import Kind

ACCEPTED = date(2026, 3, 1)
FREE, PAID = FeeMode.FREE, FeeMode.PAID


@pytest.mark.parametrize(
    ("kind", "reported_on", "mode", "clause"),
    [
        (Kind.FAULT, date(2026, 2, 28), FREE, "coverage.before_acceptance"),
        (Kind.FAULT, date(2026, 3, 1), FREE, "coverage.in_warranty"),
        (Kind.CUSTOMISED, date(2027, 3, 1), FREE, "coverage.in_warranty"),
        (Kind.FAULT, date(2027, 3, 2), PAID, "coverage.after_warranty"),
        (Kind.CUSTOMISED, date(2027, 3, 2), PAID, "coverage.after_warranty"),
        (Kind.IN_SCOPE, date(2030, 1, 1), FREE, "coverage.agreed_requirements"),
        (Kind.CONSULTATION, date(2030, 1, 1), FREE, "coverage.hotline"),
    ],
)
def test_the_proposal(kind: Kind, reported_on: date, mode: FeeMode, clause: str) -> None:
    """Free for a year from acceptance; afterwards gaps in the agreed requirements are still put right."""
    proposal = fee_proposal(kind, reported_on, ACCEPTED, 365)
    assert (proposal.mode, proposal.clause) == (mode, clause)


def test_before_any_acceptance_everything_is_free() -> None:
    """The delivery itself is still owed."""
    assert fee_proposal(Kind.FAULT, ACCEPTED, None, 365).mode is FREE


@pytest.mark.parametrize(
    ("accepted_on", "days", "until"),
    [
        (date(2026, 3, 1), 365, date(2027, 3, 1)),
        (date(2027, 3, 1), 365, date(2028, 3, 1)),
        (date(2028, 2, 29), 365, date(2029, 2, 28)),
        (date(2026, 3, 1), 400, date(2027, 4, 5)),
        (date(2026, 3, 1), 730, date(2028, 3, 1)),
        (date(2026, 3, 1), 10, date(2026, 3, 11)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
    ],
)
def test_a_year_of_warranty_is_a_year_by_the_date(accepted_on: date, days: int, until: date) -> None:
    """A leap year takes no day from the customer."""
    assert warranty_until(accepted_on, days) == until


def test_on_site_years_run_from_delivery() -> None:
    """Five years, also from a 29 February."""
    assert on_site_until(date(2026, 3, 1), 5) == date(2031, 3, 1)
    assert on_site_until(date(2028, 2, 29), 5) == date(2033, 2, 28)


def test_the_deposit_is_never_below_zero() -> None:
    """What is left after what was taken."""
    assert deposit_left_fen(120_000, [50_000, 50_000]) == 20_000
    assert deposit_left_fen(0, []) == 0
    assert deposit_left_fen(10, [50]) == 0
