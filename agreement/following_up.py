"""Follow-ups (定期电话回访): when the vendor asks, when silence becomes a call, what an answer changes.

Courtesies: days off and hours move them, and they never move a promise (agreement §3, Keeping in touch and Fine
points). Moments are timezone-aware; days are those where the contract holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final

from agreement.calendar import Workdays
from agreement.policy import Policy
from agreement.terms import ONE_DAY
from agreement.words import FollowUpAnswer

MONTHS_OF_QUARTER: Final = 3


def first_working_day(first: date, workdays: Workdays) -> date:
    """This day, or the next working day after it."""
    return next(day for day in _days_from(first) if workdays.on(day).working)


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += ONE_DAY


def at_hour(day: date, hour: int, policy: Policy) -> datetime:
    """That hour of that day where the contract holds, as UTC."""
    return datetime.combine(day, time(hour), policy.zone).astimezone(UTC)


def after_working_days(start: datetime, days: int, policy: Policy, workdays: Workdays) -> datetime:
    """So many working days after that day, at the hour of follow-ups."""
    day = start.astimezone(policy.zone).date()
    for _ in range(days):
        day = first_working_day(day + ONE_DAY, workdays)
    return at_hour(day, policy.follow_up_hour, policy)


def asks_after_closing_at(closed_at: datetime, policy: Policy, workdays: Workdays) -> datetime:
    """When the reporter is asked after 已办结."""
    return after_working_days(closed_at, policy.after_closing_working_days, policy, workdays)


def unanswered_at(asked_at: datetime, policy: Policy, workdays: Workdays) -> datetime:
    """When no answer in chat becomes a call."""
    return after_working_days(asked_at, policy.answer_working_days, policy, workdays)


def quarter_of(day: date) -> tuple[int, int]:
    """(year, 1 … 4)."""
    return day.year, (day.month - 1) // MONTHS_OF_QUARTER + 1


def first_of_quarter(day: date) -> date:
    """The first day of that day's quarter."""
    return first_of_period(day, MONTHS_OF_QUARTER)


def first_of_period(day: date, every_months: int) -> date:
    """The first day of the months, counted from January, that the representative is asked about once."""
    return date(day.year, (day.month - 1) // every_months * every_months + 1, 1)


def period_named(first: date, every_months: int) -> str:
    """What one asking is known by, so that nobody is asked twice: "2026Q4", or the first month, "2026-11"."""
    if every_months != MONTHS_OF_QUARTER:
        return f"{first:%Y-%m}"
    year, quarter = quarter_of(first)
    return f"{year}Q{quarter}"


def is_by_phone(number: int, every: int) -> bool:
    """Whether the policy wants a voice for the follow-up of this number (from 1) of a school; 0: never."""
    return every > 0 and number % every == 0


A = FollowUpAnswer
SAID: Final = frozenset({A.WELL, A.WRONG, A.CALL, A.UNDISTURBED})
# After what stands, what the person may still say: a thought may be better, and nothing reported is taken back.
MAY_FOLLOW: Final[Mapping[FollowUpAnswer | None, frozenset[FollowUpAnswer]]] = {
    None: SAID,
    A.SILENCE: SAID,
    A.UNDISTURBED: SAID,
    A.UNREACHED: SAID,
    A.WELL: frozenset({A.WRONG, A.CALL, A.UNDISTURBED}),
    A.CALL: frozenset({A.WELL, A.WRONG, A.UNDISTURBED}),
    A.WRONG: SAID,
    A.OTHER: frozenset({A.WRONG, A.CALL, A.UNDISTURBED}),
}


@dataclass(frozen=True)
class AnswerTaken:
    """The answer stands from now on."""

    answer: FollowUpAnswer


@dataclass(frozen=True)
class AnswerRefused:
    """It was answered already; `reason` is a key of the texts."""

    reason: str


def answer(standing: FollowUpAnswer | None, said: FollowUpAnswer) -> AnswerTaken | AnswerRefused:
    """May this be said to a follow-up now? None: nothing was said yet."""
    if said in MAY_FOLLOW[standing]:
        return AnswerTaken(said)
    return AnswerRefused("refused.follow_up_answered")


class Missed(StrEnum):
    """What follows when a call reached nobody."""

    AGAIN = "again"  # on the next working day
    TO_DESK = "to_desk"
    UNREACHED = "unreached"  # the desk has tried too: the call ends so, and is counted


class Caller(StrEnum):
    """Who has the call."""

    ENGINEER = "engineer"
    DESK = "desk"


def after_missed(tries: int, caller: Caller, policy: Policy) -> Missed:
    """`tries` counts the one that just failed."""
    if tries < policy.call_tries:
        return Missed.AGAIN
    return Missed.TO_DESK if caller is Caller.ENGINEER else Missed.UNREACHED
