"""New rows that an act goes on working with, inserted by a prepared statement instead of a flush.

A flush looks through everything the session holds and costs ten times the insert; a message writes a ticket and
one or two events, and the id of each is needed at once. Whoever asks the database for the ids beforehand, with
something else, may let the rows wait for the next statement (`storage/waiting.py`).
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, func, insert
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_dict

from storage.driving import innermost
from storage.entities import table_of
from storage.many import insert_many
from storage.prepared import Prepared, Row
from storage.session import inserted
from storage.tables import Event, Ticket

R = TypeVar("R")


def unwatched(_session: Session, _row: object) -> None:
    """What nothing ever changes need not be looked through at each flush: a detached object is enough."""


class Born(Generic[R]):
    """Inserts rows of one table that has an `id`."""

    def __init__(self, kind: type[R], held: Callable[[Session, object], None] = inserted) -> None:
        """`held`: what the session is told of a new row."""
        table = table_of(kind)
        columns = [column for column in table.columns if column.key != "id"]
        self._kind = kind
        self._held = held
        self._blank: dict[str, Any] = {one.key: _default(one.default) for one in columns}
        self._insert = Prepared(insert(table).returning(table.c.id))
        self._later = insert_many(table, ("id", *self._blank), lambda new: new)

    @property
    def next_id(self) -> ColumnElement[int]:
        """PostgreSQL's next id of the table, for a statement that is sent anyway."""
        return func.nextval(f"{table_of(self._kind).name}_id_seq", type_=table_of(self._kind).c.id.type)

    def insert(self, session: Session, given: Row, *behind: Row, ids: Sequence[int] = ()) -> R:
        """The row with its id, as a flush would leave it: what was not given has its column's default.

        Rows `behind` it go into the same statement and have later ids. With at least as many `ids`, ascending, they
        wait for the next statement. Raises KeyError for a name without a column, ValueError for fewer ids than rows.
        """
        values = self._whole(given)
        rows = [values, *({name: one.get(name) for name in self._blank} for one in behind)]
        if ids:
            numbered = [{"id": number, **one} for number, one in zip(ids[: len(rows)], rows, strict=True)]
            self._later.run_later(session, numbered)
            return self._born(session, values, ids[0])
        return self._born(session, values, min(number for (number,) in self._insert.together(session, rows)))

    def _born(self, session: Session, values: Row, number: int) -> R:
        row = self._kind()
        instance_dict(row).update(values, id=number)
        self._held(session, row)
        return row

    def _whole(self, given: Row) -> dict[str, object]:
        unknown = given.keys() - self._blank.keys()
        if unknown:
            raise KeyError(f"{self._kind.__name__} has no {sorted(unknown)}")
        defaults = {
            name: default() if callable(default) else default
            for name, default in self._blank.items()
            if name not in given
        }
        return {**given, **defaults}


def _default(default: Any) -> Any:
    """A constant, a function without arguments, or None."""
    if default is None:
        return None
    return default.arg if not default.is_callable else lambda: default.arg(None)


RESERVED = "reserved_event_ids"  # key of Session.info: of a ticket that was locked, the id of its next event


def reserve(session: Session, ticket_id: int, event_id: int | None) -> None:
    """The database gave it with the lock of that ticket; None where it gives ids with the rows alone."""
    if event_id is not None:
        session.info.setdefault(RESERVED, {})[ticket_id] = (innermost(session), event_id)


def reserved(session: Session, ticket_id: int) -> tuple[int, ...]:
    """It, once; nothing for a ticket that was not locked anew since, nor after the savepoint in which it was: with that
    the lock may be gone, and somebody's later event be written first."""
    within, event_id = session.info.get(RESERVED, {}).pop(ticket_id, (None, 0))
    return (event_id,) if within is not None and within is innermost(session) else ()


TICKETS = Born(Ticket)
EVENTS = Born(Event, unwatched)
