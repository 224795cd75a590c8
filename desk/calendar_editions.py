"""A new edition of the workday calendar: taken in by one act; then what it touches is counted anew, page by page.

Each page is a transaction of its own and leaves nothing half-done, so a crash in the middle only leaves the rest
to be done. Until its turn comes a promise is counted by the edition it was told by (calendars.py).
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desk import calendars, objections, recounting
from desk.alerting import alarm_desk
from desk.apart import by_itself
from desk.rulebook import CALENDAR_AGE
from desk.sitting import Sitting
from storage import due, talk
from storage.tables import CalendarDay, CalendarEdition, PromiseRow
from storage.work import wake

log = logging.getLogger(__name__)

PAGE = 20  # tickets in one transaction
# Another process may still count by the calendar it remembers: the last look comes when none can any more.
LAST_LOOK_AFTER = 2 * CALENDAR_AGE


class EditionError(Exception):
    """An edition cannot be taken in now; the text says why."""


@dataclass(frozen=True)
class Day:
    """What an edition says of one date."""

    works: bool
    name: str = ""


def take_in(
    sitting: Sitting, days: Mapping[date, Day], *, edition: str, source: str, imported_by: str
) -> None:
    """Write the days, and remember what they take the place of. Whole years at a time, but for single days of
    years that are published already. Raises EditionError while another edition is still being counted.
    """
    session = sitting.session
    if session.scalar(select(CalendarEdition.id).where(CalendarEdition.done_at.is_(None))) is not None:
        raise EditionError("the edition before is still being counted: try again in a few minutes")
    newest = calendars.read(session).newest
    is_first = nothing_to_count(session)
    new = {
        "edition": edition,
        "years": sorted({day.year for day in days}),
        "source": source,
        "imported_at": sitting.now,
        "imported_by": imported_by,
        "before": calendars.snapshot(session, newest, days),
        "reached": 0,
        "next_at": None if is_first else sitting.now,
        "done_at": sitting.now if is_first else None,
    }
    made = talk.insert(session)(CalendarEdition).values(new).on_conflict_do_nothing()
    if session.scalar(made.returning(CalendarEdition.id)) is None:
        raise EditionError(f'there is an edition "{edition}" already: give this one another name')
    session.execute(delete(CalendarDay).where(CalendarDay.day.in_(days)))
    session.execute(
        insert(CalendarDay),
        [
            {"day": day, "is_working": one.works, "name": one.name, "edition": edition}
            for day, one in sorted(days.items())
        ],
    )
    sitting.rulebook.forget_calendar()
    wake(session, "alarms")


def nothing_to_count(session: Session) -> bool:
    """Whether no ticket was ever filed: then a second edition need not wait for the first to be counted."""
    return session.scalar(select(PromiseRow.ticket_id).limit(1)) is None


def count_anew(sitting: Sitting, limit: int = PAGE) -> int:
    """Count the promises of some tickets by the newest edition. Returns how many tickets that were."""
    edition = due.edition(sitting.session, sitting.now)
    if edition is None:
        return 0
    if sitting.rulebook.workdays(sitting.session, sitting.now).edition != edition.edition:
        sitting.rulebook.forget_calendar()
    if not edition.reached:
        objections.count_anew(sitting)
    tickets = _touched(sitting.session, edition, limit)
    for ticket_id in tickets:
        _count_safely(sitting, edition, ticket_id)
    if tickets:
        edition.reached = tickets[-1]
    else:
        _rest(sitting, edition)
    sitting.session.flush()
    return len(tickets)


def _rest(sitting: Sitting, edition: CalendarEdition) -> None:
    """Nothing left behind the last ticket: look once more from the first, or it was that."""
    last_look_at = edition.imported_at + LAST_LOOK_AFTER
    if edition.reached or sitting.now < last_look_at:
        edition.reached, edition.next_at = 0, max(sitting.now, last_look_at)
        return
    edition.done_at, edition.next_at = sitting.now, None
    sitting.rulebook.forget_calendar()
    log.info("calendar %s: every promise is counted by it", edition.edition)


def _touched(session: Session, edition: CalendarEdition, limit: int) -> Sequence[int]:
    """Tickets that come next and have a promise told by an older edition, due no earlier than the first change."""
    since = recounting.first_moment(edition.before["changed"])
    query = (
        select(PromiseRow.ticket_id)
        .where(
            PromiseRow.ticket_id > edition.reached,
            PromiseRow.due_at > since,
            PromiseRow.calendar_edition != edition.edition,
        )
        .distinct()
        .order_by(PromiseRow.ticket_id)
        .limit(limit)
    )
    return session.scalars(query).all()


def _count_safely(sitting: Sitting, edition: CalendarEdition, ticket_id: int) -> None:
    """A ticket that cannot be counted is set aside and named; the others go on."""
    name, imported_by, key = edition.edition, edition.imported_by, f"calendar:{edition.id}:{ticket_id}"
    if not by_itself(
        sitting.session,
        f"calendar {name}: counting ticket {ticket_id}",
        lambda: recounting.count_ticket(sitting, ticket_id, imported_by=imported_by),
    ):
        recounting.set_aside(sitting, ticket_id, name)
        alarm_desk(sitting, "calendar_stuck", {"ticket": ticket_id}, key=key)
