"""The room whose code somebody scanned: where a stranger belongs, and where somebody known stands for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, bindparam, or_, select

from desk.sitting import Sitting
from storage.prepared import Prepared
from storage.tables import Account, Room, Ticket

STANDS_THERE = timedelta(minutes=30)


@dataclass(frozen=True)
class ScannedRoom:
    """A room as its code names it."""

    id: int
    school_id: int
    name: str
    code: str


def scanned_room(sitting: Sitting) -> ScannedRoom | None:
    """The room whose code this account scanned last."""
    found = SCANNED.first(sitting.session, {"account": sitting.actor.account_id})
    return ScannedRoom(*found) if found is not None else None


def room_just_scanned(sitting: Sitting, school_id: int) -> ScannedRoom | None:
    """The room of this school that somebody known stands in: they scanned its code a moment ago."""
    if not _has_just_scanned(sitting):
        return None
    here = {"account": sitting.actor.account_id, "since": sitting.at - STANDS_THERE, "school": school_id}
    found = JUST_SCANNED.first(sitting.session, here)
    return ScannedRoom(*found) if found is not None else None


def stands_elsewhere(sitting: Sitting, tickets: Sequence[int]) -> bool:
    """Whether the actor scanned a room a moment ago, after all of these tickets were reported, each of which is about
    another place: one that names none may be about this room.
    """
    if not _has_just_scanned(sitting):
        return False
    here = {"account": sitting.actor.account_id, "since": sitting.at - STANDS_THERE, "tickets": list(tickets)}
    return ELSEWHERE.first(sitting.session, here) is not None


def _has_just_scanned(sitting: Sitting) -> bool:
    """Read with whoever wrote: most have scanned nothing, and no statement is needed to say so."""
    scanned_at = sitting.actor.scanned_at
    return scanned_at is not None and scanned_at >= sitting.at - STANDS_THERE


_MINE = Account.id == bindparam("account", type_=Account.id.type)
_JUST_NOW = Account.scanned_at >= bindparam("since")
_ROOMS = (
    select(Room.id, Room.school_id, Room.name, Room.code)
    .join(Account, Account.scanned == Room.code)
    .where(_MINE, Account.scanned != "")
)
_KNOWN = select(Ticket.id).where(
    Ticket.id.in_(bindparam("tickets", expanding=True)),
    or_(
        Ticket.registered_at > Account.scanned_at,
        and_(Ticket.place.in_((Room.name, "")), or_(Ticket.school_id == Room.school_id, Ticket.school_id.is_(None))),
    ),
)
SCANNED = Prepared(_ROOMS)
JUST_SCANNED = Prepared(_ROOMS.where(_JUST_NOW, Room.school_id == bindparam("school")))
ELSEWHERE = Prepared(_ROOMS.where(_JUST_NOW, ~_KNOWN.exists()))
