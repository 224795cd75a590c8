"""Numbers given once, inside the act's transaction, and never reused."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from agreement.words import Record
from desk.sitting import Sitting
from storage.prepared import Prepared, upsert
from storage.tables import Counter, Number, Ticket

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
