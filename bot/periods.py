"""The days that the address of a page asks for: since and until, both included; without them this month."""

from collections.abc import Mapping
from datetime import date, timedelta


def period(query: Mapping[str, str], today: date) -> tuple[date, date]:
    """The two days in their order; a day that cannot be read is that of this month."""
    since = _day(query.get("since", "")) or today.replace(day=1)
    until = _day(query.get("until", "")) or _last_of_month(max(since, today))
    return min(since, until), max(since, until)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2999 else None  # what a zone can be put to on either end


def _last_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
