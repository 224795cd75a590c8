"""The end of a shift: whoever comes next reads in one message what the one who leaves has open, and what nobody has.

Nobody's ticket changes hands by itself: 转交 and 接单 are words of people.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import or_, select

from agreement.lifecycle import UNRESOLVED
from desk import news
from desk.access import name_of
from desk.alerting import alarm_desk
from desk.apart import by_itself
from desk.duty import on_duty
from desk.planning import below
from desk.sitting import Sitting
from storage import due
from storage.tables import Shift, Ticket
from texts.say import Say, say

LATE: Final = timedelta(hours=12)  # after downtime an older end is nobody's news any more
AHEAD: Final = timedelta(hours=24)  # nobody on duty: the next one to come, if that is soon
MOST: Final = 20
OPEN: Final = sorted(state.value for state in UNRESOLVED)


def tell_due(sitting: Sitting, limit: int = 50) -> int:
    """Tell of shifts that have ended. Returns how many rows were due."""
    rows = due.shifts_over(sitting.session, sitting.now, limit)
    for row in rows:
        row.handed_over_at = sitting.now
    here = on_duty(sitting)
    for row in rows:
        if row.person_id not in here and row.ends_at > sitting.now - LATE:
            _safely(sitting, row, here)
    return len(rows)


def _safely(sitting: Sitting, row: Shift, here: Sequence[int]) -> None:
    key = f"shift:{row.id}"
    if not by_itself(sitting.session, f"the end of {key}", lambda: _hand_over(sitting, row, here)):
        alarm_desk(sitting, "failed_job", {"job": key}, key=key)


def _hand_over(sitting: Sitting, row: Shift, here: Sequence[int]) -> None:
    following = _following(sitting, row, here)
    lines = _open(sitting, row.person_id)
    if not following or not lines:
        return
    more = [say("digest.more", count=len(lines) - MOST)] if len(lines) > MOST else []
    values = {
        "by": name_of(sitting, row.person_id),
        "count": len(lines),
        "tickets": below([*lines[:MOST], *more]),
    }
    news.to_people(sitting, following, "shift_handed_over", values, key=f"shift:{row.id}")


def _following(sitting: Sitting, row: Shift, here: Sequence[int]) -> list[int]:
    """Those whose shift began as this one ended, else everybody on duty, else the next to come."""
    starting = select(Shift.person_id).where(Shift.starts_at == row.ends_at)
    fresh = set(sitting.session.scalars(starting))
    if here:
        return [one for one in here if one in fresh] or list(here)
    to_come = (
        select(Shift.person_id)
        .where(Shift.starts_at > sitting.now, Shift.starts_at <= sitting.now + AHEAD)
        .where(Shift.person_id != row.person_id)
        .order_by(Shift.starts_at, Shift.id)
        .limit(1)
    )
    return list(sitting.session.scalars(to_come))


def _open(sitting: Sitting, person_id: int) -> list[Say]:
    """Theirs and nobody's, the longest waiting first."""
    query = (
        select(Ticket.ordinal, Ticket.state, Ticket.text, Ticket.assignee_id)
        .where(
            Ticket.state.in_(OPEN), or_(Ticket.assignee_id == person_id, Ticket.assignee_id.is_(None))
        )
        .order_by(Ticket.id)
    )
    return [
        say(
            "digest.ticket",
            number=ordinal,
            state=say(f"state.{state}"),
            text=text[:20],
            until=say("digest.nobody_has_it") if assignee is None else "",
        )
        for ordinal, state, text, assignee in sitting.session.execute(query)
    ]
