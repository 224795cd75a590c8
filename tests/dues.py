"""Due times straight from the agreement: `python -m tests.dues < rows.jsonl`.

Each line is {"promise": "fault-response", "start": "2026-11-23T14:00:00+08:00"}; it is printed again with
`due` (ISO 8601 in Asia/Shanghai, 24:00 of a day as 00:00 of the next; null for plan-step, which has a date of
its own) and `provisional`. A start without a zone is Asia/Shanghai. Exit 2 names the first bad line.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache

import chinese_calendar

from agreement.calendar import Workdays
from agreement.policy_file import DEFAULT
from agreement.terms import due_at
from agreement.words import Promise

YEARS = range(2004, 2027)


@cache
def published_workdays() -> Workdays:
    """The State Council's days of 2004-2026 as `chinese_calendar` has them."""
    days = {day: chinese_calendar.is_workday(day) for year in YEARS for day in days_of(year)}
    return Workdays("chinesecalendar", days, frozenset(YEARS))


def days_of(year: int) -> Iterator[date]:
    """Every day of a year."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def answer(row: Mapping[str, object]) -> dict[str, object]:
    """The row with its due time. Raises KeyError or ValueError for a row that says too little."""
    promise = Promise(str(row["promise"]))
    start = datetime.fromisoformat(str(row["start"]))
    term = DEFAULT.terms.get(promise)
    if term is None:
        return {**row, "due": None, "provisional": False}
    started_at = start if start.tzinfo else start.replace(tzinfo=DEFAULT.zone)
    due = due_at(started_at, term, published_workdays(), DEFAULT.zone)
    return {**row, "due": due.at.astimezone(DEFAULT.zone).isoformat(), "provisional": due.provisional}


def main() -> int:
    """Reads rows from the standard input; returns the exit code."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            print(json.dumps(answer(json.loads(line)), ensure_ascii=False))
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            print(f"line {number}: {type(error).__name__}: {error}", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
