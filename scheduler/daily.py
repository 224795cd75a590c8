"""The jobs of the day as one table: a name, an hour, what is done. To add one is to add a row to `DAILY`.

Each date's run is a row (job, date), begun by whichever worker is first and done in pages, each in a transaction
of its own: a crash or a deploy in the middle goes on after the last whole page. After downtime only the last
date is made up for; a clock set back finds its row there and does nothing. A job that this installation never had
begins with its next hour, so that no deploy sends the morning's list in the evening.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from agreement.policy_file import DEFAULT
from desk import auditing, calendar_warning, contracts, following_up, heads, laying, monthly, morning, weekly
from desk.sitting import Sitting
from storage import daily

ZONE: Final = DEFAULT.zone
DAY: Final = timedelta(days=1)

Page = Callable[[Sitting, int], int]


@dataclass(frozen=True)
class Daily:
    """One job: at this hour where the contracts hold, `page` is called until it returns 0.

    `page` gets a sitting of the clock, whose `at` is the moment the run was due, and what it returned the last
    time (0 at first), usually the last id it dealt with.
    """

    name: str
    hour: int
    page: Page

    def day_at(self, now: datetime) -> date:
        """The date of the run that is due at this moment."""
        local = now.astimezone(ZONE)
        return local.date() if local.hour >= self.hour else local.date() - DAY

    def due_at(self, day: date) -> datetime:
        """When the run of this date is due."""
        return datetime.combine(day, time(self.hour), ZONE)

    def next_at(self, now: datetime) -> datetime:
        """The first moment after `now` at which a run falls due."""
        return self.due_at(self.day_at(now) + DAY)


def whole(body: Callable[[Sitting], object]) -> Page:
    """A job that is short enough for one transaction."""

    def page(sitting: Sitting, _after: int) -> int:
        body(sitting)
        return 0

    return page


def since_last(name: str, body: Callable[[Sitting, date, int], int]) -> Page:
    """A job that must know the date of its run before: what lies between is made up for, the newest only."""

    def page(sitting: Sitting, after: int) -> int:
        day = sitting.at.astimezone(ZONE).date()
        return body(sitting, daily.run_before(sitting.session, name, day), after)

    return page


DAILY: Final[tuple[Daily, ...]] = (
    Daily(auditing.JOB, 3, auditing.audit_page),
    Daily("morning_list", DEFAULT.morning_hour, whole(morning.tell_all)),
    Daily("weekly_report", DEFAULT.weekly_hour, since_last("weekly_report", weekly.tell_leads)),
    Daily("monthly_report", DEFAULT.monthly_hour, since_last("monthly_report", monthly.tell_representatives)),
    Daily("quarter", 6, since_last("quarter", following_up.make_quarter)),
    Daily("rosters", 4, whole(laying.lay_ahead)),
    Daily("contracts", 9, whole(contracts.remind)),
    Daily("chain_head", 1, whole(heads.keep)),
    Daily(calendar_warning.JOB, 9, whole(calendar_warning.warn)),
)
