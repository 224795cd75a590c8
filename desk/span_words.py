"""A span of a roster as it is said: whole days as days, and a beginning at midnight as 00:00 of its own day."""

from datetime import datetime, time, timedelta

from agreement.policy_file import DEFAULT
from agreement.rosters import Span
from texts.say import Say, say

MIDNIGHT = time()


def span_said(span: Span) -> Say:
    """The value of a span in a sentence; 24:00, which a due time has, would name the day before."""
    since, until = (at.astimezone(DEFAULT.zone) for at in (span.since, span.until))
    if since.time() == until.time() == MIDNIGHT:
        first, last = since.date(), until.date() - timedelta(days=1)
        written = "%m-%d" if first.year == last.year else "%Y-%m-%d"
        if first == last:
            return say("duty.day", day=first.strftime(written))
        return say("duty.days", first=first.strftime(written), last=last.strftime(written))
    return say("duty.span", since=start_said(span.since), until=span.until)


def start_said(at: datetime) -> datetime | str:
    """The moment, or 00:00 of its day."""
    local = at.astimezone(DEFAULT.zone)
    return f"{local:%m-%d} 00:00" if local.time() == MIDNIGHT else at
