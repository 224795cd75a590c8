"""A case file as its page shows it: records, editions, checks, 档号, chain. Each look at another's case is an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from agreement.archive import CHECKS, Quality
from agreement.words import Record, Relation, State
from desk.access import VENDOR, relations
from desk.archive_checks import Checked, checked
from desk.archiving import may_explain
from desk.case_file import CaseFile
from desk.case_reading import case_file
from desk.events import looked
from desk.handing_out import theirs
from desk.paper_returns import OVER
from desk.showing import viewer
from desk.sitting import Sitting
from storage import sight
from storage.tables import Account

OF_THE_HOUSE = frozenset(VENDOR.values())
ENDED = frozenset({State.CLOSED.value, State.DECLINED.value})


@dataclass(frozen=True, kw_only=True)
class RecordSeen:
    """One record that this person may have; `edition` 0 while it is open."""

    record: Record
    attempt: int
    number: str
    edition: int
    made_at: datetime | None
    pages: int
    left_open: Sequence[str]
    link: int | None  # in the chain


@dataclass(frozen=True, kw_only=True)
class CaseSeen:
    """What the page shows. `checks` only to the vendor's people."""

    ticket_id: int
    account_id: int  # the viewer's line, for which previews are made; 0: none
    ordinal: int
    number: str
    school: str
    state: str
    text: str
    file_number: str
    term: str
    kept_until: date | None
    records: Sequence[RecordSeen]
    checks: Sequence[tuple[Quality, Checked]]
    takes_papers: bool  # whether a signed paper may come back
    may_explain: bool  # whether this person may let it pass by a written 缺项说明


def look(sitting: Sitting, subject: str) -> CaseSeen | None:
    """The case as this person may see it; None where it is not theirs to see. Looks at one's own are no event."""
    ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ticket_id=int(subject))
    if ticket is None:
        return None
    held = relations(sitting.actor, ticket)
    case = case_file(sitting, ticket)
    looked(sitting, [ticket], "case_seen")
    filed = case.archived
    papers = theirs(sitting, ticket, held)
    return CaseSeen(
        ticket_id=ticket.id,
        account_id=_account(sitting),
        ordinal=ticket.ordinal,
        number=ticket.number,
        school=case.school,
        state=ticket.state,
        text=ticket.text,
        file_number=filed.file_number if filed is not None else "",
        term=filed.term if filed is not None else "",
        kept_until=filed.kept_until if filed is not None else None,
        records=[_seen(case, record, attempt) for record, attempt in papers],
        checks=_checks(case) if held & OF_THE_HOUSE else (),
        takes_papers=bool(papers) and ticket.state not in OVER,
        may_explain=Relation.ARCHIVIST in held and ticket.state in ENDED and may_explain(case),
    )


def _account(sitting: Sitting) -> int:
    query = select(Account.id).where(Account.person_id == sitting.actor.person_id).order_by(Account.rank).limit(1)
    return sitting.session.scalar(query) or 0


def _seen(case: CaseFile, record: Record, attempt: int) -> RecordSeen:
    last = case.newest().get((record, attempt))
    links = [one.n for one in case.seals if last is not None and one.edition_id == last.id]
    return RecordSeen(
        record=record,
        attempt=attempt,
        number=case.numbers.get((record, attempt), ""),
        edition=last.edition if last is not None else 0,
        made_at=last.made_at if last is not None else None,
        pages=last.pages if last is not None else 0,
        left_open=last.left_open if last is not None else (),
        link=links[0] if links else None,
    )


def _checks(case: CaseFile) -> list[tuple[Quality, Checked]]:
    return [(CHECKS[one.check], one) for one in checked(case)]
