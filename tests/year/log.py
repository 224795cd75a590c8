"""The event log as the oracle reads it: plain JSON lines, read from the real tables and nothing written.

First the editions of the calendar and the policies, then every event in the order of its recording. Moments are
ISO 8601; a ticket is its ordinal.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import CalendarDay, Event, PolicyRow, Ticket

Line = dict[str, object]
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def export(session: Session) -> list[Line]:
    """The whole log."""
    return [*_editions(session), *_policies(session), *_events(session)]


def _editions(session: Session) -> Iterator[Line]:
    days = session.execute(select(CalendarDay.day, CalendarDay.is_working)).all()
    yield {
        "edition": "the first",
        "published_at": LONG_AGO.isoformat(),
        "days": {day.isoformat(): working for day, working in days},
    }


def _policies(session: Session) -> Iterator[Line]:
    for row in session.scalars(select(PolicyRow)):
        yield {"policy": row.id, "limits": row.overrides}


def _events(session: Session) -> Iterator[Line]:
    query = select(Event, Ticket.ordinal).join(Ticket, Ticket.id == Event.ticket_id).order_by(Event.id)
    for event, ordinal in session.execute(query):
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
