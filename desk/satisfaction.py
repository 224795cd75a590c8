"""How the customers liked the work in a span of time: of all tickets, of one school, by engineer and by project.

An opinion counts when it was given or silence stood for it. What is weighed is one asking: a round of a ticket,
with everything that was said to it in the span.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from sqlalchemy import func, select

from agreement.measuring import Asked, Satisfaction, satisfaction
from desk.access import name_of
from desk.measuring import EVERYBODYS, Of, Span
from desk.sitting import Sitting
from storage.tables import Contract, Event, Opinion, Project, School, Ticket

K = TypeVar("K", bound=Hashable)
# Who is meant by the opinion: whoever finished the work before it was given. A ticket that was opened again and
# handed over has another assignee by now, and that one is neither praised nor blamed for the round before.
FINISHED_BY: Final = (
    select(Event.actor_id)
    .where(
        Event.ticket_id == Opinion.ticket_id,
        Event.round == Opinion.round,
        Event.name == "done",
        Event.at <= Opinion.at,
    )
    .order_by(Event.id.desc())
    .limit(1)
    .scalar_subquery()
)
ENGINEER: Final = func.coalesce(FINISHED_BY, Ticket.assignee_id)


@dataclass(frozen=True)
class Heard:
    """One asking that is over, and whose work in which project it was about."""

    asked: Asked
    engineer_id: int | None  # None: answered on the phone, nobody went to work
    project: str  # what belongs to no project stands by its school


@dataclass(frozen=True)
class Liked:
    """What was said of one engineer or project."""

    name: str
    marks: Satisfaction


def opinions(sitting: Sitting, span: Span, of: Of = EVERYBODYS) -> Satisfaction:
    """The customer's satisfaction: one asking for each round of a ticket."""
    return satisfaction(one.asked for one in _heard(sitting, span, of))


def by_engineer(sitting: Sitting, span: Span) -> Sequence[Liked]:
    """Of every engineer whose work was asked about, the lowest index first."""
    pairs = ((one.engineer_id, one.asked) for one in _heard(sitting, span) if one.engineer_id is not None)
    liked = (Liked(name_of(sitting, person), satisfaction(said)) for person, said in _grouped(pairs).items())
    return sorted(liked, key=_worst_first)


def by_project(sitting: Sitting, span: Span) -> Sequence[Liked]:
    """Of every project that was asked about, the lowest index first."""
    pairs = ((one.project, one.asked) for one in _heard(sitting, span) if one.project)
    liked = (Liked(name, satisfaction(said)) for name, said in _grouped(pairs).items())
    return sorted(liked, key=_worst_first)


def _worst_first(one: Liked) -> tuple[bool, Decimal, int, str]:
    """Without a mark nothing is known, which is neither bad nor good: those last, the most silent before the others."""
    return one.marks.index is None, one.marks.index or Decimal(0), -one.marks.response.whole, one.name


def _grouped(pairs: Iterable[tuple[K, Asked]]) -> dict[K, list[Asked]]:
    groups: dict[K, list[Asked]] = {}
    for key, asked in pairs:
        groups.setdefault(key, []).append(asked)
    return groups


def _heard(sitting: Sitting, span: Span, of: Of = EVERYBODYS) -> Iterable[Heard]:
    """Every asking of the span; what was said last to it says whose work is meant."""
    rows = sitting.session.execute(
        select(
            Opinion.ticket_id, Opinion.round, Opinion.answer, Opinion.mark, ENGINEER, Project.name, School.name
        )
        .join(Ticket, Ticket.id == Opinion.ticket_id)
        .outerjoin(School, School.id == Ticket.school_id)
        .outerjoin(Contract, Contract.id == Ticket.contract_id)
        .outerjoin(Project, Project.id == Contract.project_id)
        .where(span.holds(Opinion.at), of.tickets)
        .order_by(Opinion.id)
    )
    heard: dict[tuple[int, int], Heard] = {}
    for ticket_id, round_, answer, mark, engineer_id, project, school in rows:
        last = heard.get((ticket_id, round_))
        before = last.asked if last is not None else Asked(None, answered=False)
        asked = Asked(mark if mark is not None else before.mark, before.answered or answer != "silence")
        heard[(ticket_id, round_)] = Heard(asked, engineer_id, _project_said(project, school))
    return heard.values()


def _project_said(project: str | None, school: str | None) -> str:
    """With its school where its own name does not tell it."""
    parts = [school, project] if project and school and school not in project else [project or school]
    return " ".join(part for part in parts if part)
