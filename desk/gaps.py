"""Gaps in the roster: spans of the coming weeks with nobody on duty, told to lead and desk until somebody is.

A house that never had a shift keeps no roster and is told of none. Every gap is a row with the moment at which
it is told next: so long ahead as the shipped policy says, each once; closing the gap ends that.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from agreement import rosters
from agreement.policy_file import DEFAULT
from agreement.rosters import HORIZON, Duty, Span, warning_due
from desk import news
from desk.apart import by_itself
from desk.sitting import Sitting
from desk.span_words import start_said
from storage import due
from storage.rosters import leaves, shifts
from storage.tables import RosterGap, Shift
from storage.work import wake
from texts.say import Say, say

AGAIN = timedelta(hours=1)
OPEN: Final = select(RosterGap).where(RosterGap.closed_at.is_(None))


def look(sitting: Sitting) -> None:
    """Find the gaps from now on; keep what is known of them, open the new, close those that are no more."""
    if sitting.session.scalar(select(Shift.id).limit(1)) is None:
        return
    sitting.session.flush()
    known = list(sitting.session.scalars(OPEN.order_by(RosterGap.starts_at).with_for_update()))
    kept: set[int] = set()
    for span in empty_spans(sitting, Span(sitting.now, sitting.now + HORIZON)):
        kept.add(_note(sitting, span, [row for row in known if _touches(row, span)], kept))
    for row in known:
        if row.id not in kept:
            row.closed_at, row.next_at = sitting.now, None
    sitting.session.flush()
    wake(sitting.session, "alarms")


def empty_spans(sitting: Sitting, over: Span) -> tuple[Span, ...]:
    """The spans in which no engineer is on duty."""
    on = [
        Duty(row.person_id, Span(row.starts_at, row.ends_at))
        for row in shifts(sitting.session, over.since, over.until)
        if row.starts_at < row.ends_at
    ]
    off = [
        Duty(row.person_id, Span(row.starts_at, row.ends_at))
        for row in leaves(sitting.session, over.since, over.until)
    ]
    return rosters.gaps(on, off, over)


def open_gaps(sitting: Sitting) -> Sequence[RosterGap]:
    """The gaps that are known and not over, the next first."""
    query = OPEN.where(RosterGap.ends_at > sitting.now).order_by(RosterGap.starts_at)
    return sitting.session.scalars(query).all()


def span_of(row: RosterGap) -> Span:
    """The span of this gap."""
    return Span(row.starts_at, row.ends_at)


def tell_due(sitting: Sitting, limit: int = 20) -> int:
    """Tell of gaps whose moment has come, after one more look at the roster. Returns how many rows were due."""
    rows = due.gaps(sitting.session, sitting.now, limit)
    if rows:
        look(sitting)
    for row in rows:
        if row.closed_at is None:
            _safely(sitting, row)
    return len(rows)


def _safely(sitting: Sitting, row: RosterGap) -> None:
    """One that cannot be told is named in the log and tried again; the others are told."""
    if not by_itself(sitting.session, f"gap {row.id}", lambda: _tell(sitting, row)):
        sitting.session.refresh(row)
        row.next_at = sitting.now + AGAIN


def _tell(sitting: Sitting, row: RosterGap) -> None:
    stage, next_at = warning_due(span_of(row), row.stage, sitting.now, DEFAULT.gap_warned_before)
    row.next_at = next_at
    if not stage:
        return
    row.stage = stage
    values = {"since": start_said(row.starts_at), "until": _until(sitting, row)}
    news.to_roles(sitting, "roster_gap", values, key=f"gap:{row.id}:{stage}:{row.starts_at.isoformat()}")


def _until(sitting: Sitting, row: RosterGap) -> datetime | Say:
    """An end that lies where nothing is planned yet is no end."""
    return say("duty.open_end") if row.ends_at >= sitting.now + HORIZON - timedelta(days=1) else row.ends_at


def _touches(row: RosterGap, span: Span) -> bool:
    return row.starts_at < span.until and row.ends_at > span.since


def _note(sitting: Sitting, span: Span, known: Sequence[RosterGap], kept: Collection[int]) -> int:
    """The id of the row for this span: one that is known, stretched to it, else a new one that knows what was told."""
    row = next((one for one in known if one.id not in kept), None)
    if row is None:
        stage = known[0].stage if known else ""
        row = RosterGap(starts_at=span.since, ends_at=span.until, stage=stage, found_at=sitting.now)
        sitting.session.add(row)
    has_begun = row.starts_at <= sitting.now and span.since == sitting.now
    row.starts_at = row.starts_at if has_begun else span.since
    row.ends_at = span.until
    stage, next_at = warning_due(span_of(row), row.stage, sitting.now, DEFAULT.gap_warned_before)
    row.next_at = sitting.now if stage else next_at
    sitting.session.flush()
    return row.id
