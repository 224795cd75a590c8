"""Who was told of a promise that ran out, when, on which channel, and what became of each sending.

An alarm is whatever rang for the vendor's people: the new ticket, the urgency, each rung of the ladder. `told` means
that a person acknowledged; `sent` only that a platform took it, and `unsure` that it gave no answer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
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
    # What an earlier round still owes is rung with the alarms of a later one.
    concerned = or_(Event.round == row.round, Event.name == ALARM)
    events = session.scalars(select(Event).where(Event.ticket_id == ticket.id, concerned).order_by(Event.id))
    return tuple(line for one in events for line in _lines(session, one, row, sendings.get(one.id, {})))


def _lines(
    session: Session, event: Event, row: PromiseRow, sent: Mapping[int, Sequence[Sent]]
) -> Iterator[AlarmLine]:
    stages = _stages(event, row) if event.name == ALARM else dict.fromkeys(sent, ())
    names = _names(session, stages)
    for person, rungs in stages.items():
        yield AlarmLine(event.recorded_at, event.name, rungs, names.get(person, ""), tuple(sent.get(person, ())))


def _stages(event: Event, row: PromiseRow) -> Mapping[int, tuple[str, ...]]:
    """Person → the rungs of this clock, of all those that the alarm folded together, that they were told of."""
    found: dict[int, tuple[str, ...]] = {}
    for clock, stage, people in event.data.get("rungs", _by_name(event, row)):
        for person in people if clock == row.id else ():
            found[person] = (*found.get(person, ()), stage)
    return found


def _by_name(event: Event, row: PromiseRow) -> list[tuple[int, str, list[int]]]:
    """An alarm of a release before names promises and people, not who was told of which."""
    named = [str(one).partition(":") for one in event.data.get("stages", [])]
    stages = [stage for name, _, stage in named if name == row.promise and event.round == row.round]
    return [(row.id, stage, list(event.data.get("told", []))) for stage in stages]


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
