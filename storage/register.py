"""The register of a period: the tickets that it lists, narrowed by what somebody looks for, as they were filed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from storage.search import bigrams
from storage.tables import Person, School, Ticket

ORDINAL: Final = re.compile(r"#?(\d{1,9})")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """From `since_at`, before `until_at`, by the moment of the report. What is empty narrows nothing.

    `schools`: None is every school. `flag`: urgent, calm or complaint. `words`: of the text, or a number.
    """

    since_at: datetime
    until_at: datetime
    schools: frozenset[int] | None
    kind: str = ""
    state: str = ""
    flag: str = ""
    words: str = ""


@dataclass(frozen=True)
class Listed:
    """One line: the ticket, and the names that stand beside it."""

    ticket: Ticket
    school: str
    reporter: str
    assignee: str


def count(session: Session, wanted: Wanted) -> int:
    """How many there are."""
    return session.scalar(select(func.count(Ticket.id)).where(*_where(wanted))) or 0


def listed(session: Session, wanted: Wanted, *, offset: int, limit: int) -> Sequence[Listed]:
    """A page of them with their names."""
    reporter, assignee = aliased(Person), aliased(Person)
    query = (
        select(Ticket, School.name, reporter.name, assignee.name)
        .outerjoin(School, School.id == Ticket.school_id)
        .outerjoin(reporter, reporter.id == Ticket.reporter_id)
        .outerjoin(assignee, assignee.id == Ticket.assignee_id)
        .where(*_where(wanted))
        .order_by(Ticket.id)
        .offset(offset)
        .limit(limit)
    )
    rows = session.execute(query)
    return [Listed(ticket, *(name or "" for name in (at, by, to))) for ticket, at, by, to in rows]


def schools(session: Session, only: frozenset[int] | None) -> Sequence[tuple[int, str]]:
    """The schools to choose from, by name."""
    query = select(School.id, School.name).order_by(School.name, School.id)
    if only is not None:
        query = query.where(School.id.in_(only))
    return [(one, name) for one, name in session.execute(query)]


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        Ticket.reported_at >= wanted.since_at,
        Ticket.reported_at < wanted.until_at,
    ]
    if wanted.schools is not None:
        found.append(Ticket.school_id.in_(wanted.schools) if wanted.schools else false())
    if wanted.kind:
        found.append(Ticket.kind == wanted.kind)
    if wanted.state:
        found.append(Ticket.state == wanted.state)
    if wanted.flag:
        found.append(FLAGS[wanted.flag])
    if wanted.words.strip():
        found.append(said(wanted.words.strip()))
    return found


FLAGS: Final[dict[str, ColumnElement[bool]]] = {
    "urgent": Ticket.is_urgent.is_(true()),
    "calm": Ticket.is_urgent.is_(false()),
    "complaint": Ticket.is_complaint.is_(true()),
}


def said(words: str) -> ColumnElement[bool]:
    """登记编号, the short number (#3 is nothing else), or every pair of signs in the text."""
    ordinal = ORDINAL.fullmatch(words)
    numbered = or_(Ticket.number == words.upper(), Ticket.ordinal == int(ordinal[1]) if ordinal else false())
    if words.startswith("#") and ordinal:
        return numbered
    pairs = [Ticket.search.contains(pair, autoescape=True) for pair in bigrams(words).split()]
    return or_(numbered, and_(*pairs) if pairs else false())
