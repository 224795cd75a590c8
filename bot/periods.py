"""What the address of a page that lists asks for: days, words, a page. What cannot be read narrows nothing."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from bot.cleaning import clean

MOST_WORDS: Final = 60


def period(query: Mapping[str, str], today: date, whole: str = "month") -> tuple[date, date]:
    """since and until, both included and in their order; without them this month, or this year."""
    first = today.replace(day=1) if whole == "month" else today.replace(month=1, day=1)
    since = _day(query.get("since", "")) or first
    until = _day(query.get("until", "")) or _last(max(since, today), whole)
    return min(since, until), max(since, until)


def words(query: Mapping[str, str]) -> str:
    """What is looked for in texts."""
    return clean(query.get("words", "")).strip()[:MOST_WORDS]


def number(text: str) -> int:
    """A number of an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def page_number(query: Mapping[str, str]) -> int:
    """Which page, counted from 1."""
    return max(1, number(query.get("page", "")))


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2999 else None  # what a zone can be put to on either end


def _last(day: date, whole: str) -> date:
    if whole == "year":
        return day.replace(month=12, day=31)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
