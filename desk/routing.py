"""Whose phone rings: first for a new matter, next when nothing moves or one passes. Each choice keeps its reason.

The rules stand in `agreement/routing.py`; here are the facts they look at, and the rows that remember who was rung.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from agreement.lifecycle import UNRESOLVED
from agreement.routing import Candidate, Choice, next_after, ranked
from agreement.words import Relation
from desk.duty import OF_DUTY, on_duty
from desk.sitting import Sitting
from storage.many import insert_many
from storage.prepared import Found, Prepared, Row
from storage.tables import Event, Person, Project, ProjectEngineer, RingRow, Shift, Ticket
from texts.say import Say, from_json, to_json

LOAD = (
    select(func.count())
    .where(Ticket.assignee_id == Person.id, Ticket.state.in_(sorted(UNRESOLVED)))
    .scalar_subquery()
)
RUNG_AT = select(func.max(RingRow.at)).where(RingRow.person_id == Person.id).scalar_subquery()
FACTS = select(Person.id, LOAD, RUNG_AT).where(Person.id.in_(bindparam("people", expanding=True)))
NAMED_FOR = (
    select(ProjectEngineer.person_id)
    .join(Project, Project.id == ProjectEngineer.project_id)
    .where(Project.school_id == bindparam("school"), ProjectEngineer.person_id == Person.id)
    .exists()
)
# Whoever may be rung first for a new matter of this `school`, with what the rules look at.
WHO_FIRST = OF_DUTY.join(Person, Person.id == Shift.person_id).add_columns(LOAD, RUNG_AT, NAMED_FOR)
NAMED = (
    select(Project.school_id, ProjectEngineer.person_id)
    .join(Project, Project.id == ProjectEngineer.project_id)
    .where(Project.school_id.in_(bindparam("schools", expanding=True)))
)
RUNG = select(RingRow.ticket_id, RingRow.round, RingRow.promise, RingRow.person_id).where(
    RingRow.ticket_id.in_(bindparam("tickets", expanding=True))
)
KEEP = insert_many(
    RingRow.__table__,
    ("ticket_id", "round", "promise", "person_id", "reason", "at"),
    lambda new: new.on_conflict_do_nothing(),
)
# Columns of an event that the clock writes: nobody acted.
OF_THE_CLOCK = ("ticket_id", "at", "recorded_at", "actor_as", "name", "round", "data", "is_internal")
HAPPENED = insert_many(Event.__table__, OF_THE_CLOCK, lambda new: new)


@dataclass(frozen=True)
class Matter:
    """What somebody is rung for. `promise` "": the ticket itself, when it is new or passed on."""

    ticket_id: int
    round: int
    school_id: int | None
    assignee_id: int | None
    promise: str = ""


def matter_of(ticket: Ticket) -> Matter:
    """The ticket itself, in its present round."""
    return Matter(ticket.id, ticket.round, ticket.school_id, ticket.assignee_id)


class Routes:
    """The choices of one transaction. Each sees those before it; `keep` writes them all."""

    def __init__(self, sitting: Sitting, matters: Sequence[Matter], duty: Sequence[int] | None = None) -> None:
        """`duty` are those on duty where that is known already. Without a matter nothing is asked for."""
        self._sitting = sitting
        people = list(on_duty(sitting) if duty is None else duty) if matters else []
        self._candidates = _candidates(sitting, people)
        self._named = _named(sitting, {one.school_id for one in matters if one.school_id is not None})
        self._rung = _rung(sitting, {one.ticket_id for one in matters})
        self._chosen: list[tuple[Matter, Choice]] = []

    def next(self, matter: Matter) -> Choice | None:
        """The engineer on duty who is rung now: none that was rung for this before, not who has it already."""
        choice = next_after({*self._rung_for(matter), matter.assignee_id or 0}, self._on_duty(matter))
        if choice is not None:
            self._remember(matter, choice)
        return choice

    def _rung_for(self, matter: Matter) -> set[int]:
        of_all = self._rung.get((matter.ticket_id, matter.round, ""), set())
        return of_all | self._rung.get((matter.ticket_id, matter.round, matter.promise), set())

    def _on_duty(self, matter: Matter) -> list[Candidate]:
        named = self._named.get(matter.school_id or 0, set())
        return [replace(one, is_named=one.person_id in named) for one in self._candidates.values()]

    def in_turn(self, matter: Matter) -> list[int]:
        """Everybody on duty, who would be rung next first; whoever was rung for this before comes last."""
        return ranked(self._rung_for(matter), self._on_duty(matter))

    def _remember(self, matter: Matter, choice: Choice) -> None:
        key = (matter.ticket_id, matter.round, matter.promise)
        self._rung.setdefault(key, set()).add(choice.person_id)
        self._candidates[choice.person_id] = replace(
            self._candidates[choice.person_id], rung_at=self._sitting.now
        )
        self._chosen.append((matter, choice))

    def keep(self) -> None:
        """Write who was rung and why: the row that remembers it, and an event."""
        if self._chosen:
            self._sitting.session.flush()
            _write(self._sitting, self._chosen)
            self._chosen.clear()


def _write(sitting: Sitting, chosen: Sequence[tuple[Matter, Choice]]) -> None:
    KEEP.run(sitting.session, [_row(*one, sitting.now) for one in chosen])
    HAPPENED.run(sitting.session, [_event(*one, sitting.now) for one in chosen])


def was_rung(sitting: Sitting, ticket: Ticket, choice: Choice | None) -> list[Row]:
    """Write the first choice down, once its ticket is there; its event, to stand behind that of the filing."""
    if choice is None:
        return []
    first = (matter_of(ticket), choice, sitting.now)
    KEEP.run_later(sitting.session, [_row(*first)])
    return [_event(*first)]


def ring_next(sitting: Sitting, ticket: Ticket) -> int | None:
    """Choose who is rung for this ticket now and remember it on the ticket; None when nobody is left."""
    routes = Routes(sitting, [matter_of(ticket)])
    choice = routes.next(matter_of(ticket))
    routes.keep()
    ticket.rung_id = choice.person_id if choice else None
    return ticket.rung_id


def in_turn(sitting: Sitting, ticket: Ticket) -> list[int]:
    """Those on duty as they would be asked from now on: whose phone rings, the others, who was rung for it before."""
    people = Routes(sitting, [matter_of(ticket)]).in_turn(matter_of(ticket))
    rings = ticket.rung_id if ticket.assignee_id is None else None
    return sorted(people, key=lambda one: one != rings)


def why(sitting: Sitting, ticket: Ticket) -> tuple[int, Say] | None:
    """Who was rung last for this round of the ticket, and why; None when nobody was."""
    found = ROUTED.first(sitting.session, {"ticket": ticket.id, "of_round": ticket.round})
    if found is None:
        return None
    (data,) = found
    values = {name: from_json(value) for name, value in data["values"].items()}
    return int(data["engineer"]), Say(str(data["reason"]), values)


ROUTED = Prepared(
    select(Event.data)
    .where(
        Event.ticket_id == bindparam("ticket"), Event.name == "routed", Event.round == bindparam("of_round")
    )
    .order_by(Event.id.desc())
    .limit(1)
)


def _found(sitting: Sitting, query: Select[*tuple[Any, ...]], name: str, among: Collection[int]) -> Iterable[Found]:
    """The rows of these ids, which stand in the query under that name; without any the way there is saved."""
    return sitting.session.execute(query, {name: sorted(among)}).all() if among else ()


def _candidates(sitting: Sitting, people: Sequence[int]) -> dict[int, Candidate]:
    rows = _found(sitting, FACTS, "people", people)
    return {
        person: Candidate(person, is_named=False, open_load=load, rung_at=rung_at)
        for person, load, rung_at in rows
    }


def _named(sitting: Sitting, schools: Collection[int]) -> dict[int, set[int]]:
    named: dict[int, set[int]] = {}
    for school, person in _found(sitting, NAMED, "schools", schools):
        named.setdefault(school, set()).add(person)
    return named


def _rung(sitting: Sitting, tickets: Collection[int]) -> dict[tuple[int, int, str], set[int]]:
    rung: dict[tuple[int, int, str], set[int]] = {}
    for ticket, round_, promise, person in _found(sitting, RUNG, "tickets", tickets):
        rung.setdefault((ticket, round_, promise), set()).add(person)
    return rung


def _row(matter: Matter, choice: Choice, now: datetime) -> dict[str, object]:
    return {
        "ticket_id": matter.ticket_id,
        "round": matter.round,
        "promise": matter.promise,
        "person_id": choice.person_id,
        "reason": choice.reason_key,
        "at": now,
    }


def _event(matter: Matter, choice: Choice, now: datetime) -> dict[str, object]:
    values = {name: to_json(value) for name, value in choice.values.items() if value is not None}
    return {
        "ticket_id": matter.ticket_id,
        "at": now,
        "recorded_at": now,
        "actor_as": Relation.SYSTEM.value,
        "name": "routed",
        "round": matter.round,
        "data": {
            "engineer": choice.person_id,
            "reason": choice.reason_key,
            "values": values,
            "promise": matter.promise,
        },
        "is_internal": True,
    }
