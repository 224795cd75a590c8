"""What is open around somebody who writes: a talk with a human, and what they reported. Every message asks for it.

On PostgreSQL it comes with the message's arrival (`storage/arriving.py`); SQLite, and whoever must look again, asks by
itself. A condition on NULL finds nothing: a stranger has no person's tickets, a bound person no stranger's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, func, literal, select, union_all
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.prepared import Prepared
from storage.sight import Viewer
from storage.tables import Account, Follower, FollowingStranger, Person, Talk, Ticket

Value = ColumnElement[Any] | InstrumentedAttribute[int]
WRITERS: Final = (Person, Account)  # they stand in the statement around, never in one of these selects
OPENING: Final = 12  # characters: they stand on a button
STATES: Final = "open_states"  # of the tickets that count as open, among the parameters


@dataclass(frozen=True, order=True)
class OwnTicket:
    """An open ticket of the person who writes: its first words, what they were asked about it, whether they called it
    solved.
    """

    id: int
    ordinal: int
    opening: str
    waiting: str
    is_solved: bool


@dataclass(frozen=True)
class Around:
    """The talk's id, if one is open, and the tickets, the newest first."""

    talk_id: int | None
    own: tuple[OwnTicket, ...]


def around(session: Session, viewer: Viewer, states: Sequence[str]) -> Around:
    """Both in one statement."""
    values = {"viewer": viewer.person_id, "viewing_account": viewer.account_id, STATES: list(states)}
    found = AROUND.rows(session, values)
    talks = [one for what, one, *_ in found if what == "talk"]
    return _seen(max(talks, default=None), [one for what, *one in found if what == "ticket"])


def _seen(talk_id: int | None, own: Sequence[Sequence[Any]]) -> Around:
    return Around(talk_id, tuple(sorted((OwnTicket(*one) for one in own), reverse=True)))


def as_columns(person: Value, account: Value) -> tuple[ScalarSelect[Any], ...]:
    """The same as values of a statement of PostgreSQL that knows who writes; `of_columns` reads them."""
    talks, own = union_all(*_talks(person, account)).subquery(), union_all(*_own(person, account)).subquery()
    listed = func.jsonb_agg(func.jsonb_build_array(*own.columns), type_=postgresql.JSONB())
    return select(func.max(talks.c.id)).scalar_subquery(), select(listed).scalar_subquery()


def of_columns(talk_id: int | None, own: Sequence[Sequence[Any]] | None) -> Around:
    """What those values say."""
    return _seen(talk_id, own or ())


def _own(person: Value, account: Value) -> list[Select[*tuple[Any, ...]]]:
    opening = func.substr(Ticket.text, 1, OPENING)
    reported = (
        Ticket.reporter_id == person,
        and_(Ticket.reporter_id.is_(None), Ticket.reporter_account_id == account),
    )
    is_solved = (Ticket.opinion == "solved").label("is_solved")
    is_open = Ticket.state.in_(bindparam(STATES, expanding=True))
    # One that theirs was merged into is theirs to answer for as well.
    followed = (
        and_(Follower.ticket_id == Ticket.id, Follower.person_id == person),
        and_(FollowingStranger.ticket_id == Ticket.id, FollowingStranger.account_id == account),
    )
    return [
        select(Ticket.id, Ticket.ordinal, opening, Ticket.waiting, is_solved).where(mine, is_open).correlate(*WRITERS)
        for mine in (*reported, *followed)
    ]


def _talks(person: Value, account: Value) -> list[Select[*tuple[Any, ...]]]:
    sides = (Talk.account_id == account, Talk.desk_id == person)
    return [select(Talk.id).where(side, Talk.ended_at.is_(None)).correlate(*WRITERS) for side in sides]


def _in_rows() -> Prepared:
    person = bindparam("viewer", type_=Ticket.id.type)
    account = bindparam("viewing_account", type_=Ticket.id.type)
    own = [select(literal("ticket"), *one.subquery().columns) for one in _own(person, account)]
    talks = [
        select(literal("talk"), *one.subquery().columns, literal(0), literal(""), literal(""), literal(value=False))
        for one in _talks(person, account)
    ]
    return Prepared(union_all(*own, *talks))


AROUND = _in_rows()
