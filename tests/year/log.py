"""The event log as the oracle reads it: plain JSON lines, read from the real tables and nothing written.

First the editions of the calendar, the policies and the deposits, then every event in the order of its recording.
Moments are ISO 8601; a ticket is its ordinal. What the house concluded by itself is left out.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import CalendarDay, CalendarEdition, Contract, Event, PolicyRow, Ticket

Line = dict[str, object]
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


# Conclusions of the product: the oracle draws its own.
CONCLUDED = {"promise_broken", "breach_overturned", "penalty_claimable", "penalty_void", "penalty_exhausted"}


def export(session: Session) -> list[Line]:
    """The whole log."""
    return [*_editions(session), *_policies(session), *_deposits(session), *_events(session)]


def _editions(session: Session) -> list[Line]:
    """The newest first on the way back: each keeps the days that it took the place of."""
    days = {row.day: row.is_working for row in session.execute(select(CalendarDay.day, CalendarDay.is_working))}
    lines: list[Line] = []
    for row in session.scalars(select(CalendarEdition).order_by(CalendarEdition.id.desc())):
        changed = [date.fromisoformat(one) for one in row.before["changed"]]
        lines.append(_edition(row.edition, row.imported_at, {day: days.pop(day) for day in changed}))
        days |= {date.fromisoformat(day): works for day, works, _ in row.before["days"]}
    return [_edition("the first", LONG_AGO, days), *reversed(lines)]


def _edition(name: str, at: datetime, days: Mapping[date, bool]) -> Line:
    written = {day.isoformat(): works for day, works in days.items()}
    return {"edition": name, "published_at": at.isoformat(), "days": written}


def _policies(session: Session) -> Iterator[Line]:
    for row in session.scalars(select(PolicyRow)):
        yield {"policy": row.id, "limits": row.overrides}


def _deposits(session: Session) -> Iterator[Line]:
    for row in session.scalars(select(Contract)):
        yield {"contract": row.id, "deposit_fen": row.deposit_fen}


def _events(session: Session) -> Iterator[Line]:
    query = select(Event, Ticket.ordinal).join(Ticket, Ticket.id == Event.ticket_id).order_by(Event.id)
    for event, ordinal in session.execute(query.where(Event.name.not_in(CONCLUDED))):
        yield {
            "ticket": ordinal,
            "name": event.name,
            "at": event.at.isoformat(),
            "recorded_at": event.recorded_at.isoformat(),
            "by": event.actor_as,
            "data": _plain(event.data),
        }


def _plain(value: object) -> object:
    """Moments as text."""
    if isinstance(value, Mapping):
        mapping = cast(Mapping[str, object], value)
        return (
            mapping["at"] if set(mapping) == {"at"} else {name: _plain(one) for name, one in mapping.items()}
        )
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
