"""Statements over many rows: one run on PostgreSQL, with an array for each column; a run for each row on SQLite.

A run costs PostgreSQL more than the row that it writes, and a VALUES as long as the rows are many would be compiled for
each number of them (docs/decisions/0008). SQLite is in the process, where a run costs nothing, and has no arrays.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Insert, Table, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from storage.prepared import DIALECTS, Found, Prepared, Row, Statement, upsert

Columns = Mapping[str, TypeEngine[Any]]


class Many:
    """A statement over rows of these columns, as it is for one row and for an array of each column."""

    def __init__(self, columns: Columns, of_row: Prepared, of_arrays: Statement) -> None:
        self._names = tuple(columns)
        self._of_row = of_row
        self._of_arrays = Prepared({"postgresql": of_arrays})

    def rows(self, session: Session, rows: Sequence[Row]) -> list[Found]:
        """What comes back of these rows, in no order."""
        statement, runs = self._runs(session, rows)
        return [found for one in runs for found in statement.rows(session, one)]

    def run(self, session: Session, rows: Sequence[Row]) -> None:
        """The same where nothing comes back."""
        statement, runs = self._runs(session, rows)
        statement.run(session, *runs)

    def run_later(self, session: Session, rows: Sequence[Row]) -> None:
        """The same with the next statement (storage/waiting.py)."""
        statement, runs = self._runs(session, rows)
        if len(runs) == 1:
            statement.run_later(session, runs[0])
        else:
            statement.run(session, *runs)

    def _runs(self, session: Session, rows: Sequence[Row]) -> tuple[Prepared, Sequence[Row]]:
        """Which statement, and with what it is run each time."""
        if len(rows) < 2 or session.get_bind().dialect.name == "sqlite":
            return self._of_row, rows
        return self._of_arrays, [arrays_of(self._names, rows)]


def many(columns: Columns, made: Callable[[Mapping[str, ColumnElement[Any]]], Statement]) -> Many:
    """`made` is given the values of a row by the names of their columns."""
    of_row = made({name: bindparam(name, type_=kind) for name, kind in columns.items()})
    return Many(columns, Prepared(of_row), made(dict(table_of_arrays(columns).c.items())))


def insert_many(into: FromClause, names: Sequence[str], how: Callable[[Any], Insert]) -> Many:
    """An insert of these columns, in the order of the rows; `how` adds its ON CONFLICT and what is returned."""
    table = cast("Table", into)
    columns = {name: table.c[name].type for name in names}
    new = table_of_arrays(columns)
    in_order = select(*[new.c[name] for name in names]).order_by(new.c.nth)
    of_arrays = DIALECTS["postgresql"](table).from_select(list(names), in_order, include_defaults=False)
    return Many(columns, upsert(into, how), how(of_arrays))


def arrays_of(names: Iterable[str], rows: Sequence[Row]) -> Row:
    """The parameters of a table of arrays with these columns."""
    return {name: [row[name] for row in rows] for name in names}


def table_of_arrays(columns: Columns, name: str = "new") -> FromClause:
    """Arrays of these columns, which are parameters by their names, as one table in which `nth` is a row's place."""
    arrays = [bindparam(one, type_=ARRAY(kind, dimensions=1)) for one, kind in columns.items()]
    named = [column(one, kind) for one, kind in columns.items()]
    return func.unnest(*arrays).table_valued(*named, with_ordinality="nth").render_derived(name=name)
