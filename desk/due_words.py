"""A due time as it is said, marked where it counts days of an unpublished calendar; and whose it is."""

from datetime import datetime

from texts.say import Say, say


def due_said(due_at: datetime, *, provisional: bool) -> datetime | Say:
    """The value of a `due_at` field in a sentence (agreement §3, Days: 暂按周末推算)."""
    return say("due.provisional", at=say("due.plain", due_at=due_at)) if provisional else due_at


def promise_said(promise: str, step: int) -> Say:
    """The promise; of a plan's steps, which one (0: not one of a step)."""
    name = say(f"promise.{promise}")
    return say("promise.of_step", promise=name, step=step) if step else name
