"""When a clock reaches a rung of its ladder: who is told, and the booking of a breach.

Late rungs of one ticket, after downtime, fold into one message. The key (promise, stage, person) lets nobody
be told twice, however often, wherever and after whatever crash this runs.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.dialects import postgresql, sqlite

from agreement.escalation import BROKEN, Audience, next_alarm
from agreement.words import PromiseState, Role
from desk import watching
from desk.events import append
from desk.sitting import Sitting
from desk.telling import tell
from storage import due
from storage.tables import Alarm, Heartbeat, Membership, PromiseRow, Shift, Ticket
from texts.say import say

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=1)
ROLE = {Audience.LEAD: Role.LEAD, Audience.DESK: Role.DESK, Audience.MANAGER: Role.MANAGER}


@dataclass(frozen=True)
class Ring:
    """One rung that one clock has reached."""

    row: PromiseRow
    stage: str
    tells: tuple[Audience, ...]
    due_at: datetime


def ring_what_is_due(sitting: Sitting, limit: int = 100) -> int:
    """Claim clocks whose alarm has come and tell whom their ladders name. Returns how many were claimed."""
    claimed = due.promises(sitting.session, sitting.now, limit)
    by_ticket: dict[int, list[PromiseRow]] = {}
    for row in claimed:
        by_ticket.setdefault(row.ticket_id, []).append(row)
    for ticket_id, rows in by_ticket.items():
        _ring_safely(sitting, ticket_id, rows)
    return len(claimed)


def _ring_safely(sitting: Sitting, ticket_id: int, rows: list[PromiseRow]) -> None:
    """One poison ticket is put off and at last set aside, named in the log; the others are rung."""
    savepoint = sitting.session.begin_nested()
    try:
        ring_ticket(sitting, sitting.session.get_one(Ticket, ticket_id), rows)
        sitting.session.flush()
    except Exception as error:
        savepoint.rollback()
        log.error("alarms of ticket %s failed", ticket_id, exc_info=error)
        for row in rows:
            sitting.session.refresh(row)
            row.failures += 1
            row.next_alarm_at = sitting.now + AGAIN
        sitting.session.flush()
    else:
        savepoint.commit()


def ring_ticket(sitting: Sitting, ticket: Ticket, rows: Iterable[PromiseRow]) -> None:
    """Tell, in one message a person, every rung that the clocks of this ticket have reached."""
    rings = [one for row in rows for one in _reached(sitting, row)]
    for one in rings:
        if one.stage == BROKEN and not one.row.is_provisional:
            append(
                sitting.as_of(one.due_at),
                ticket,
                "promise_broken",
                {"promise": one.row.promise, "due_at": one.due_at, "step": one.row.step},
                visibility="internal",
            )
    told = _mark_told(
        sitting, [(one, person) for one in rings for person in _people(sitting, ticket, one.tells)]
    )
    if not told:
        return
    last = max((one for one, _ in told), key=lambda one: one.due_at)
    event = append(
        sitting,
        ticket,
        "alarm",
        {
            "stages": sorted({f"{one.row.promise}:{one.stage}" for one, _ in told}),
            "told": sorted({person for _, person in told}),
            "outage": _outage(sitting),
        },
        visibility="internal",
    )
    tell(
        sitting,
        ticket,
        event,
        named=sorted({person for _, person in told}),
        values={
            "stage": say(f"stage.{_kind_of(last.stage)}", due_at=last.due_at),
            "promise": say(f"promise.{last.row.promise}"),
            "due_at": last.due_at,
            "folded": say("alarm.folded", count=len(rings)) if len(rings) > 1 else say("alarm.single"),
        },
    )


def _kind_of(stage: str) -> str:
    return "day" if stage.startswith("day-") else stage


def _reached(sitting: Sitting, row: PromiseRow) -> list[Ring]:
    """Every rung of this clock up to now; the row then waits for the next one."""
    life = watching.life_of(sitting, row)
    rings: list[Ring] = []
    if life.fulfilled_at is None and life.state in {PromiseState.RUNNING, PromiseState.BROKEN}:
        ladder = sitting.rulebook.policy(sitting.session, row.policy_id).ladder
        while (alarm := next_alarm(life.started_at, life.due_at, row.stage or None, ladder)) is not None:
            if alarm.at > sitting.now:
                break
            rings.append(Ring(row, alarm.stage, alarm.tells, life.due_at))
            row.stage = alarm.stage
    watching.refresh(sitting, row)
    return rings


def _mark_told(sitting: Sitting, wanted: list[tuple[Ring, int]]) -> list[tuple[Ring, int]]:
    """Those of (rung, person) that were not told before: the table's key decides."""
    if not wanted:
        return []
    postgres = sitting.session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    new = (
        insert(Alarm)
        .values(
            [
                {"promise_id": one.row.id, "stage": one.stage, "person_id": person, "told_at": sitting.now}
                for one, person in wanted
            ]
        )
        .on_conflict_do_nothing()
        .returning(Alarm.promise_id, Alarm.stage, Alarm.person_id)
    )
    made = {(promise, stage, person) for promise, stage, person in sitting.session.execute(new)}
    return [(one, person) for one, person in wanted if (one.row.id, one.stage, person) in made]


def _people(sitting: Sitting, ticket: Ticket, tells: Iterable[Audience]) -> list[int]:
    people: list[int] = []
    for audience in tells:
        people += _audience(sitting, ticket, audience)
    return list(dict.fromkeys(people))


def _audience(sitting: Sitting, ticket: Ticket, audience: Audience) -> list[int]:
    duty = on_duty(sitting)
    if audience is Audience.ASSIGNEE_OR_ON_DUTY:
        if ticket.assignee_id is not None:
            return [ticket.assignee_id]
        return duty or _having(sitting, Role.LEAD)
    if audience is Audience.NEXT_ENGINEER:
        return [one for one in duty if one != ticket.assignee_id][:1]
    return _having(sitting, ROLE[audience])


def on_duty(sitting: Sitting) -> list[int]:
    """Engineers whose shift runs now, the earliest shift first."""
    query = (
        select(Shift.person_id)
        .join(
            Membership,
            and_(
                Membership.person_id == Shift.person_id,
                Membership.role == Role.ENGINEER.value,
                Membership.until_at.is_(None),
            ),
        )
        .where(Shift.starts_at <= sitting.now, Shift.ends_at > sitting.now)
        .order_by(Shift.starts_at, Shift.id)
    )
    return list(dict.fromkeys(sitting.session.scalars(query)))


def _having(sitting: Sitting, role: Role) -> list[int]:
    query = select(Membership.person_id).where(
        Membership.role == role.value, Membership.school_id.is_(None), Membership.until_at.is_(None)
    )
    return sorted(set(sitting.session.scalars(query)))


def _outage(sitting: Sitting) -> str:
    """The desk's own outage, if it has just come back: it stands in the evidence."""
    spans = list(sitting.session.scalars(select(Heartbeat).order_by(Heartbeat.id.desc()).limit(2)))
    if len(spans) == 2 and (sitting.now - spans[0].began_at).total_seconds() < 600:
        return f"{spans[1].last_at.isoformat()}/{spans[0].began_at.isoformat()}"
    return ""
