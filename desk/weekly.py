"""The leads' report of the week: what came, what was closed, broken, late now, at which school, how people liked it
and whose work, who answered the hotline, which schools the quarter has not seen yet, gaps ahead."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from agreement.days import begins
from agreement.following_up import first_working_day, quarter_of
from agreement.lifecycle import OPEN
from agreement.policy_file import DEFAULT
from agreement.words import Promise, PromiseState, Role
from desk import measuring, satisfaction
from desk.by_school import by_school, schools_said
from desk.digests import Addressed, DigestKind, tell
from desk.due_words import due_said
from desk.measured import hotline_said, liked_said, satisfaction_said, sums_said, visited_said
from desk.measuring import Span
from desk.sitting import Sitting
from storage.tables import Membership, PromiseRow, RosterGap, Ticket
from texts.say import Say, say

WEEK = timedelta(days=7)
MOST = 8


def tell_leads(sitting: Sitting, since: date, after: int) -> int:
    """The newest report whose day came after `since`, told to every lead. Always whole: returns 0."""
    zone = DEFAULT.zone
    today = sitting.at.astimezone(zone).date()
    report_day = _report_day(sitting, today)
    if not since < report_day <= today or after:
        return 0
    monday = report_day - timedelta(days=report_day.isoweekday() - 1)
    span = Span(from_at=begins(monday - WEEK, zone), to_at=begins(monday, zone))
    said = report(sitting, span)
    for person_id in _leads(sitting) if said else ():
        period = monday.isoformat()
        tell(sitting, Addressed(kind=DigestKind.WEEKLY, person_id=person_id, day=today, period=period), said)
    return 0


def _report_day(sitting: Sitting, today: date) -> date:
    """The policy's weekday of this week, or the next working day; before it, that of the week before."""
    workdays = sitting.rulebook.workdays(sitting.session, sitting.now)
    monday = today - timedelta(days=today.isoweekday() - 1)
    days = [
        first_working_day(week + timedelta(days=DEFAULT.weekly_weekday - 1), workdays)
        for week in (monday, monday - WEEK)
    ]
    return next((day for day in days if day <= today), days[-1])


def _leads(sitting: Sitting) -> list[int]:
    query = select(Membership.person_id).where(
        Membership.role == Role.LEAD.value, Membership.until_at.is_(None)
    )
    return sorted(set(sitting.session.scalars(query)))


def report(sitting: Sitting, span: Span) -> list[Say]:
    """What is worth telling; empty where nothing came, is open, or lies ahead."""
    came = sum(measuring.reported(sitting, span).values())
    closed, still_open = _closed(sitting, span), _open(sitting)
    sums = measuring.promises(sitting, span)
    late, gaps = _late(sitting), _gaps(sitting)
    if not (came or closed or still_open or sums or late or gaps):
        return []
    return [
        say("digest.weekly", first=f"{span.from_at:%m-%d}", last=f"{span.to_at - timedelta(days=1):%m-%d}"),
        say("digest.week_counts", came=came, closed=closed, open=still_open),
        *sums_said(sums),
        *late,
        *schools_said(by_school(sitting, span)),
        satisfaction_said(satisfaction.opinions(sitting, span)),
        *liked_said("digest.by_engineer", satisfaction.by_engineer(sitting, span)),
        *liked_said("digest.by_project", satisfaction.by_project(sitting, span)),
        hotline_said(measuring.hotline(sitting, span)),
        *_visits(sitting, span),
        *gaps,
    ]


def _visits(sitting: Sitting, span: Span) -> Sequence[Say]:
    """Of the quarter in which the week began, so that its last report counts the whole of it."""
    quarter = measuring.quarter_of_span(span, DEFAULT.zone)
    return visited_said(quarter_of(quarter.from_at.date())[1], measuring.schools_visited(sitting, quarter))


def _closed(sitting: Sitting, span: Span) -> int:
    count = select(func.count()).select_from(Ticket).where(span.holds(Ticket.closed_at))
    return sitting.session.scalar(count) or 0


def _open(sitting: Sitting) -> int:
    states = [state.value for state in OPEN]
    return sitting.session.scalar(select(func.count()).select_from(Ticket).where(Ticket.state.in_(states))) or 0


def _late(sitting: Sitting) -> Sequence[Say]:
    """Promises that are broken and still unmet, the oldest first."""
    rows = sitting.session.execute(
        select(Ticket.ordinal, PromiseRow.promise, PromiseRow.due_at, PromiseRow.is_provisional)
        .join(Ticket, Ticket.id == PromiseRow.ticket_id)
        .where(PromiseRow.state == PromiseState.BROKEN.value, PromiseRow.next_alarm_at.is_not(None))
        .order_by(PromiseRow.due_at, PromiseRow.id)
    ).all()
    if not rows:
        return ()
    lines = [
        say(
            "digest.late",
            number=ordinal,
            promise=say(f"promise.{Promise(name).value}"),
            due_at=due_said(at, provisional=provisional),
        )
        for ordinal, name, at, provisional in rows[:MOST]
    ]
    more = [say("digest.more", count=len(rows) - MOST)] if len(rows) > MOST else []
    return [say("digest.late_now", count=len(rows)), *lines, *more]


def _gaps(sitting: Sitting) -> Sequence[Say]:
    """Spans of the coming week with nobody on duty."""
    rows = sitting.session.scalars(
        select(RosterGap)
        .where(
            RosterGap.closed_at.is_(None),
            RosterGap.ends_at > sitting.now,
            RosterGap.starts_at < sitting.now + WEEK,
        )
        .order_by(RosterGap.starts_at)
        .limit(MOST)
    )
    return [say("digest.gap", from_at=row.starts_at, to_at=row.ends_at) for row in rows]
