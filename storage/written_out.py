"""Conditions whose values stand in the statement itself, for the partial indexes.

A planner takes an index that covers only some rows where it sees that the statement wants no others. A value that
comes as a parameter hides that: SQLite then reads the whole table, PostgreSQL does as soon as it has one plan for all.
"""

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy.orm import InstrumentedAttribute


def is_now(column: InstrumentedAttribute[str], *states: str) -> ColumnElement[bool]:
    """The column has one of these values, in the order in which the index names them."""
    if len(states) == 1:
        return column == bindparam(None, states[0], type_=column.type, literal_execute=True)
    return column.in_(bindparam(None, states, type_=column.type, expanding=True, literal_execute=True))


def is_given(column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """The column is not empty."""
    return column != bindparam(None, "", type_=column.type, literal_execute=True)
