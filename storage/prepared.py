"""Statements of every message's way, made once: building one anew costs more than running it.

A statement that is a module's constant, with `bindparam` for what changes, is compiled once a process; rows go in
as parameters, never as `.values([...])`, which is compiled anew at each call (docs/decisions/0002).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, FromClause, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

Row = Mapping[str, object]


class Prepared:
    """An insert with its ON CONFLICT, as each of the two databases spells it."""

    def __init__(self, into: FromClause, how: Callable[[Any], Any]) -> None:
        """`how` adds the conflict's rule and what is returned to a dialect's own insert."""
        table = cast("Table", into)
        self._of = {"postgresql": how(postgresql.insert(table)), "sqlite": how(sqlite.insert(table))}

    def run(self, session: Session, rows: Row | Sequence[Row]) -> CursorResult[*tuple[Any, ...]]:
        """Insert these rows in one statement; several must name the same columns."""
        connection = session.connection()
        statement = self._of[connection.dialect.name]
        return connection.execute(statement, rows)
