"""What the contract covers: warranty, on-site years and what is left of the deposit (agreement §3, Periods).

The answer on money is a proposal only: the customer agrees it with the plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from agreement.words import Kind

YEAR_OF_DAYS: Final = 365


class FeeMode(StrEnum):
    """无偿（免费） or 有偿."""

    FREE = "free"
    PAID = "paid"


@dataclass(frozen=True)
class FeeProposal:
    """Free or paid, and the key of the clause it rests on. `until`: the warranty's last day, if known."""

    mode: FeeMode
    clause: str
    until: date | None = None


# What stays free when the warranty is over, and by which clause.
FREE_AFTERWARDS: Final = {
    Kind.IN_SCOPE: "coverage.agreed_requirements",  # gaps inside them are still put right
    Kind.CONSULTATION: "coverage.hotline",  # phone hotline and online service, long-term
}


def fee_proposal(kind: Kind, reported_on: date, accepted_on: date | None, warranty_days: int) -> FeeProposal:
    """What the contract proposes for a request reported that day (dates in the contract's zone).

    `accepted_on` None: not accepted yet, so the delivery itself is still owed.
    """
    if accepted_on is None or reported_on < accepted_on:
        return FeeProposal(FeeMode.FREE, "coverage.before_acceptance")
    until = warranty_until(accepted_on, warranty_days)
    if reported_on <= until:
        return FeeProposal(FeeMode.FREE, "coverage.in_warranty", until)
    if kind in FREE_AFTERWARDS:
        return FeeProposal(FeeMode.FREE, FREE_AFTERWARDS[kind], until)
    return FeeProposal(FeeMode.PAID, "coverage.after_warranty", until)


def warranty_until(accepted_on: date, warranty_days: int) -> date:
    """The last day of the warranty; the day of acceptance does not count (Civil Code art. 201).

    The agreement says one year, the policy 365 days: every full 365 days are a year by the date, so that a
    leap year takes no day from the customer.
    """
    years, days = divmod(warranty_days, YEAR_OF_DAYS)
    return same_date(accepted_on, years) + timedelta(days=days)


def on_site_until(delivered_on: date, on_site_years: int) -> date:
    """The last day of on-site maintenance by named engineers."""
    return same_date(delivered_on, on_site_years)


class Ending(StrEnum):
    """What of a contract ends on a day; the day itself still counts."""

    WARRANTY = "warranty"
    ON_SITE = "on_site"
    DEPOSIT = "deposit"


def endings(
    accepted_on: date, delivered_on: date, *, warranty_days: int, on_site_years: int, deposit_days: int
) -> dict[Ending, date]:
    """The last day of each."""
    return {
        Ending.WARRANTY: warranty_until(accepted_on, warranty_days),
        Ending.ON_SITE: on_site_until(delivered_on, on_site_years),
        Ending.DEPOSIT: warranty_until(accepted_on, deposit_days),
    }


def reminder_due(until: date, today: date, days_before: Iterable[int]) -> int | None:
    """Which reminder stands today: the smallest of the policy's numbers of days that is not over; None for none.

    One that a day of downtime has passed over is made up for by the next day that asks.
    """
    left = (until - today).days
    return min((days for days in days_before if left <= days), default=None) if left >= 0 else None


def same_date(day: date, years: int) -> date:
    """The same date so many years later; 29 February becomes the last day of the month (art. 202)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def deposit_left_fen(deposit_fen: int, taken_fen: Iterable[int]) -> int:
    """What is left of the quality deposit after what was deducted; never below zero."""
    return max(deposit_fen - sum(taken_fen), 0)
