"""What the simulated year has seen, counted from the tables: a thing that never happened would prove nothing."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agreement.segments import CALENDAR, SegmentKind, segments_from_json
from storage.tables import CalendarEdition, Event, Leave, PromiseRow, Shift
from tests.year.reckoning import DEEDS as LEDGER
from tests.year.simulation import Simulation

REFUTING = ("not_solved", "object", "discuss", "resort_refused")


def things_seen(session: Session, simulation: Simulation, reckoned: Counter[str]) -> Counter[str]:
    """Each by its name."""
    events = _events(session)
    seen: Counter[str] = Counter()
    seen["outages of 3 h"] = len(simulation.outages)
    seen["received after an outage"] = simulation.counts["received late"]
    seen["editions of the calendar"] = session.scalar(select(func.count(CalendarEdition.id))) or 0
    seen["due times moved by an edition"] = _moved_by_edition(session)
    seen["shifts fallen out for leave"] = _on_leave(session)
    seen["closed by the customer's silence"] = events["silence_stands"]
    seen["customers who refuted"] = sum(events[name] for name in REFUTING)
    seen["re-sorted with consent"] = events["resort"]
    seen["new rounds"] = events["new_round"]
    seen["merged"] = events["merge"]
    seen["plans agreed"] = events["agree"]
    for name in LEDGER:
        seen[f"ledger: {name}"] = reckoned[name]
    return seen


def _events(session: Session) -> Counter[str]:
    rows = session.execute(select(Event.name, func.count().label("times")).group_by(Event.name))
    return Counter({row.name: row.times for row in rows})


def _moved_by_edition(session: Session) -> int:
    return sum(
        segment.kind is SegmentKind.MOVED and segment.reason == CALENDAR
        for text in session.scalars(select(PromiseRow.segments))
        for segment in segments_from_json(text)
    )


def _on_leave(session: Session) -> int:
    """Shifts whose engineer was away for some of it."""
    query = select(func.count(Shift.id.distinct())).join(Leave, Leave.person_id == Shift.person_id)
    away = (Leave.answer == "agreed", Leave.starts_at < Shift.ends_at, Leave.ends_at > Shift.starts_at)
    return session.scalar(query.where(*away)) or 0
