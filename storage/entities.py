"""Mapped rows read by a prepared select: the session's own objects, at a third of what its own select costs.

The session keeps what it holds, as it does itself; `anew` is for whoever has waited for a lock and must see what the
other act wrote. Only for classes without relationships, which is all of ours.
"""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Select, Table, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_dict, instance_state, set_committed_value

from storage.prepared import Found, Prepared, Row

R = TypeVar("R")


class Entities(Generic[R]):
    """A select of whole rows of one class; `which` adds its conditions, order and lock."""

    def __init__(self, kind: type[R], which: Callable[[Select[Any]], Select[Any]]) -> None:
        columns = table_of(kind).columns
        self._mapper = inspect(kind, raiseerr=True)
        self._manager = self._mapper.class_manager
        self._names = tuple(column.key for column in columns)
        self._key = tuple(self._names.index(column.key) for column in columns if column.primary_key)
        self._select = Prepared(which(select(*columns)))

    def found(self, session: Session, row: Row) -> list[R]:
        """Those that the session holds already stay as they are, with what is not written yet."""
        return [self._known(session, one) or self._new(session, one) for one in self._select.rows(session, row)]

    def anew(self, session: Session, row: Row) -> list[R]:
        """Those that the session holds already become what the tables say now; nothing unwritten is left in them."""
        return self.read(session, self._select.rows(session, row))

    def read(self, session: Session, rows: Iterable[Found]) -> list[R]:
        """The same of rows of all columns, in their order, that another statement has brought."""
        return [self._again(session, one) or self._new(session, one) for one in rows]

    def _known(self, session: Session, one: Found) -> R | None:
        """What a rollback left of an object is read again, as the session would."""
        held = self._held(session, one)
        return self._again(session, one) if held is not None and instance_state(held).expired else held

    def _held(self, session: Session, one: Found) -> R | None:
        return cast("R | None", session.identity_map.get(self._key_of(one)))

    def _key_of(self, one: Found) -> Any:
        return self._mapper.identity_key_from_primary_key([one[place] for place in self._key])

    def _again(self, session: Session, one: Found) -> R | None:
        held = self._held(session, one)
        if held is not None:
            for name, value in zip(self._names, one, strict=True):
                set_committed_value(held, name, value)
        return held

    def _new(self, session: Session, one: Found) -> R:
        """As SQLAlchemy's own loading makes one. Not through the attributes: each would tell the session of a change to
        a row that is written already."""
        row = cast("R", self._manager.new_instance())
        instance_dict(row).update(zip(self._names, one, strict=True))
        state = instance_state(row)
        state.key = self._key_of(one)
        state.session_id = session.hash_key
        session.identity_map.add(state)
        return row


def table_of(kind: type[object]) -> Table:
    """The table of a mapped class."""
    return cast("Table", cast("Any", kind).__table__)
