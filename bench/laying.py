"""Many rows at once: one real ticket, its first event and what else there is of it, copied in a few statements.

A ticket without its event is nothing that there is, and it lies: statistics of an empty `events` let PostgreSQL check
each reference to an event by reading all of them, for as long as the connection lives.
"""

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from storage.tables import Event, Inbox, Outbox, PromiseRow, Ticket

Kind = type[Ticket] | type[PromiseRow] | type[Event] | type[Outbox] | type[Inbox]
FIRST = 1000  # ids of copies begin here; below are the desk's own


def copy_tickets(session: Session, ticket: int, count: int, changed: Mapping[str, str]) -> None:
    """So many copies of this ticket, each with a copy of what happened to it first; `changed` is for the tickets."""
    copy(session, Ticket, f"id = {ticket}", count, changed)
    first = f"id = (SELECT min(id) FROM events WHERE ticket_id = {ticket})"
    its_own = {"id": "nextval(pg_get_serial_sequence('events', 'id'))", "ticket_id": changed["id"]}
    copy(session, Event, first, count, its_own)


def copy(session: Session, kind: Kind, which: str, count: int, changed: Mapping[str, str]) -> None:
    """So many copies of the row that `which` finds; `changed`: column → SQL in which `g` counts from 0."""
    table = cast("Table", kind.__table__)
    names = [f'"{one.name}"' for one in table.columns]
    values = [changed.get(one.name, f'"{one.name}"') for one in table.columns]
    session.execute(text(
        f"WITH RECURSIVE series (g) AS (SELECT 0 UNION ALL SELECT g + 1 FROM series WHERE g < {count - 1})"
        f" INSERT INTO {table.name} ({', '.join(names)}) SELECT {', '.join(values)}"
        f" FROM {table.name}, series WHERE {which}"
    ))
