"""A due time as it is said: one that counts days of an unpublished calendar says so, wherever it is shown."""

from datetime import datetime

from texts.say import Say, say


def due_said(due_at: datetime, *, provisional: bool) -> datetime | Say:
    """The value of a `due_at` field in a sentence (agreement §3, Days: 暂按周末推算)."""
    return say("due.provisional", at=say("due.plain", due_at=due_at)) if provisional else due_at
