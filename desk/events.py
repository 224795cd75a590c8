"""Appending to the history of a ticket: the only way anything becomes part of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select

from agreement.records import CHECKED_AFTER
from agreement.words import Relation
from desk.access import all_relations, relations
from desk.sitting import Actor, Sitting
from storage.born import EVENTS, reserved
from storage.prepared import Row
from storage.tables import Event, Ticket
from storage.work import wake
from texts.say import to_json

RECORDS = "records"  # woken when a record may have to be closed

# In which of several relations a person acted is told by the first of these that holds.
ORDER = (
    Relation.SYSTEM,
    Relation.ASSIGNEE,
    Relation.ENGINEER,
    Relation.DESK,
    Relation.LEAD,
    Relation.ARCHIVIST,
    Relation.MANAGER,
    Relation.REPORTER,
    Relation.REPRESENTATIVE,
    Relation.FOLLOWER,
    Relation.COLLEAGUE,
)


def append(
    sitting: Sitting,
    ticket: Ticket,
    name: str,
    data: Mapping[str, object] | None = None,
    *,
    acted_as: Relation | None = None,
    visibility: str = "shared",
    behind: Sequence[Row] = (),
    ids: Sequence[int] = (),
) -> Event:
    """Write one event: who, when it counts, when it was recorded, what, and its data as JSON.

    `behind`: what the house itself notes of the same moment, written by the same statement. `ids` were given to them
    before, where they were.
    """
    event = {
        "ticket_id": ticket.id,
        "at": sitting.at,
        "recorded_at": sitting.now,
        "actor_id": sitting.actor.person_id,
        "actor_as": (acted_as or _acted_as(sitting, ticket)).value,
        "name": name,
        "round": ticket.round,
        "data": {key: to_json(value) for key, value in (data or {}).items()},
        "is_internal": visibility == "internal",
    }
    if ticket.updated_at != sitting.now:
        ticket.updated_at = sitting.now
    if name in CHECKED_AFTER:
        ticket.records_due_at = sitting.now
        wake(sitting.session, RECORDS)
    sitting.session.flush()
    given = reserved(sitting.session, ticket.id)
    return EVENTS.insert(sitting.session, event, *behind, ids=ids or (given if not behind else ()))


def looked(
    sitting: Sitting, tickets: Sequence[Ticket], name: str, data: Mapping[str, object] | None = None
) -> None:
    """Somebody saw these cases on a page: an event of each that is not their own. Nothing happened to the cases
    themselves, so their rows stay as they are."""
    rows = [
        {
            "ticket_id": one.id,
            "at": sitting.at,
            "recorded_at": sitting.now,
            "actor_id": sitting.actor.person_id,
            "actor_as": _first(relations(sitting.actor, one)).value,
            "name": name,
            "round": one.round,
            "data": {"channel": sitting.actor.channel, **(data or {})},
            "is_internal": True,
        }
        for one in tickets
        if not is_own(sitting.actor, one)
    ]
    if rows:
        sitting.session.execute(insert(Event), rows)


def looked_once(sitting: Sitting, ticket: Ticket, name: str, since: datetime, data: Mapping[str, object]) -> None:
    """The same of one thing of the case, once since that moment: a browser, a preview and a reload ask many times."""
    if is_own(sitting.actor, ticket):
        return
    query = select(Event.data).where(
        Event.ticket_id == ticket.id,
        Event.name == name,
        Event.actor_id == sitting.actor.person_id,
        Event.at >= since,
    )
    kept = {key: to_json(value) for key, value in data.items()} | {"channel": sitting.actor.channel}
    if kept not in sitting.session.scalars(query).all():
        looked(sitting, [ticket], name, kept)


def is_own(actor: Actor, ticket: Ticket) -> bool:
    """Whether this person reported it or works on it: whoever looks at that looks at no other person's case."""
    if actor.person_id is None:
        return actor.account_id is not None and actor.account_id == ticket.reporter_account_id
    return actor.person_id in {ticket.reporter_id, ticket.assignee_id}


def _acted_as(sitting: Sitting, ticket: Ticket) -> Relation:
    return _first(all_relations(sitting, ticket))


def _first(held: frozenset[Relation]) -> Relation:
    return next((one for one in ORDER if one in held), Relation.REPORTER)
