"""Statements of every message's way: compiled once for each database, then run by the driver itself.

What SQLAlchemy does anew at each execution (cache keys, parameters, a result with its columns) costs three times
the statement itself; here only its types still read and write the values (docs/decisions/0008). A statement is a
module's constant with `bindparam` for what changes; rows go in as parameters, never as `.values([...])`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import (
    CompoundSelect,
    Delete,
    Dialect,
    FromClause,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.types import TypeEngine

from storage.driving import way_of
from storage.waiting import Write, carry_out, put_off, with_what_waits
from storage.writes import wrote

Row = Mapping[str, object]
Found = tuple[Any, ...]
Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | Insert | Update | Delete
Process = Callable[[Any], Any]


@dataclass(frozen=True)
class Slot:
    """One place in the driver's parameters: a named value, one of a list's values, or a constant of the statement."""

    name: str
    place: int | None
    constant: object
    process: Process | None

    @property
    def making(self) -> Process | None:
        """What makes the driver's value of the row's; None where they are the same."""
        if self.place is None:
            return self.process
        nth = itemgetter(self.place)
        process = self.process
        return nth if process is None else lambda values: process(nth(values))


@dataclass(frozen=True)
class Plan:
    """A statement as one driver takes it, for rows of these columns and lists of these lengths."""

    sql: str
    slots: tuple[Slot, ...]
    columns: tuple[Process | None, ...]

    @cached_property
    def _given(self) -> tuple[tuple[str, object], ...]:
        return tuple((slot.name, slot.constant) for slot in self.slots)

    @cached_property
    def _made(self) -> tuple[tuple[int, Process], ...]:
        return tuple((place, slot.making) for place, slot in enumerate(self.slots) if slot.making is not None)

    def parameters(self, row: Row) -> tuple[object, ...]:
        """In the driver's order."""
        values = [row.get(name, constant) for name, constant in self._given]
        for place, make in self._made:
            values[place] = make(values[place])
        return tuple(values)

    def read(self, found: Iterable[Found]) -> list[Found]:
        """Rows of Python's values."""
        if not any(self.columns):
            return [tuple(row) for row in found]
        return [
            tuple(
                [value if one is None else one(value) for one, value in zip(self.columns, row, strict=True)]
            )
            for row in found
        ]


class Prepared:
    """A statement that is made once and run many times. `{dialect: statement}` where the two spell it differently."""

    def __init__(self, statement: Statement | Mapping[str, Statement]) -> None:
        self._of = statement if isinstance(statement, Mapping) else dict.fromkeys(DIALECTS, statement)
        self._plans: dict[tuple[object, ...], Plan] = {}
        self._several: dict[tuple[object, ...], Prepared] = {}

    def spelled(self, dialect: str) -> Statement:
        """The statement as this dialect is sent it."""
        return self._of[dialect]

    @cached_property
    def _lists(self) -> Mapping[str, tuple[str, ...]]:
        """Names of the parameters that are lists and have no value of their own, by dialect: one may take an array."""
        return {
            dialect: tuple(sorted({one.key for one in _required(statement) if one.expanding}))
            for dialect, statement in self._of.items()
        }

    @cached_property
    def _literals(self) -> tuple[str, ...]:
        """Names of the parameters that are written into the statement, e.g. a limit that the planner must see."""
        some = next(iter(self._of.values()))
        return tuple(sorted({one.key for one in _required(some) if one.literal_execute}))

    @cached_property
    def _tables(self) -> frozenset[str]:
        """Names of the tables that it speaks of."""
        some = next(iter(self._of.values()))
        return frozenset(one.name for one in visitors.iterate(some) if isinstance(one, Table))

    @cached_property
    def _writes(self) -> bool:
        """Whether it or a part of its `WITH` changes a table."""
        some = next(iter(self._of.values()))
        return any(isinstance(one, Insert | Update | Delete) for one in visitors.iterate(some))

    @cached_property
    def _written(self) -> str:
        """The name of the table that it writes. Raises TypeError for one that writes none."""
        some = next(iter(self._of.values()))
        if not isinstance(some, Insert | Update) or not isinstance(some.table, Table):
            raise TypeError(f"{some} writes no table")
        return some.table.name

    def rows(self, session: Session, row: Row) -> list[Found]:
        """Run with these parameters; the rows that come back."""
        way = way_of(session)
        if self._writes:
            wrote(session)
        plan = self._plan(way.dialect, row)
        return plan.read(way.rows(*with_what_waits(session, self._tables, plan.sql, plan.parameters(row))))

    def first(self, session: Session, row: Row) -> Found | None:
        """The first row that comes back, if any does."""
        return next(iter(self.rows(session, row)), None)

    def run(self, session: Session, *rows: Row) -> None:
        """Run once for each row; all of them name the same columns. Nothing comes back."""
        if len(rows) == 1:
            self.rows(session, rows[0])
        elif rows:
            carry_out(session)
            wrote(session)
            way = way_of(session)
            plan = self._plan(way.dialect, rows[0])
            way.run(plan.sql, [plan.parameters(row) for row in rows])

    def run_later(self, session: Session, row: Row) -> None:
        """Run once with the next statement; an insert or update that returns nothing. On SQLite, which is in the
        process, at once."""
        way = way_of(session)
        if way.dialect.name == "sqlite":
            self.rows(session, row)
            return
        wrote(session)
        plan = self._plan(way.dialect, row)
        put_off(session, Write(self._written, plan.sql, plan.parameters(row)))

    def together(self, session: Session, rows: Sequence[Row]) -> list[Found]:
        """Several rows of an insert in one statement, and what it returns of each, in no order."""
        if len(rows) < 2:
            return self.rows(session, rows[0]) if rows else []
        several = self._several.get((len(rows), *rows[0]))
        if several is None:
            several = self._several[(len(rows), *rows[0])] = self._of_several(rows)
        return several.rows(
            session, {_nth(name, place): row[name] for place, row in enumerate(rows) for name in row}
        )

    def _of_several(self, rows: Sequence[Row]) -> "Prepared":
        """The same insert with as many rows in its VALUES."""
        made = {dialect: cast("Insert", one) for dialect, one in self._of.items()}
        types = {column.key: column.type for column in next(iter(made.values())).table.columns}
        # Only the first row's values would get their column's type by themselves.
        names: list[dict[str, BindParameter[Any]]] = [
            {name: bindparam(_nth(name, place), type_=types[name]) for name in row} for place, row in enumerate(rows)
        ]
        return Prepared({dialect: one.values(names) for dialect, one in made.items()})

    def _plan(self, dialect: Dialect, row: Row) -> Plan:
        lengths = tuple([len(cast("Sequence[object]", row[name])) for name in self._lists[dialect.name]])
        literals = tuple([row[name] for name in self._literals])
        key = (dialect.name, lengths, literals, *row)
        plan = self._plans.get(key)
        if plan is None:
            statement = self._of[dialect.name]
            plan = self._plans[key] = _planned(statement, dialect, row)
        return plan


def _required(statement: Statement) -> Iterable[BindParameter[Any]]:
    """The parameters that have no value of their own."""
    return (one for one in visitors.iterate(statement) if isinstance(one, BindParameter) and one.required)


def _nth(name: str, place: int) -> str:
    return f"{name}__{place}"


def upsert(into: FromClause, how: Callable[[Any], Any]) -> Prepared:
    """An insert with its ON CONFLICT: `how` adds the conflict's rule and what is returned to a dialect's own."""
    table = cast("Table", into)
    return Prepared({name: how(new(table)) for name, new in DIALECTS.items()})


DIALECTS: Mapping[str, Callable[[Any], Insert]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def _planned(statement: Statement, dialect: Dialect, row: Row) -> Plan:
    """Raises KeyError for a parameter that the row does not have: a column's default is not looked at."""
    compiled = statement.compile(dialect=dialect, column_keys=list(row))
    binds: Mapping[str, BindParameter[Any]] = compiled.binds
    expanded = compiled.construct_expanded_state(dict(row))
    place_of = {
        name: (listed, place)
        for listed, names in expanded.parameter_expansion.items()
        for place, name in enumerate(names)
    }
    slots = []
    for position in expanded.positiontup or ():
        name, place = place_of.get(position, (position, None))
        bind = binds[name]
        given_later = bind.required or (isinstance(statement, Insert) and bind.value is None)
        if name not in row and given_later:
            raise KeyError(f"{name} is not among {sorted(row)}")
        slots.append(Slot(name, place, bind.value, _binding(bind.type, dialect)))
    return Plan(expanded.statement, tuple(slots), _reading(statement, dialect))


def _binding(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    """SQLAlchemy looks at each value of an array to see how deep it is: four times the work of making it."""
    if not isinstance(kind, postgresql.ARRAY) or kind.dimensions != 1:
        return kind.dialect_impl(dialect).bind_processor(dialect)
    each = kind.item_type.dialect_impl(dialect).bind_processor(dialect)
    return None if each is None else lambda values: [each(one) for one in values]


def _reading(statement: Statement, dialect: Dialect) -> tuple[Process | None, ...]:
    columns = statement.exported_columns
    return tuple(one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns)
