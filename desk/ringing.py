"""From rungs to messages: one a person and ticket, however many rungs have come together.

Written in a few statements for all tickets of a tick. The key (promise, stage, person) of the alarms lets nobody
be told twice, however often, wherever and after whatever crash this runs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from agreement.escalation import ROLE_OF, Audience
from agreement.words import Relation, Role
from desk import calls, phoning
from desk.beating import GAP, Outage, outages
from desk.due_words import due_said, promise_said
from desk.duty import UPWARDS, Staff, both, staff
from desk.notices import notices_of
from desk.routing import OF_THE_CLOCK, Matter, Routes
from desk.rungs import Ring
from desk.sitting import Sitting
from desk.telling import Telling, lines_of_people, put
from storage.many import insert_many
from storage.tables import Alarm, Event, Ticket
from texts.say import Say, say, to_json

NEXT = Audience.NEXT_ENGINEER


@dataclass(frozen=True)
class Told:
    """What one person is told of one ticket: their rungs, oldest first."""

    ticket_id: int
    person_id: int
    rings: tuple[Ring, ...]


def ring(sitting: Sitting, rings: Sequence[Ring]) -> None:
    """Tell everybody whom these rungs name and who was not told before; oldest first."""
    in_order = sorted(rings, key=lambda one: (one.at, one.clock.id))
    crew = staff(sitting)
    routes = Routes(sitting, [_matter(one) for one in in_order if NEXT in one.tells], crew.on_duty)
    wanted = [(one, person) for one in in_order for person in _people(crew, routes, one)]
    routes.keep()
    told = _by_ticket_and_person(_mark_told(sitting, wanted))
    if told:
        _asked_anew(sitting, [one for one, _ in wanted])
        late = sitting.now - in_order[0].at > GAP
        known = outages(sitting.session, in_order[0].at) if late else []
        _send(sitting, told, _events(sitting, told, known), known)


def _asked_anew(sitting: Sitting, rings: Sequence[Ring]) -> None:
    """The manager is called by another clock than those of which they said 已知悉: the card offers it again."""
    tickets = {one.clock.ticket_id for one in rings if one.clock.aware_round and Audience.MANAGER in one.tells}
    if tickets:
        sitting.session.execute(update(Ticket).where(Ticket.id.in_(sorted(tickets))).values(aware_round=0))


def _matter(one: Ring) -> Matter:
    clock = one.clock
    return Matter(clock.ticket_id, clock.round, clock.school_id, clock.assignee_id, clock.promise)


def _people(crew: Staff, routes: Routes, one: Ring) -> list[int]:
    people: list[int] = []
    for audience in one.tells:
        people = both(people, _audience(crew, routes, one, audience))
    if people or not one.tells:  # the booking of a breach tells nobody and means it
        return people
    # An alarm that finds nobody goes up at once; with nobody above, whoever has the ticket or may take it hears it.
    above = crew.upwards(min((ROLE_OF.get(each, Role.LEAD) for each in one.tells), key=UPWARDS.index))
    return above or _audience(crew, routes, one, Audience.ASSIGNEE_OR_ON_DUTY)


def _audience(crew: Staff, routes: Routes, one: Ring, audience: Audience) -> list[int]:
    assignee = one.clock.assignee_id
    if audience is Audience.ASSIGNEE_OR_ON_DUTY:
        return [assignee] if assignee is not None else list(crew.on_duty)
    if audience is NEXT:
        choice = routes.next(_matter(one))
        return [choice.person_id] if choice is not None else crew.having(Role.LEAD)
    return crew.having(ROLE_OF[audience])


def _mark_told(sitting: Sitting, wanted: Sequence[tuple[Ring, int]]) -> list[tuple[Ring, int]]:
    """Those of (rung, person) that were not told before: the table's key decides."""
    rows = [
        {"promise_id": one.clock.id, "stage": one.stage, "person_id": person, "told_at": sitting.now}
        for one, person in wanted
    ]
    made = set(TOLD.rows(sitting.session, rows))
    return [(one, person) for one, person in wanted if (one.clock.id, one.stage, person) in made]


TOLD = insert_many(
    Alarm.__table__,
    ("promise_id", "stage", "person_id", "told_at"),
    lambda new: new.on_conflict_do_nothing().returning(Alarm.promise_id, Alarm.stage, Alarm.person_id),
)


def _by_ticket_and_person(told: Iterable[tuple[Ring, int]]) -> list[Told]:
    grouped: dict[tuple[int, int], list[Ring]] = {}
    for one, person in told:
        grouped.setdefault((one.clock.ticket_id, person), []).append(one)
    return [Told(ticket, person, tuple(rings)) for (ticket, person), rings in grouped.items()]


def _events(sitting: Sitting, told: Sequence[Told], known: Sequence[Outage]) -> Mapping[int, int]:
    """One event for each ticket, in one statement; the event of each ticket."""
    tickets: dict[int, list[Told]] = {}
    for one in told:
        tickets.setdefault(one.ticket_id, []).append(one)
    rows = [_event(sitting, ticket, all_told, known) for ticket, all_told in tickets.items()]
    return dict(HAPPENED.rows(sitting.session, rows))


HAPPENED = insert_many(Event.__table__, OF_THE_CLOCK, lambda new: new.returning(Event.ticket_id, Event.id))


def _event(
    sitting: Sitting, ticket_id: int, told: Sequence[Told], known: Sequence[Outage]
) -> dict[str, object]:
    rings = [ring for one in told for ring in one.rings]
    missed_in = _outage(rings, known)
    return {
        "ticket_id": ticket_id,
        "at": sitting.now,
        "recorded_at": sitting.now,
        "actor_as": Relation.SYSTEM.value,
        "name": "alarm",
        "round": max(ring.clock.round for ring in rings),
        "data": {
            "stages": sorted({f"{ring.clock.promise}:{ring.stage}" for ring in rings}),
            "told": sorted({one.person_id for one in told}),
            "rungs": _rungs(told),
            "outage": str(missed_in) if missed_in else "",
        },
        "is_internal": True,
    }


def _rungs(told: Sequence[Told]) -> list[list[object]]:
    """[clock, stage, its people] of each rung, for the evidence: who was told of the one was not told of the other."""
    people: dict[tuple[int, str], list[int]] = {}
    for one in told:
        for ring in one.rings:
            people.setdefault((ring.clock.id, ring.stage), []).append(one.person_id)
    return [[clock, stage, sorted(them)] for (clock, stage), them in sorted(people.items())]


def _outage(rings: Sequence[Ring], known: Sequence[Outage]) -> Outage | None:
    """The desk's own outage in which one of these rungs was reached: it stands in the evidence."""
    return next((one for one in known if any(one.covers(ring.at) for ring in rings)), None)


def _send(
    sitting: Sitting, told: Sequence[Told], events: Mapping[int, int], known: Sequence[Outage]
) -> None:
    if sitting.rulebook.has_voice:
        phoning.want(sitting, [(one.person_id, ring) for one in told for ring in one.rings])
    lines = lines_of_people(sitting.session, sorted({one.person_id for one in told}))
    [row] = notices_of("alarm")
    values = {rings: _values(rings, known) for rings in {one.rings for one in told}}  # two people hear mostly the same
    tellings = []
    for one in told:
        line = lines.get(one.person_id)
        if line is None:
            calls.book_for_desk(
                sitting, person_id=one.person_id, reason="no_line", ticket_id=one.ticket_id, school_id=None
            )
            continue
        tellings.append(
            Telling(
                line=line,
                key=f"e{events[one.ticket_id]}:{line.account_id}",
                weight=row.weight.value,
                ticket_id=one.ticket_id,
                event_id=events[one.ticket_id],
                body={"notice": row.name, "how": row.how.value, "values": values[one.rings]},
            )
        )
    put(sitting.session, sitting.now, tellings)


def _values(rings: Sequence[Ring], known: Sequence[Outage]) -> dict[str, object]:
    """The last rung is told; the others are counted, and an outage in which they were reached is named."""
    last = rings[-1]
    due_at = due_said(last.due_at, provisional=last.is_provisional)
    said: dict[str, Say | datetime] = {
        "stage": say(f"stage.{_kind_of(last.stage)}", due_at=due_at),
        "promise": promise_said(last.clock.promise, last.clock.step),
        "due_at": due_at,
        "folded": say("alarm.folded", count=len(rings)) if len(rings) > 1 else say("alarm.single"),
        "outage": _named(_outage(rings, known)),
    }
    return {name: to_json(value) for name, value in said.items()}


def _named(missed_in: Outage | None) -> Say:
    if missed_in is None:
        return say("alarm.in_time")
    return say("alarm.outage", down_at=missed_in.down_at, up_at=missed_in.up_at)


def _kind_of(stage: str) -> str:
    return "day" if stage.startswith("day-") else stage
