"""All tickets with their clocks and history, for whoever stands behind the desk: the demo page, the console."""

from sqlalchemy import select

from agreement.words import PromiseState, State
from desk import clock_rows
from desk.access import name_of
from desk.sitting import Sitting
from storage.tables import Event, Person, PromiseRow, Ticket
from texts.say import render, say

MOST = 20
UNTOLD = frozenset({"alarm", "to_be_closed", "acceptance_due", "silence_stands"})


def board(sitting: Sitting, language: str = "zh") -> list[dict[str, object]]:
    """The newest tickets, ready for JSON; times in ISO 8601."""
    rows = sitting.session.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(MOST))
    return [_ticket(sitting, row, language) for row in rows]


def _ticket(sitting: Sitting, ticket: Ticket, language: str) -> dict[str, object]:
    return {
        "number": ticket.ordinal,
        "id": ticket.number,
        "state": ticket.state,
        "text": ticket.text,
        "state_label": render(say(f"state.{State(ticket.state).value}"), language),
        "round": ticket.round,
        "place": ticket.place,
        "system": ticket.system,
        "assignee": name_of(sitting, ticket.assignee_id),
        "reporter": name_of(sitting, ticket.reporter_id),
        "is_urgent": ticket.is_urgent,
        "is_unconfirmed": ticket.is_unconfirmed,
        "reported_at": ticket.reported_at.isoformat(),
        "promises": [_promise(row, language) for row in clock_rows.seen(sitting, ticket)],
        "events": _events(sitting, ticket, language),
    }


def _promise(row: PromiseRow, language: str) -> dict[str, object]:
    return {
        "name": row.promise,
        "label": render(say(f"promise.{row.promise}"), language),
        "state": row.state,
        "state_label": render(say(f"promise_state.{PromiseState(row.state).value}"), language),
        "step": row.step,
        "started_at": row.started_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "is_provisional": row.is_provisional,
    }


def _events(sitting: Sitting, ticket: Ticket, language: str) -> list[dict[str, object]]:
    rows = sitting.session.execute(
        select(Event, Person.name)
        .outerjoin(Person, Person.id == Event.actor_id)
        .where(Event.ticket_id == ticket.id)
        .order_by(Event.id)
    )
    return [
        {
            "at": event.at.isoformat(),
            "who": name or "",
            "what": render(say(f"event.{event.name}"), language),
            "words": str(event.data.get("words", "")),
        }
        for event, name in rows
        if event.name not in UNTOLD
    ]
