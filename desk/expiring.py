"""An acknowledgement without movement expires by policy and the ladder goes on; and 已知悉, the manager's word.

One row a round remembers when to look. Work itself writes nothing here: the look finds what moved since, so the
acts cost no more for it.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select

from agreement.escalation import calls_manager
from agreement.policy import Policy
from agreement.promises import Keeping
from agreement.words import Act, Promise, PromiseState, State
from desk import clock_rows, watching
from desk.access import locked, name_of, require
from desk.events import append
from desk.routing import in_turn, ring_next
from desk.sitting import Sitting
from desk.telling import tell
from storage.prepared import Prepared
from storage.tables import Alarm, Event, PromiseRow, Reminder, Ticket
from storage.talk import insert
from storage.work import wake

NAME: Final = "acknowledgement_expires"
# What moves a ticket, or hands the next move to its engineer.
MOVES: Final = (
    "acknowledge", "hand_over", "assign", "depart", "arrive", "ask", "answer", "note", "propose", "start", "step_done",
    "contingency", "fix_plan", "test", "finding", "ask_resort", "discuss", "agree", "not_solved", "reject", "object",
)  # fmt: skip
LOOKED_AT: Final = 50
LIVE: Final = frozenset({PromiseState.RUNNING, PromiseState.BROKEN})


def watch(sitting: Sitting, ticket: Ticket) -> None:
    """Somebody has the ticket: look after the policy's hours whether anything moved."""
    due_at = sitting.at + _hours(sitting, ticket)
    new = insert(sitting.session)(Reminder).values(
        ticket_id=ticket.id, round=ticket.round, name=NAME, about=0, due_at=due_at
    )
    sitting.session.execute(
        new.on_conflict_do_update(
            index_elements=["ticket_id", "round", "name", "about"],
            set_={"due_at": due_at, "done_at": None, "failures": 0},
        )
    )
    wake(sitting.session, clock_rows.ALARMS)


def look(sitting: Sitting, ticket: Ticket, row: Reminder) -> None:
    """While a promise presses nothing moved for the policy's hours: the next engineer and the lead hear of it."""
    under_way = State(ticket.state) in {State.ACKNOWLEDGED, State.PROPOSED, State.IN_PROGRESS}
    if ticket.assignee_id is None or not ticket.round_acknowledged or not under_way:
        return
    moved_at = _moved_at(sitting, ticket)
    row.due_at = max(moved_at + _hours(sitting, ticket), sitting.at)
    row.done_at = None
    if row.due_at > sitting.at:
        return
    row.due_at = sitting.at + _hours(sitting, ticket)
    if not _waits_for_others(ticket) and _presses(sitting, ticket):
        row.done_at = sitting.now  # once: what is acknowledged anew is looked at anew
        _expire(sitting, ticket, moved_at)


def _waits_for_others(ticket: Ticket) -> bool:
    """The customer is asked or has a plan to agree to, or an agreed one runs by the dates of its steps."""
    return bool(ticket.waiting) or ticket.state == State.PROPOSED.value or ticket.is_deep


def _presses(sitting: Sitting, ticket: Ticket) -> bool:
    """Whether the acknowledgement had ended a ladder, and a promise that nothing has fulfilled is on its way up.

    Where no promise is kept by acknowledging, no ladder was stopped and none has to go on: a week's work may rest.
    """
    rows = clock_rows.of_round(sitting, ticket, set(Promise))
    if not any(Keeping.ACKNOWLEDGED in watching.keepings_of(row) for row in rows):
        return False
    lives = [clock_rows.life_of(sitting, row) for row in rows if row.stage]
    return any(one.fulfilled_at is None and one.state in LIVE for one in lives)


def _expire(sitting: Sitting, ticket: Ticket, moved_at: datetime) -> None:
    """Rings who comes next; where everybody on duty was rung before, all the others, for any of them may take it."""
    clock = sitting.by_the_clock()
    ticket.round_acknowledged = False
    event = append(clock, ticket, "acknowledgement_expired", {"moved_at": moved_at}, visibility="internal")
    following = ring_next(clock, ticket)
    others = [one for one in in_turn(clock, ticket) if one != ticket.assignee_id]
    values = {"engineer": name_of(sitting, ticket.assignee_id), "moved_at": moved_at}
    tell(clock, ticket, event, named=[following] if following else others, values=values)


def _hours(sitting: Sitting, ticket: Ticket) -> timedelta:
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    return timedelta(hours=policy.acknowledgement_expires_hours)


def _moved_at(sitting: Sitting, ticket: Ticket) -> datetime:
    """The last movement of this round; an addition is one where it answers a question."""
    found = MOVED.rows(sitting.session, {"ticket": ticket.id, "round": ticket.round})
    moves = (at for at, name, data in found if name != "add" or data.get("answers"))
    return max(moves, default=ticket.reported_at)


MOVED = Prepared(
    select(Event.at, Event.name, Event.data)
    .where(
        Event.ticket_id == bindparam("ticket"),
        Event.round == bindparam("round"),
        Event.name.in_((*MOVES, "add")),
    )
    .order_by(Event.id.desc())
    .limit(LOOKED_AT)
)


# What has called this manager: each promise is a clock, and of another they know nothing yet.
CALLED = (
    select(Alarm.promise_id, Alarm.stage)
    .join(PromiseRow, PromiseRow.id == Alarm.promise_id)
    .where(
        PromiseRow.ticket_id == bindparam("ticket"),
        Alarm.person_id == bindparam("manager"),
        Alarm.told_at <= bindparam("at", type_=Alarm.told_at.type),
    )
)


def _policy(sitting: Sitting, row: PromiseRow) -> Policy:
    return sitting.rulebook.policy(sitting.session, row.policy_id)


def aware(sitting: Sitting, ticket_id: int) -> Ticket:
    """已知悉: of what has called the manager so far there are no daily calls any more; every rung is told as before."""
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.AWARE, ticket)
    ticket.aware_round = ticket.round
    event = append(sitting, ticket, "aware", visibility="internal")
    heard = {"ticket": ticket.id, "manager": sitting.actor.person_id, "at": sitting.at}
    called = {(clock, stage) for clock, stage in sitting.session.execute(CALLED, heard)}
    for row in clock_rows.of_round(sitting, ticket, set(Promise)):
        row.is_known = row.is_known or any(
            clock == row.id and calls_manager(stage, _policy(sitting, row).ladder) for clock, stage in called
        )
        clock_rows.refresh(sitting, row)
    tell(sitting, ticket, event)
    return ticket
