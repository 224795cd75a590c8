"""Who was told of a promise that ran out, when, on which channel, and what became of each sending.

An alarm is whatever rang for the vendor's people: the new ticket, the urgency, each rung of the ladder. `told` means
that a person acknowledged; `sent` only that a platform took it, and `unsure` that it gave no answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.notices import Weight
from desk.sitting import Sitting
from storage.tables import Event, Lane, Outbox, Person, PromiseRow, Ticket

ALARM = "alarm"


@dataclass(frozen=True)
class Sent:
    """One sending: `at` is when it went out, else when it was queued; `text` is what was really shown."""

    channel: str
    state: str
    at: datetime
    attempts: int
    reason: str
    text: str


@dataclass(frozen=True)
class AlarmLine:
    """One person told of one thing: `what` is the event, `stages` the rungs of this promise's ladder.

    Without any sending the person had no line that takes messages, and a call was asked for.
    """

    at: datetime
    what: str
    stages: tuple[str, ...]
    who: str
    sent: tuple[Sent, ...]


def alarms_of(sitting: Sitting, ticket: Ticket, row: PromiseRow) -> tuple[AlarmLine, ...]:
    """Every alarm that concerns this clock, in order of time."""
    session = sitting.session
    sendings = _sendings(session, ticket.id)
    events = session.scalars(
        select(Event).where(Event.ticket_id == ticket.id, Event.round == row.round).order_by(Event.id)
    )
    lines: list[AlarmLine] = []
    for event in events:
        stages = _stages(event, row.promise)
        if event.name == ALARM and not stages:
            continue
        nothing: dict[int, list[Sent]] = {person: [] for person in _told(event)}
        told = nothing | sendings.get(event.id, {})
        names = _names(session, told)
        lines += [
            AlarmLine(event.recorded_at, event.name, stages, names.get(person, ""), tuple(sent))
            for person, sent in told.items()
        ]
    return tuple(lines)


def _stages(event: Event, promise: str) -> tuple[str, ...]:
    """The rungs of this promise among those that the alarm folded together."""
    named = [str(one).partition(":") for one in event.data.get("stages", [])]
    return tuple(stage for name, _, stage in named if name == promise)


def _told(event: Event) -> list[int]:
    return [int(one) for one in event.data.get("told", [])] if event.name == ALARM else []


def _sendings(session: Session, ticket_id: int) -> dict[int, dict[int, list[Sent]]]:
    """Event → person → what was sent, a second line's sending after the first's."""
    rows = session.execute(
        select(Outbox, Lane.channel)
        .join(Lane, Lane.id == Outbox.lane_id)
        .where(
            Outbox.ticket_id == ticket_id,
            Outbox.weight == Weight.ALARM.value,
            Outbox.event_id.is_not(None),
            Outbox.person_id.is_not(None),
        )
        .order_by(Outbox.id)
    )
    found: dict[int, dict[int, list[Sent]]] = {}
    for row, channel in rows:
        people = found.setdefault(row.event_id or 0, {})
        people.setdefault(row.person_id or 0, []).append(_sent(row, channel))
    return found


def _sent(row: Outbox, channel: str) -> Sent:
    shown = row.rendered or {}
    return Sent(
        channel=channel,
        state=row.state,
        at=row.sent_at or row.created_at,
        attempts=row.attempts,
        reason=row.reason,
        text=str(shown.get("text", "")),
    )


def _names(session: Session, people: Iterable[int]) -> dict[int, str]:
    rows = session.scalars(select(Person).where(Person.id.in_(list(people))))
    return {one.id: one.name for one in rows}
