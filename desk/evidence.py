"""The evidence of one breach as one frozen value: what was reported, promised, told, done, and where the desk was down.

Nothing is told from memory: the report is the ticket's, the course of the clock its segments, the alarms what the
outbox really sent, on which channel and with what answer, the outages the gaps of the desk's own heartbeat.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.segments import Segment, segments_from_json
from agreement.terms import Term
from agreement.words import Promise, PromiseState
from desk import clock_rows, ledger_view
from desk.access import name_of
from desk.beating import Outage, outages
from desk.events import append
from desk.evidence_alarms import AlarmLine, alarms_of
from desk.ledger_view import EntryView
from desk.showing import school_name
from desk.sitting import Sitting
from storage.tables import Contract, Event, Penalty, PromiseRow, Ticket, Visit
from texts.formats import degrees
from texts.say import Json

# What a person did about it, in the words of the history.
DEEDS = (
    "acknowledge",
    "answered_at_once",
    "acknowledgement_expired",
    "aware",
    "phone_rang",
    "phone_acknowledged",
    "phone_unanswered",
    "assign",
    "hand_over",
    "depart",
    "arrive",
    "ask",
    "answer",
    "propose",
    "agree",
    "discuss",
    "start",
    "step_done",
    "done",
    "decline",
    "not_solved",
    "reject",
    "merge",
    "merged_from",
    "urgent",
    "not_urgent",
)
# Those of the clock's that are about a person, who stands in what was written of them.
CALLED = frozenset({"phone_rang", "phone_unanswered"})


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was said, by whom, how; `received_at` is when the desk had it, `registered_at` when it was filed."""

    words: str
    reporter: str
    channel: str
    place: str
    system: str
    reported_at: datetime
    received_at: datetime
    registered_at: datetime
    is_unconfirmed: bool
    urgent_at: datetime | None
    cause: str
    harm: str


@dataclass(frozen=True, kw_only=True)
class Course:
    """The clock: from when, how long, until when, by which policy and calendar, and what happened to it."""

    promise: Promise
    step: int
    round: int
    started_at: datetime
    term: Term | None  # None for a step of a plan: it is due at its own date
    due_at: datetime
    policy: str
    calendar: str
    state: PromiseState
    fulfilled_at: datetime | None
    booked_at: datetime | None
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Deed:
    """What somebody did, when it counts and when it was recorded. `who` is empty for the clock alone."""

    at: datetime
    recorded_at: datetime
    what: str
    who: str
    place: str = ""  # where the phone said they were, at 到场


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One breach with everything that speaks for either side. `entry` is None for one without a sum."""

    breach: int
    school: str
    contract: str
    ordinal: int
    number: str
    made_at: datetime
    report: Report
    course: Course
    alarms: tuple[AlarmLine, ...]
    deeds: tuple[Deed, ...]
    outages: tuple[Outage, ...]
    entry: EntryView | None

    def as_json(self) -> Json:
        """The whole value for a machine: datetimes in ISO 8601 UTC, sums in fen."""
        return _plain(asdict(self))


def look(sitting: Sitting, breach_id: int) -> Evidence | None:
    """Show the evidence of a breach; that somebody looked is an event. None where it is not theirs to see."""
    found = evidence(sitting, breach_id)
    if found is not None:
        ticket = sitting.session.get_one(Ticket, sitting.session.get_one(PromiseRow, breach_id).ticket_id)
        append(sitting, ticket, "evidence_seen", {"breach": breach_id, "channel": sitting.actor.channel})
    return found


def evidence(sitting: Sitting, breach_id: int) -> Evidence | None:
    """Everything about this breach as it stands now."""
    row = sitting.session.get(PromiseRow, breach_id)
    ticket = sitting.session.get(Ticket, row.ticket_id) if row is not None else None
    if row is None or ticket is None or not ledger_view.may_read(sitting.actor, ticket.school_id):
        return None
    entry_id = _entry_of(sitting.session, row)
    if row.booked_at is None and entry_id is None:
        return None  # a house target, or a breach that never was
    until = max(row.due_at, row.booked_at or row.due_at)
    return Evidence(
        breach=row.id,
        school=school_name(sitting, ticket.school_id),
        contract=_contract_number(sitting, ticket),
        ordinal=ticket.ordinal,
        number=ticket.number,
        made_at=sitting.now,
        report=_report(sitting, ticket),
        course=_course(sitting, row),
        alarms=alarms_of(sitting, ticket, row),
        deeds=_deeds(sitting, ticket, row),
        outages=tuple(one for one in outages(sitting.session, row.started_at) if one.down_at < until),
        entry=ledger_view.entry_seen(sitting, entry_id) if entry_id is not None else None,
    )


def _entry_of(session: Session, row: PromiseRow) -> int | None:
    return session.scalar(
        select(Penalty.id).where(
            Penalty.ticket_id == row.ticket_id, Penalty.promise == row.promise, Penalty.round == row.round
        )
    )


def _contract_number(sitting: Sitting, ticket: Ticket) -> str:
    contract = sitting.session.get(Contract, ticket.contract_id) if ticket.contract_id else None
    return contract.number if contract is not None else ""


def _report(sitting: Sitting, ticket: Ticket) -> Report:
    return Report(
        words=ticket.text,
        reporter=name_of(sitting, ticket.reporter_id),
        channel=ticket.channel,
        place=ticket.place,
        system=ticket.system,
        reported_at=ticket.reported_at,
        received_at=ticket.received_at,
        registered_at=ticket.registered_at,
        is_unconfirmed=ticket.is_unconfirmed,
        urgent_at=ticket.urgent_at,
        cause=ticket.cause,
        harm=ticket.harm,
    )


def _course(sitting: Sitting, row: PromiseRow) -> Course:
    policy = sitting.rulebook.policy(sitting.session, row.policy_id)
    life = clock_rows.life_of(sitting, row)
    return Course(
        promise=Promise(row.promise),
        step=row.step,
        round=row.round,
        started_at=life.started_at,
        term=policy.terms.get(Promise(row.promise)),
        due_at=life.due_at,
        policy=policy.version,
        calendar=row.calendar_edition,
        state=life.state,
        fulfilled_at=life.fulfilled_at or life.kept_at,
        booked_at=row.booked_at,
        segments=segments_from_json(row.segments),
    )


def _deeds(sitting: Sitting, ticket: Ticket, row: PromiseRow) -> tuple[Deed, ...]:
    rows = sitting.session.scalars(
        select(Event)
        .where(Event.ticket_id == ticket.id, Event.round == row.round, Event.name.in_(DEEDS))
        .order_by(Event.id)
    )
    places = _arrivals(sitting.session, ticket)
    return tuple(
        Deed(
            at=one.at,
            recorded_at=one.recorded_at,
            what=one.name,
            who=_who(sitting, one),
            place=places.get((one.actor_id, one.at), "") if one.name == "arrive" else "",
        )
        for one in rows
    )


def _arrivals(session: Session, ticket: Ticket) -> dict[tuple[int | None, datetime | None], str]:
    """Where, by who and when. The location comes after the tap, so it is the visit's and not the event's."""
    found = session.scalars(select(Visit).where(Visit.ticket_id == ticket.id))
    return {(one.person_id, one.arrived_at): degrees(one.place) for one in found}


def _who(sitting: Sitting, event: Event) -> str:
    """Whoever did it; of a call that the clock made, whoever was called."""
    return name_of(sitting, event.data["person"] if event.name in CALLED else event.actor_id)


def _plain(value: object) -> Json:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, bool | int | str) or value is None else str(value)
