"""Writes that wait for the next statement and go with it: on PostgreSQL each statement is a way to the server and back.

What waits becomes parts of the `WITH` of the next prepared statement that has nothing to do with its table, for all
parts of a statement see the tables as they were before it. Before any other statement, a savepoint and the commit, it
goes by itself; a rollback forgets it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from storage.driving import Given, way_of
from storage.writes import wrote

WAITING = "waiting"  # key of Session.info: the writes, in their order
PLACE = re.compile(r"\$(\d+)")
BEGINNING = re.compile(r"WITH (RECURSIVE )?")
KEPT = 500  # texts, as many as a connection keeps prepared


@dataclass(frozen=True)
class Write:
    """A prepared write without an answer: an insert or update of one table, without a `WITH` of its own."""

    table: str
    sql: str
    given: Given


def put_off(session: Session, write: Write) -> None:
    """Let it wait. Of one table only one waits: a statement changes a row once."""
    if write.table in _tables(session):
        carry_out(session)
    session.info.setdefault(WAITING, []).append(write)


def with_what_waits(session: Session, tables: frozenset[str], sql: str, given: Given) -> tuple[str, Given]:
    """This statement, which speaks of these tables, with all that waits; they are done when it is."""
    if WAITING not in session.info:
        return sql, given
    if not _tables(session).isdisjoint(tables):
        carry_out(session)
    return _joined(session.info.pop(WAITING, ()), sql, given)


def carry_out(session: Session) -> None:
    """Do what waits now, in one statement."""
    writes = session.info.pop(WAITING, ())
    if writes:
        *others, last = writes
        way_of(session).rows(*_joined(others, last.sql, last.given))


def settle(session: Session) -> None:
    """Write all that the session's rows and the statements before have to write: what is wrong with it is raised."""
    session.flush()
    carry_out(session)


def _tables(session: Session) -> frozenset[str]:
    return frozenset(one.table for one in session.info.get(WAITING, ()))


def _joined(writes: Sequence[Write], sql: str, given: Given) -> tuple[str, Given]:
    text = _text(sql, len(given), tuple((one.sql, len(one.given)) for one in writes))
    return text, sum((one.given for one in writes), given)


@lru_cache(maxsize=KEPT)
def _text(sql: str, count: int, writes: tuple[tuple[str, int], ...]) -> str:
    """The statement keeps its own numbers of parameters, those of the writes follow."""
    if not writes:
        return sql
    parts = []
    for nth, (write, its) in enumerate(writes):
        parts.append(f"waiting_{nth} AS ({_from(write, count)})")
        count += its
    own = BEGINNING.match(sql)
    joined = ", ".join(parts)
    return f"{own[0]}{joined}, {sql[own.end() :]}" if own else f"WITH {joined} {sql}"


def _from(sql: str, offset: int) -> str:
    return PLACE.sub(lambda place: f"${int(place[1]) + offset}", sql)


@event.listens_for(Session, "do_orm_execute")
def _before_another(state: ORMExecuteState) -> None:
    carry_out(state.session)
    if not state.is_select:
        wrote(state.session)


@event.listens_for(Session, "after_soft_rollback")
def _after_rollback(session: Session, _undone: SessionTransaction) -> None:
    session.info.pop(WAITING, None)
