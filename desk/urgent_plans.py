"""应急预案 and 修改方案: what an urgent report is owed beside the work itself, handed over in chat (agreement §3)."""

from typing import Any

from sqlalchemy import Select, bindparam, func, select

from agreement.promises import Keeping
from agreement.words import Act, Promise, PromiseState
from desk import clock_rows, watching
from desk.events import append
from desk.handling import taken_up
from desk.reporting import Sent, attach
from desk.sitting import Sitting
from desk.telling import tell
from storage.entities import Entities
from storage.tables import Event, PromiseRow, Ticket

WAITING = [one.value for one in (PromiseState.RUNNING, PromiseState.PAUSED, PromiseState.BROKEN)]
BOTH = (Promise.URGENT_CONTINGENCY, Promise.URGENT_FIX_PLAN)
KEEPS = {Act.CONTINGENCY: Keeping.CONTINGENCY_HANDED_OVER, Act.FIX_PLAN: Keeping.FIX_PLAN_HANDED_OVER}


def hand_in(sitting: Sitting, ticket_id: int, *, act: Act, words: str, sent: tuple[Sent, ...] = ()) -> Ticket:
    """Hand the plan over to the school: the tap that does it keeps its promise. A changed one is handed over anew.

    `act` is CONTINGENCY or FIX_PLAN. Raises Refused where the ticket is not urgent and was not in an earlier round.
    """
    ticket = taken_up(sitting, ticket_id, act)
    version = _versions(sitting, ticket, act) + 1
    event = append(sitting, ticket, act.value, {"words": words, "version": version, "sent": len(sent)})
    attach(sitting, ticket, event, sent)
    watching.keep(sitting, ticket, KEEPS[act], event)
    tell(
        sitting,
        ticket,
        event,
        values={"engineer": sitting.actor.name, "words": words, "version": version, "sent": len(sent)},
    )
    return ticket


def owed(sitting: Sitting, ticket: Ticket) -> frozenset[Promise]:
    """Which of the two plans some round of this ticket waits for, also one that is over."""
    if not (ticket.is_urgent or ticket.was_urgent):
        return frozenset()
    rows = STILL_OWED.found(sitting.session, {"ticket": ticket.id})
    return frozenset(
        Promise(row.promise) for row in rows if clock_rows.life_of(sitting, row).fulfilled_at is None
    )


def _still_owed(rows: Select[Any]) -> Select[Any]:
    both = PromiseRow.promise.in_([one.value for one in BOTH])
    return rows.where(PromiseRow.ticket_id == bindparam("ticket"), both, PromiseRow.state.in_(WAITING))


STILL_OWED = Entities(PromiseRow, _still_owed)


def _versions(sitting: Sitting, ticket: Ticket, act: Act) -> int:
    query = select(func.count()).select_from(Event)
    return sitting.session.scalar(query.where(Event.ticket_id == ticket.id, Event.name == act.value)) or 0
