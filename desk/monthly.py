"""The representative's report of the month: one page in plain words, to be confirmed with 已阅 (agreement §6)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select

from agreement.days import begins
from agreement.following_up import at_hour, first_working_day, quarter_of
from agreement.lifecycle import OPEN
from agreement.measuring import PromiseCount
from agreement.words import PenaltyState, PromiseState, Role
from desk import heads, measuring, satisfaction
from desk.digests import Addressed, DigestKind, tell
from desk.measured import satisfaction_said, sums_said
from desk.measuring import Of, Span
from desk.showing import school_name
from desk.sitting import Sitting
from desk.welcoming import policy_of, welcome_at
from storage.tables import Contract, Membership, Penalty, PromiseRow, Ticket
from texts.formats import money
from texts.say import Say, say

PAGE = 20  # representatives in one transaction
MONTHS_BACK = 3  # a school's break may hold back several reports
MOST = 6
SHOWN_STATES = tuple(PenaltyState)


def tell_representatives(sitting: Sitting, since: date, after: int) -> int:
    """Reports whose day came after `since`; goes on after that membership, 0 when none are left."""
    rows = sitting.session.execute(
        select(Membership.id, Membership.person_id, Membership.school_id, Membership.since_at)
        .where(
            Membership.role == Role.REPRESENTATIVE.value,
            Membership.until_at.is_(None),
            Membership.school_id.is_not(None),
            Membership.id > after,
        )
        .order_by(Membership.id)
        .limit(PAGE)
    ).all()
    for _, person_id, school_id, since_at in rows:
        if school_id is not None:
            _tell_one(sitting, person_id, school_id, since_at, since)
    return rows[-1][0] if len(rows) == PAGE else 0


def _tell_one(sitting: Sitting, person_id: int, school_id: int, since_at: datetime, since: date) -> None:
    zone = policy_of(sitting, school_id).zone
    today = sitting.at.astimezone(zone).date()
    for first in _firsts(today):
        told_on = _told_on(sitting, first, school_id)
        span = _month_before(first, zone)
        if since < told_on <= today and since_at < span.to_at:
            period = f"{span.from_at:%Y-%m}"
            to = Addressed(
                kind=DigestKind.MONTHLY, person_id=person_id, day=today, period=period, school_id=school_id
            )
            tell(sitting, to, report(sitting, school_id, span))


def _firsts(today: date) -> Iterator[date]:
    """First days of this month and the ones before it, oldest first."""
    months = today.year * 12 + today.month - 1
    for month in range(months - MONTHS_BACK + 1, months + 1):
        yield date(month // 12, month % 12 + 1, 1)


def _told_on(sitting: Sitting, first: date, school_id: int) -> date:
    """The first working day of the month on which the school is there."""
    policy = policy_of(sitting, school_id)
    day = first_working_day(first, sitting.rulebook.workdays(sitting.session, sitting.now))
    welcome = welcome_at(sitting, at_hour(day, policy.monthly_hour, policy), school_id)
    return welcome.astimezone(policy.zone).date()


def _month_before(first: date, zone: ZoneInfo) -> Span:
    last = first - timedelta(days=1)
    return Span(from_at=begins(last.replace(day=1), zone), to_at=begins(first, zone))


def report(sitting: Sitting, school_id: int, span: Span) -> list[Say]:
    """The page. Dates are written out, so that it reads the same on the day it is confirmed."""
    of = Of(school_id=school_id)
    sums = measuring.promises(sitting, span, of)
    return [
        say(
            "digest.monthly",
            school=school_name(sitting, school_id),
            year=span.from_at.year,
            month=span.from_at.month,
        ),
        *_tickets(sitting, span, of),
        *sums_said(sums),
        *_money(sitting, school_id, sums),
        satisfaction_said(satisfaction.opinions(sitting, span, of)),
        _in_touch(sitting, span, of),
        _visit_of_quarter(sitting, span, school_id),
        *_open(sitting, school_id, span),
        *_sealed(sitting, span),
        say("digest.please_confirm"),
    ]


def _tickets(sitting: Sitting, span: Span, of: Of) -> list[Say]:
    kinds = measuring.reported(sitting, span, of)
    if not kinds:
        return [say("digest.nothing_reported")]
    states = measuring.states_of_reported(sitting, span, of)
    by_kind = [say("digest.count", what=say(f"kind.{kind.value}"), count=count) for kind, count in kinds.items()]
    by_state = [
        say("digest.count", what=say(f"state.{state.value}"), count=count) for state, count in states.items()
    ]
    return [say("digest.reported", count=sum(kinds.values()), kinds=by_kind, states=by_state)]


def _money(sitting: Sitting, school_id: int, sums: Sequence[PromiseCount]) -> list[Say]:
    """Breaches of the month, the ledger as it stands, and what is left of the deposit."""
    broken = sum(one.broken for one in sums if one.is_agreements)
    lines = [say("digest.breaches", count=broken)] if broken else [say("digest.no_breaches")]
    rows = sitting.session.execute(
        select(Penalty.state, func.sum(Penalty.amount_fen), func.sum(Penalty.taken_fen))
        .join(Contract, Contract.id == Penalty.contract_id)
        .where(Contract.school_id == school_id)
        .group_by(Penalty.state)
    )
    sums_fen = {state: (int(amount or 0), int(taken or 0)) for state, amount, taken in rows}
    parts = [_entry(state, *sums_fen[state.value]) for state in SHOWN_STATES if state.value in sums_fen]
    if parts:
        lines.append(say("digest.ledger", parts=parts))
    deposit = sitting.session.scalar(
        select(func.sum(Contract.deposit_fen)).where(Contract.school_id == school_id)
    )
    if deposit:
        taken = sum(taken for _, taken in sums_fen.values())
        lines.append(say("digest.deposit", left=money(int(deposit) - taken), deposit=money(int(deposit))))
    return lines


def _entry(state: PenaltyState, amount_fen: int, taken_fen: int) -> Say:
    fen = taken_fen if state is PenaltyState.DEDUCTED else amount_fen
    return say("digest.entry", state=say(f"penalty_state.{state.value}"), sum=money(fen))


def _in_touch(sitting: Sitting, span: Span, of: Of) -> Say:
    back = measuring.called_back(sitting, span, of)
    return say(
        "digest.in_touch",
        visits=measuring.visits(sitting, span, of),
        part=back.reached.part,
        whole=back.reached.whole,
        to_come=say("digest.to_come", count=back.to_come) if back.to_come else "",
    )


def _visit_of_quarter(sitting: Sitting, span: Span, school_id: int) -> Say:
    """One visit a quarter is promised: whether the school has had it by the end of the month."""
    zone = policy_of(sitting, school_id).zone
    quarter = measuring.quarter_of_span(span, zone)
    key = "digest.visited" if measuring.was_visited(sitting, quarter, school_id) else "digest.not_visited"
    return say(key, quarter=quarter_of(quarter.from_at.date())[1])


def _sealed(sitting: Sitting, span: Span) -> list[Say]:
    """The chain's newest head, deposited with the school: with it the archive can be checked (desk/heads.py). Below it
    the head of each day of the month on which something was sealed, so that a rewriting is found to the day."""
    head = heads.newest(sitting.session)
    if head is None:
        return []
    last = (span.to_at - timedelta.resolution).date()
    days = heads.grown(sitting.session, span.from_at.date(), last)
    listed = [say("digest.day_head", day=f"{one.day:%m-%d}", head=one.short) for one in days]
    page = f"{sitting.rulebook.public_url}/console/heads"
    return [
        say("digest.head", day=head.day.isoformat(), n=head.n, head=head.text),
        *([say("digest.day_heads", page=page), *listed] if listed else []),
    ]


def _open(sitting: Sitting, school_id: int, span: Span) -> list[Say]:
    """What is not over yet, with the next promised moment."""
    theirs = and_(Ticket.school_id == school_id, Ticket.state.in_([state.value for state in OPEN]))
    due = (
        select(PromiseRow.ticket_id, func.min(PromiseRow.due_at).label("at"))
        .where(PromiseRow.ticket_id.in_(select(Ticket.id).where(theirs)))  # by index: not every promise ever made
        .where(PromiseRow.state == PromiseState.RUNNING.value)
        .group_by(PromiseRow.ticket_id)
        .subquery()
    )
    rows = sitting.session.execute(
        select(Ticket.ordinal, Ticket.state, Ticket.text, due.c.at)
        .outerjoin(due, due.c.ticket_id == Ticket.id)
        .where(theirs)
        .order_by(Ticket.id)
    ).all()
    if not rows:
        return [say("digest.nothing_open")]
    lines = [
        say(
            "digest.open_ticket",
            number=ordinal,
            state=say(f"state.{state}"),
            text=text[:20],
            until=say("digest.until_day", day=say("due.plain", due_at=at)) if at is not None else "",
        )
        for ordinal, state, text, at in rows[:MOST]
    ]
    more = [say("digest.more", count=len(rows) - MOST)] if len(rows) > MOST else []
    return [say("digest.open", count=len(rows)), *lines, *more]
