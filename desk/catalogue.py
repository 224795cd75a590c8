"""归档文件目录: what was archived in a period, as each case's own 《归档记录》 says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agreement.policy import DEFAULT
from agreement.words import Record
from storage.tables import Archived, RecordEdition, Ticket


@dataclass(frozen=True, kw_only=True)
class Filed:
    """One 件. `cover` is the content of its newest 《归档记录》; empty while that is being closed."""

    file_number: str
    number: str  # 登记编号
    term: str
    kept_until: date | None
    secrecy: str
    archived_on: date
    cover: str


def filed(session: Session, since: date, until: date) -> Sequence[Filed]:
    """What was archived in these days, both included, in the order of 档号."""
    newest = (
        select(RecordEdition.ticket_id, func.max(RecordEdition.id).label("id"))
        .where(RecordEdition.record == Record.ARCHIVE.value)
        .group_by(RecordEdition.ticket_id)
        .subquery()
    )
    rows = session.execute(
        select(Archived, Ticket.number, RecordEdition.content)
        .join(Ticket, Ticket.id == Archived.ticket_id)
        .outerjoin(newest, newest.c.ticket_id == Archived.ticket_id)
        .outerjoin(RecordEdition, RecordEdition.id == newest.c.id)
        .where(Archived.at >= _begins(since), Archived.at < _begins(until + timedelta(days=1)))
        .order_by(Archived.file_number, Archived.id)
    )
    return [_filed(one, number, content or "") for one, number, content in rows]


def _filed(one: Archived, number: str, cover: str) -> Filed:
    return Filed(
        file_number=one.file_number,
        number=number,
        term=one.term,
        kept_until=one.kept_until,
        secrecy=one.secrecy,
        archived_on=one.at.astimezone(DEFAULT.zone).date(),
        cover=cover,
    )


def expired(session: Session, today: date) -> Sequence[Filed]:
    """What need not be kept any longer: listed for a signed 销毁清册, never destroyed by a program."""
    every = filed(session, date(1970, 1, 1), today)
    return [one for one in every if one.kept_until is not None and one.kept_until < today]


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), DEFAULT.zone)
