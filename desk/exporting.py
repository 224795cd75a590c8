"""What an export of the archive holds, page by page along the chain: every link, and the things of the chosen cases.

Links of other cases go along as digests alone, so that the chain adds up and tells nothing. The chain is only ever
added to, so pages read one after the other are one archive.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.chain import Link, Sealed
from agreement.days import begins, ends
from agreement.policy_file import DEFAULT
from desk import heads
from desk.chaining import LAST, link_of
from desk.heads import Head
from storage.tables import Archived, Attachment, ChainLink, RecordEdition, School, Ticket

PAGE: Final = 200
FOR_EVERYBODY: Final = frozenset({Sealed.ERASURE})  # names links by number only


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which archived cases: all, those of these numbers, of a school, archived in these days (both included)."""

    numbers: tuple[str, ...] = ()
    school: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_all(self) -> bool:
        """Nothing was left out by asking."""
        return self == Asked()


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What goes into an export: up to which link, of which cases (None: all), with which heads."""

    last: Link | None
    tickets: frozenset[int] | None
    cases: tuple[str, ...]
    heads: tuple[Head, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing as it goes into an export. `text` or `file`; neither once it was erased."""

    kind: str
    path: str
    sha256: str
    salt: str
    text: str | None = None
    file: str = ""

    @property
    def is_erased(self) -> bool:
        """Its salt is dropped: only the link stands."""
        return not self.salt


@dataclass(frozen=True)
class Step:
    """One link and, where it belongs to a chosen case, what it covers."""

    link: Link
    part: Part | None


def scope(session: Session, asked: Asked) -> Scope:
    """What there is to export now."""
    row = session.scalar(LAST)
    found = session.execute(_cases(asked)).all()
    return Scope(
        last=link_of(row) if row is not None else None,
        tickets=None if asked.is_all else frozenset(ticket for ticket, _ in found),
        cases=tuple(number for _, number in found),
        heads=tuple(reversed(heads.every(session))),
    )


def _cases(asked: Asked):  # type: ignore[no-untyped-def]  # a select, whose type nobody can write
    query = (
        select(Ticket.id, Ticket.number)
        .join(Archived, Archived.ticket_id == Ticket.id)
        .where(Ticket.id.in_(select(ChainLink.ticket_id).where(ChainLink.kind == Sealed.CASE.value)))
        .order_by(Ticket.number)
    )
    if asked.numbers:
        query = query.where(Ticket.number.in_(asked.numbers))
    if asked.school:
        query = query.join(School, School.id == Ticket.school_id).where(School.name == asked.school)
    if asked.since is not None:
        query = query.where(Archived.at >= begins(asked.since, DEFAULT.zone))
    if asked.until is not None:
        query = query.where(Archived.at < ends(asked.until, DEFAULT.zone))
    return query


def page(session: Session, chosen: Scope, after: int) -> list[Step]:
    """The links that come after that one, as many as go at once."""
    last = chosen.last.n if chosen.last is not None else 0
    rows = session.execute(
        select(ChainLink, RecordEdition.content, Attachment.path)
        .outerjoin(RecordEdition, RecordEdition.id == ChainLink.edition_id)
        .outerjoin(Attachment, Attachment.id == ChainLink.attachment_id)
        .where(ChainLink.n > after, ChainLink.n <= last)
        .order_by(ChainLink.n)
        .limit(PAGE)
    )
    return [Step(link_of(row), _part(chosen, row, content or "", path or "")) for row, content, path in rows]


def _part(chosen: Scope, row: ChainLink, content: str, path: str) -> Part | None:
    kind = Sealed(row.kind)
    if chosen.tickets is not None and row.ticket_id not in chosen.tickets and kind not in FOR_EVERYBODY:
        return None
    inside = content if kind is Sealed.RECORD else row.content
    files = {Sealed.PRINT: row.sha256, Sealed.TAKEN_IN: row.sha256, Sealed.ATTACHMENT: path}
    return Part(
        kind=kind.value,
        path=row.path,
        sha256=row.sha256,
        salt=row.salt,
        text=inside if inside and row.salt else None,
        file=files.get(kind, "") if row.salt else "",
    )
