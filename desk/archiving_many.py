"""全部归档: whatever may be archived is, and of the rest it is said what is missing and who owes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from agreement.words import Role, State
from desk.archiving import archive, refuse_while_objectable, refuse_while_stopped
from desk.case_reading import case_file
from desk.sitting import Sitting
from storage.tables import Ticket
from storage.waiting import settle
from texts.refused import Refused
from texts.say import Say

MOST: Final = 100  # in one message; of more, once again
ENDED: Final = (State.CLOSED.value, State.DECLINED.value)


@dataclass(frozen=True)
class Batch:
    """Short numbers of what was archived, why each of the others was not, and how many were not looked at."""

    archived: tuple[int, ...]
    refused: tuple[Say, ...]
    left: int


def archive_all(sitting: Sitting) -> Batch:
    """Archive what passes, each as the act alone would. Raises Refused for whoever is no archivist."""
    found, left = _ended(sitting)
    # All of them before anybody is told of the first: lanes come last in the order of locks.
    ids = [ticket.id for ticket in found]
    sitting.session.scalars(select(Ticket.id).where(Ticket.id.in_(ids)).order_by(Ticket.id).with_for_update()).all()
    archived, refused = [], []
    for ticket in found:
        savepoint = sitting.session.begin_nested()
        try:
            archive(sitting, ticket.id, occasion="archive_many")
            settle(sitting.session)
        except Refused as no:
            savepoint.rollback()
            refused.append(no.said)
        else:
            savepoint.commit()
            archived.append(ticket.ordinal)
    return Batch(tuple(archived), tuple(refused), left)


def to_archive(sitting: Sitting) -> Batch:
    """待归档: the same without archiving anything; `archived` are those that could be. Raises Refused likewise."""
    found, left = _ended(sitting)
    ready, refused = [], []
    for ticket in found:
        why = _why_not(sitting, ticket)
        if why is None:
            ready.append(ticket.ordinal)
        else:
            refused.append(why)
    return Batch(tuple(ready), tuple(refused), left)


def _ended(sitting: Sitting) -> tuple[Sequence[Ticket], int]:
    if Role.ARCHIVIST not in sitting.actor.roles:
        raise Refused("refused.archivist_only")
    query = select(Ticket).where(Ticket.state.in_(ENDED)).order_by(Ticket.id).limit(MOST + 1)
    found = sitting.session.scalars(query).all()
    return found[:MOST], len(found) - len(found[:MOST])


def _why_not(sitting: Sitting, ticket: Ticket) -> Say | None:
    """What the act would say; None: nothing."""
    try:
        refuse_while_objectable(ticket)
        refuse_while_stopped(ticket, case_file(sitting, ticket))
    except Refused as no:
        return no.said
    return None
