"""归档文件目录: what was archived in a period, as each case's own 《归档记录》 says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from agreement.archive import ArchiveRules
from agreement.days import begins, ends
from agreement.policy_file import DEFAULT
from agreement.words import Record
from desk.rulebook import Rulebook
from storage.register import said
from storage.tables import Archived, RecordEdition, Ticket


@dataclass(frozen=True, kw_only=True)
class Days:
    """Archived on these days, both included. `schools`: None is every school; `words`: of the case, or a number."""

    since: date
    until: date
    schools: frozenset[int] | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Filed:
    """One 件. `cover` is the content of its newest 《归档记录》; empty while that is being closed."""

    ticket: Ticket
    file_number: str
    term: str
    kept_until: date | None
    secrecy: str
    archived_on: date
    cover: str


def count(session: Session, days: Days) -> int:
    """How many there are."""
    query = select(func.count(Archived.id)).join(Ticket, Ticket.id == Archived.ticket_id).where(*_where(days))
    return session.scalar(query) or 0


def filed(session: Session, days: Days, *, offset: int = 0, limit: int | None = None) -> Sequence[Filed]:
    """What was archived in these days, in the order of 档号."""
    newest = (
        select(RecordEdition.ticket_id, func.max(RecordEdition.id).label("id"))
        .where(RecordEdition.record == Record.ARCHIVE.value)
        .group_by(RecordEdition.ticket_id)
        .subquery()
    )
    rows = session.execute(
        select(Archived, Ticket, RecordEdition.content)
        .join(Ticket, Ticket.id == Archived.ticket_id)
        .outerjoin(newest, newest.c.ticket_id == Archived.ticket_id)
        .outerjoin(RecordEdition, RecordEdition.id == newest.c.id)
        .where(*_where(days))
        .order_by(Archived.file_number, Archived.id)
        .offset(offset)
        .limit(limit)
    )
    return [_filed(one, ticket, content or "") for one, ticket, content in rows]


def _where(days: Days) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        Archived.at >= begins(days.since, DEFAULT.zone),
        Archived.at < ends(days.until, DEFAULT.zone),
    ]
    if days.schools is not None:
        found.append(Ticket.school_id.in_(days.schools) if days.schools else false())
    if days.words:
        found.append(or_(Archived.file_number == days.words.upper(), said(days.words)))
    return found


def _filed(one: Archived, ticket: Ticket, cover: str) -> Filed:
    return Filed(
        ticket=ticket,
        file_number=one.file_number,
        term=one.term,
        kept_until=one.kept_until,
        secrecy=one.secrecy,
        archived_on=one.at.astimezone(DEFAULT.zone).date(),
        cover=cover,
    )


def rules_of(session: Session, rulebook: Rulebook, found: Sequence[Filed]) -> ArchiveRules:
    """By which rules these were filed: those of the newest of them."""
    newest = max(found, key=lambda one: (one.archived_on, one.ticket.id), default=None)
    return rulebook.policy(session, newest.ticket.policy_id).archive if newest is not None else DEFAULT.archive


def expired(session: Session, today: date) -> Sequence[Filed]:
    """What need not be kept any longer: listed for a signed 销毁清册, never destroyed by a program."""
    every = filed(session, Days(since=date(1970, 1, 1), until=today))
    return [one for one in every if one.kept_until is not None and one.kept_until < today]
