"""What is to be closed: for each ticket where something happened, the editions that its records have come to.

Reading and writing are two steps, so that pages can be set and counted between them, outside any transaction.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from agreement.printed import Fault
from agreement.words import Record
from desk import record_editions
from desk.alerting import sitting
from desk.case_file import CaseFile
from desk.case_reading import case_file
from desk.record_editions import Closed
from desk.rulebook import Rulebook
from desk.sealing import seal
from desk.sitting import Sitting
from records import shelf
from records.confirmed import lines_under
from records.editions import Standing, standings
from records.examining import faults, qr_faults
from records.grid import Printing, Sheet
from records.office import Office
from records.papers import Edition, attempts, canonical, digest, open_cells
from records.sheets import sheet
from records.writing_pdf import pages, press
from storage import due
from storage.work import is_of_database

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ToClose:
    """One ticket. `due_at` is when its editions fell due; nothing `found` means that it is settled, None that the
    case could not be projected."""

    ticket_id: int
    due_at: datetime
    found: tuple["Found", ...] | None


@dataclass(frozen=True)
class Found:
    """One edition that has come to be, and what its print says besides: confirmations below, the QR's address."""

    standing: Standing
    under: tuple[str, ...]
    verify_url: str
    qr: tuple[Fault, ...]  # what is wrong with that address


def due_now(session: Session, rulebook: Rulebook, office: Office, now: datetime) -> list[ToClose]:
    """Tickets with editions to be made. One that cannot be projected is named in the log; the others go on."""
    house = sitting(session, rulebook, now)
    found = []
    for ticket in due.records(session, now):
        ticket_id, due_at = ticket.id, ticket.records_due_at or now
        try:
            case = case_file(house, ticket)
            found.append(ToClose(ticket_id, due_at, tuple(_found(one, case, rulebook) for one in _new(case, office))))
        except Exception as error:
            if is_of_database(error):  # nothing more can be read in this transaction: all of it comes again
                raise
            log.error("the records of ticket %s cannot be closed", ticket_id, exc_info=error)
            found.append(ToClose(ticket_id, due_at, None))
    return found


def _new(case: CaseFile, office: Office) -> tuple[Standing, ...]:
    """Editions that are not kept yet. 《归档记录》 lists all others, so it is made when they are."""
    others = [record for record in Record if record is not Record.ARCHIVE]
    return _of(others, case, office) or _of([Record.ARCHIVE], case, office)


def _of(records: Sequence[Record], case: CaseFile, office: Office) -> tuple[Standing, ...]:
    every = (
        one
        for record in records
        for attempt in attempts(record, case)
        for one in standings(record, attempt, case, office)
    )
    return tuple(one for one in every if one.edition is not None and not one.is_kept)


def _found(one: Standing, case: CaseFile, rulebook: Rulebook) -> Found:
    under = lines_under(one.paper.record, one.paper.attempt, case)
    links, number = rulebook.verify_links, one.paper.number
    return Found(one, under, links.url(number), qr_faults(number, links.url(number), links.read))


def counted(one: ToClose, office: Office) -> list[Closed]:
    """Each printed and put on the shelf: sets PDFs, so call it outside a transaction and off the loop."""
    return [_closed(found, office) for found in one.found or ()]


def _closed(found: Found, office: Office) -> Closed:
    one = found.standing
    if one.edition is None or one.cause is None:
        raise ValueError("an open record has no edition to be kept")
    content = canonical(one.paper)
    form = office.forms.of(one.paper.record, *one.paper.form)
    printed = press(office.fonts).pdf(_plain(found, one.edition, office))
    return Closed(
        record=one.paper.record,
        attempt=one.paper.attempt,
        number=one.paper.number,
        edition=one.edition.number,
        form=one.paper.form,
        content=content,
        digest=digest(content),
        left_open=[owed.label for owed in open_cells(one.paper, form)],
        print_digest=shelf.put(office.shelf, printed) if office.shelf is not None else "",
        pages=pages(printed),
        print_faults=(*faults(printed), *found.qr),
        reason=one.edition.reason,
        author_id=one.cause.by.id if one.cause.by is not None else None,
        event_id=one.cause.id,
        made_at=one.edition.made_at,
    )


def _plain(found: Found, edition: Edition, office: Office) -> Sheet:
    """The edition on its form, as the house keeps it."""
    paper = found.standing.paper
    form = office.forms.of(paper.record, *paper.form)
    how = Printing(at=edition.made_at, edition=edition, under=found.under, verify_url=found.verify_url)
    return sheet(paper, form, how)


def keep(house: Sitting, one: ToClose, closed: Sequence[Closed]) -> None:
    """Write them. Nothing was left to close: what is archived is sealed; nothing to seal either: the ticket is
    settled. Where it could not be done, it waits."""
    if one.found is None:
        record_editions.postponed(house.session, one.ticket_id, house.now)
        return
    record_editions.keep(house.session, one.ticket_id, closed)
    if not closed and not seal(house, one.ticket_id):
        record_editions.settled(house.session, one.ticket_id, one.due_at)
