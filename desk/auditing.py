"""The nightly audit: every open clock derived anew, every deposit added up, and whatever differs named.

A clock is compared with its caches, a breach with its place in the books, the ledger with its own arithmetic. How
many differences the night found stands on `/healthz`.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from agreement.escalation import JUST_AFTER
from agreement.policy_file import DEFAULT
from agreement.segments import segments_from_json
from agreement.words import Promise, PromiseState, Role, State
from desk import breaching, clock_rows
from desk.auditing_ledger import of_the_ledger
from desk.duty import both, staff
from desk.sitting import Sitting
from desk.telling import Telling, lines_of_people, put
from storage import daily
from storage.tables import PromiseRow, Ticket

log = logging.getLogger(__name__)

JOB = "audit"
PAGE = 500  # clocks in one transaction: the audit of a large district holds no old snapshot open
OPEN = [one.value for one in State if one not in {State.ARCHIVED, State.MERGED, State.CANCELLED}]


def audit_page(sitting: Sitting, after: int) -> int:
    """Derive the open clocks that follow this id; the last id, 0 when none are left. Differences are logged."""
    rows = _open_clocks(sitting, after)
    found = _differences(sitting, rows) + ([] if after else of_the_ledger(sitting))
    for one in found:
        log.error("audit: %s", one)
    if found:
        daily.note_found(sitting.session, JOB, sitting.at.astimezone(DEFAULT.zone).date(), len(found))
        _tell(sitting, found)
    return rows[-1].id if len(rows) == PAGE else 0


def _tell(sitting: Sitting, found: Sequence[str]) -> None:
    """Once a night, to the desk and the managers: nothing is repaired silently."""
    crew = staff(sitting)
    people = both(crew.upwards(Role.DESK), crew.having(Role.MANAGER))
    values = {"count": len(found), "first": found[0]}
    body = {"notice": "audit_differences", "how": "ring", "values": values}
    night = sitting.at.date().isoformat()
    tellings = [
        Telling(line=line, key=f"audit:{night}:{line.account_id}", weight="alarm", body=body)
        for line in lines_of_people(sitting.session, people).values()
    ]
    put(sitting.session, sitting.now, tellings)


def audit(sitting: Sitting) -> list[str]:
    """Every page at once: what differs, named. An empty list is the promise kept."""
    differences = of_the_ledger(sitting)
    after = 0
    while rows := _open_clocks(sitting, after):
        differences += _differences(sitting, rows)
        after = rows[-1].id
        for row in rows:
            sitting.session.expunge(row)
    return differences


def _open_clocks(sitting: Sitting, after: int) -> list[PromiseRow]:
    query = (
        select(PromiseRow)
        .join(Ticket, Ticket.id == PromiseRow.ticket_id)
        .where(PromiseRow.id > after, Ticket.state.in_(OPEN))
        .order_by(PromiseRow.id)
        .limit(PAGE)
    )
    return list(sitting.session.scalars(query))


def _as_it_stood(sitting: Sitting, row: PromiseRow) -> Sitting:
    """A paused clock's due time moves on with the time itself: it is looked at as of its pause."""
    if row.state != PromiseState.PAUSED.value:
        return sitting
    return replace(sitting, now=segments_from_json(row.segments)[-1].at)


def _differences(sitting: Sitting, rows: list[PromiseRow]) -> list[str]:
    differences: list[str] = []
    for row in rows:
        life = clock_rows.life_of(_as_it_stood(sitting, row), row)
        late = row.state == PromiseState.RUNNING.value and life.state is PromiseState.BROKEN
        if life.due_at != row.due_at or (life.state.value != row.state and not late):
            differences.append(
                f"promise {row.id} ({Promise(row.promise).value}): {row.state} {row.due_at} "
                f"derives to {life.state.value} {life.due_at}"
            )
        if row.next_alarm_at is None and not breaching.is_settled(sitting, row, life):
            differences.append(f"promise {row.id}: {life.state.value}, and nobody will settle the books")
        elif (late or life.state is PromiseState.RUNNING) and not _is_looked_at(row):
            differences.append(f"promise {row.id}: runs, and nobody will look at it when it is due")
    return differences


def _is_looked_at(row: PromiseRow) -> bool:
    return row.next_alarm_at is not None and row.next_alarm_at <= row.due_at + JUST_AFTER
