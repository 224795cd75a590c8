"""New rows that an act goes on working with, inserted at once by a prepared statement instead of a flush.

A flush looks through everything the session holds and costs ten times the insert; a message writes a ticket and
one or two events, and each is needed at once for its id.
"""

from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict, set_committed_value

from storage.prepared import Prepared, Row
from storage.tables import Event, Ticket

R = TypeVar("R", Ticket, Event)


class Born(Generic[R]):
    """Inserts rows of one table that has an `id`."""

    def __init__(self, kind: type[R]) -> None:
        table = cast("Table", kind.__table__)
        columns = [column for column in table.columns if column.key != "id"]
        self._blank: dict[str, Any] = {one.key: _default(one.default) for one in columns}
        self._insert = Prepared(insert(table).returning(table.c.id))

    def insert(self, session: Session, row: R, *behind: Row) -> R:
        """The row with its id, as if it had just been read: what was not given has its column's default.

        Rows `behind` it go into the same statement and have later ids.
        """
        given = instance_dict(row)
        for name, default in self._blank.items():
            if name not in given:
                set_committed_value(row, name, default() if callable(default) else default)
        rows = [{name: one.get(name) for name in self._blank} for one in (given, *behind)]
        set_committed_value(row, "id", min(number for (number,) in self._insert.together(session, rows)))
        make_transient_to_detached(row)
        session.add(row)
        return row


def _default(default: Any) -> Any:
    """A constant, a function without arguments, or None."""
    if default is None:
        return None
    return default.arg if not default.is_callable else lambda: default.arg(None)


TICKETS = Born(Ticket)
EVENTS = Born(Event)
