"""The week of each school in one line of the leads' report: what came, what is open, which promises were missed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, func, select

from agreement.lifecycle import OPEN
from agreement.words import Promise, PromiseState
from desk.measuring import Span
from desk.sitting import Sitting
from storage.tables import PromiseRow, School, Ticket
from texts.say import Say, say

MOST: Final = 12
STATES: Final = [state.value for state in OPEN]


@dataclass(frozen=True, kw_only=True)
class SchoolWeek:
    """Counts of one school; `broken` are the agreement's promises that fell due in the week, no house target."""

    name: str
    came: int
    still_open: int
    broken: int


def by_school(sitting: Sitting, span: Span) -> Sequence[SchoolWeek]:
    """Every school that had anything, the worst first: most broken, then most open, then most reported."""
    came = _tickets(sitting, span.holds(Ticket.reported_at))
    still_open = _tickets(sitting, Ticket.state.in_(STATES))
    broken = _broken(sitting, span)
    named = {*came, *still_open, *broken}
    rows = sitting.session.execute(select(School.id, School.name).where(School.id.in_(named)))
    found = [
        SchoolWeek(name=name, came=came[school], still_open=still_open[school], broken=broken[school])
        for school, name in rows
    ]
    return sorted(found, key=lambda one: (-one.broken, -one.still_open, -one.came, one.name))


def _tickets(sitting: Sitting, which: ColumnElement[bool]) -> Counter[int]:
    """Of each school; a stranger's ticket is of none yet."""
    query = select(Ticket.school_id, func.count()).where(which, Ticket.school_id.is_not(None))
    rows = sitting.session.execute(query.group_by(Ticket.school_id))
    return Counter({school: count for school, count in rows if school is not None})


def _broken(sitting: Sitting, span: Span) -> Counter[int]:
    """What is a target and what a promise stands in the policy with which each of them began."""
    rows = sitting.session.execute(
        select(Ticket.school_id, PromiseRow.promise, PromiseRow.policy_id, func.count())
        .join(Ticket, Ticket.id == PromiseRow.ticket_id)
        .where(
            span.holds_end(PromiseRow.due_at),
            PromiseRow.state == PromiseState.BROKEN.value,
            Ticket.school_id.is_not(None),
        )
        .group_by(Ticket.school_id, PromiseRow.promise, PromiseRow.policy_id)
    )
    counts: Counter[int] = Counter()
    for school, promise, policy_id, count in rows:
        policy = sitting.rulebook.policy(sitting.session, policy_id)
        if school is not None and policy.is_agreements(Promise(promise)):
            counts[school] += count
    return counts


def schools_said(rows: Sequence[SchoolWeek]) -> list[Say]:
    """Under their heading, and how many more there are."""
    if not rows:
        return []
    more = [say("digest.schools_left_out", count=len(rows) - MOST)] if len(rows) > MOST else []
    return [say("digest.by_school"), *(_line(one) for one in rows[:MOST]), *more]


def _line(one: SchoolWeek) -> Say:
    key = "digest.school_broken" if one.broken else "digest.school"
    return say(key, school=one.name, came=one.came, open=one.still_open, broken=one.broken)
