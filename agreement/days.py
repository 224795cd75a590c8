"""From a day of the calendar to the moments between which it lies, in the zone of the contract."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def begins(day: date, zone: ZoneInfo) -> datetime:
    """Its midnight, the first moment that belongs to it."""
    return datetime.combine(day, time(), zone)


def ends(day: date, zone: ZoneInfo) -> datetime:
    """The first moment that belongs to it no more. Whole days are given with both ends and compared with `<` this."""
    return begins(day + timedelta(days=1), zone)
