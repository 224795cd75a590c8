"""The session of a unit of work: what acts changed in its rows is written by prepared updates.

SQLAlchemy's own flush looks through everything it might mean and compiles the update anew, which costs ten times the
update; every act changes its ticket. New and deleted rows are still its own matter, and so is when to flush and what a
savepoint's rollback forgets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, update
from sqlalchemy.orm import InstanceState, Session, SessionTransaction
from sqlalchemy.orm.attributes import instance_state

from storage.prepared import Prepared, Row
from storage.waiting import carry_out, settle
from storage.writes import wrote

KEY = "key__"  # before a column of the key, among the parameters


@dataclass(frozen=True)
class Change:
    """One row that differs from what the tables say, with the columns that do."""

    table: Table
    key: tuple[Any, ...]
    columns: Row

    @property
    def order(self) -> tuple[int, tuple[Any, ...]]:
        """Tables by their references, rows by key: the order of a flush."""
        return _place_of(self.table), self.key

    @property
    def row(self) -> Row:
        """The parameters of its update."""
        names = [f"{KEY}{one.key}" for one in self.table.primary_key]
        return {**self.columns, **dict(zip(names, self.key, strict=True))}


class DeskSession(Session):
    """A session that writes changed rows itself."""

    def begin_nested(self) -> SessionTransaction:
        """See Session, whose own flush comes too late: a write that it put off would go after the SAVEPOINT and be lost
        with it."""
        settle(self)
        return super().begin_nested()

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """See Session; raises what the database raises."""
        if self._is_clean():
            return
        if objects is not None or self.new or self.deleted:
            carry_out(self)
            wrote(self)
            super().flush(objects)
            return
        dirty = [instance_state(one) for one in self.dirty]
        found = sorted(_changes(dirty), key=attrgetter("order"))
        for (table, _), same in groupby(found, key=lambda one: (one.table, tuple(one.columns))):
            rows = [one.row for one in same]
            if len(rows) == 1:
                _update_of(table).run_later(self, rows[0])
            else:
                _update_of(table).run(self, *rows)
        if dirty:
            self._register_persistent(set(dirty))  # as its own flush does: written, and forgotten by a rollback


def inserted(session: Session, row: object) -> None:
    """The session has written this new object by itself; a rollback forgets it like one that a flush inserted."""
    session.add(row)
    session._register_persistent({instance_state(row)})


def _changes(dirty: Sequence[InstanceState[Any]]) -> Iterator[Change]:
    for state in dirty:
        values = state.dict
        changed = {name: values[name] for name, was in state.committed_state.items() if values[name] != was}
        if changed:
            table = cast("Table", state.mapper.local_table)
            _, key, *_ = cast("tuple[Any, ...]", state.key)  # not of its values: what a rollback took back has none
            yield Change(table, key, changed)


@cache
def _place_of(table: Table) -> int:
    return table.metadata.sorted_tables.index(table)


@cache
def _update_of(table: Table) -> Prepared:
    """The update of a row by its key; which columns it sets is told by the parameters."""
    return Prepared(update(table).where(and_(*(one == bindparam(f"{KEY}{one.key}") for one in table.primary_key))))
