"""Numbers given once, inside the act's transaction, and never reused."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from agreement.words import Record
from desk.sitting import Sitting
from storage.prepared import Prepared, upsert
from storage.tables import Counter, Number, Ticket
from storage.work import Last, last

# Prefixes of the seven records (records, §1).
PREFIX = {
    Record.REGISTER: "ZXFK",
    Record.REVIEW: "LSQK",
    Record.RECEIPT: "KHHZ",
    Record.WORK_ORDER: "WHRW",
    Record.OPINION: "YJFK",
    Record.ACCEPTANCE: "WHYS",
    Record.ARCHIVE: "GDJL",
}


def number_last(sitting: Sitting, ticket: Ticket) -> None:
    """Both numbers of a ticket just filed, with the commit: whoever files next waits for the counters."""
    last(sitting.session, Last.COUNTERS, _number_all, (sitting, ticket))


def _number_all(_session: Session, filed: Sequence[tuple[Sitting, Ticket]]) -> None:
    for sitting, ticket in filed:
        number_now(sitting, ticket)


def number_now(sitting: Sitting, ticket: Ticket) -> None:
    """The same at once, for an act that says the number; it is given once."""
    if ticket.ordinal > 0:
        return
    zone = sitting.rulebook.policy(sitting.session, ticket.policy_id).zone
    short, long = ("ticket", 0), (PREFIX[Record.REGISTER], local_year(sitting.now, zone))
    given = next_numbers(sitting, [short, long])
    number = f"{long[0]}-{long[1]}-{given[long]:06d}"
    NUMBERED.run_later(sitting.session, {"ticket": ticket.id, "short": given[short], "long": number})
    set_committed_value(ticket, "ordinal", given[short])
    set_committed_value(ticket, "number", number)


def no_numbers_yet() -> tuple[int, str]:
    """(ordinal, number) that stand in for a ticket's own until its transaction ends; nobody else sees them."""
    ordinal = -(uuid4().int >> 66)
    return ordinal, f"{ordinal}"


TICKETS = cast("Table", Ticket.__table__)
NUMBERED = Prepared(
    update(TICKETS)
    .where(TICKETS.c.id == bindparam("ticket"))
    .values(ordinal=bindparam("short"), number=bindparam("long"))
)


def next_numbers(sitting: Sitting, series: Sequence[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """The next number of each (series, year). Locks the counters until the commit, so ask late."""
    rows = [{"series": name, "year": year, "last": 1} for name, year in sorted(series)]
    return {(name, year): last for name, year, last in COUNTED.together(sitting.session, rows)}


COUNTED = upsert(
    Counter.__table__,
    lambda new: new.on_conflict_do_update(
        index_elements=["series", "year"], set_={"last": Counter.last + 1}
    ).returning(Counter.series, Counter.year, Counter.last),
)


def local_year(at: datetime, zone: ZoneInfo) -> int:
    """The year in which this moment falls where the contract holds."""
    return at.astimezone(zone).year


def issue(sitting: Sitting, ticket: Ticket, record: Record, *, attempt: int = 1) -> None:
    """Give the record of this ticket its number, once: what has one keeps it, and none is used up."""
    if GIVEN.first(sitting.session, {"ticket": ticket.id, "record": record.value, "attempt": attempt}):
        return
    zone = sitting.rulebook.policy(sitting.session, ticket.policy_id).zone
    year = local_year(sitting.now, zone)
    prefix = PREFIX[record]
    number = next_numbers(sitting, [(prefix, year)])[(prefix, year)]
    row = {
        "ticket_id": ticket.id,
        "record": record.value,
        "attempt": attempt,
        "number": f"{prefix}-{year}-{number:06d}",
        "issued_at": sitting.now,
    }
    ISSUED.run(sitting.session, row)


GIVEN = Prepared(
    select(Number.id).where(
        Number.ticket_id == bindparam("ticket", type_=Number.ticket_id.type),
        Number.record == bindparam("record"),
        Number.attempt == bindparam("attempt", type_=Number.attempt.type),
    )
)
ISSUED = upsert(
    Number.__table__,
    lambda new: new.on_conflict_do_nothing(index_elements=["ticket_id", "record", "attempt"]),
)
