"""Who said that a matter is urgent: only their word can be taken back, and only by them (agreement §3).

Of a matter that was reported twice the word may have been said on the report that was merged. Its reporter follows the
ticket that goes on, and takes back nobody's word there but their own, where it is the only one.
"""

from collections.abc import Iterable

from sqlalchemy import func, select

from agreement.lifecycle import UNRESOLVED
from agreement.words import Relation, State
from desk.access import all_relations
from desk.sitting import Sitting
from storage.tables import Event, Ticket

SAYS = ("report", "urgent", "not_urgent")


def of_own_word(sitting: Sitting, ticket: Ticket) -> tuple[Relation, ...]:
    """A follower counts as its reporter for 不急了, where nobody else has said that it is urgent."""
    is_open = ticket.is_urgent and State(ticket.state) in UNRESOLVED
    if not is_open or sitting.actor.person_id is None:
        return ()
    if Relation.FOLLOWER not in all_relations(sitting, ticket):
        return ()
    return (Relation.REPORTER,) if declared_by(sitting, ticket) == {sitting.actor.person_id} else ()


def declared_by(sitting: Sitting, ticket: Ticket) -> set[int | None]:
    """By report, by 紧急 or by consent, in this round and not taken back since. None: somebody not known yet."""
    reports = {one.id: one.reporter_id for one in _reports(sitting, [ticket])}
    said: dict[int, set[int | None]] = {}
    for event in _said(sitting, ticket, reports):
        if event.name == "not_urgent":
            said = {} if event.ticket_id == ticket.id else said | {event.ticket_id: set()}
        elif event.name == "urgent":
            said.setdefault(event.ticket_id, set()).add(event.actor_id)
        elif event.data.get("urgent_at"):
            said.setdefault(event.ticket_id, set()).add(reports[event.ticket_id])
    return set().union(*said.values())


def _reports(sitting: Sitting, tickets: list[Ticket]) -> list[Ticket]:
    """These, and what was merged into them, however often; by their events, for no index finds them by the ticket."""
    mergers = select(Event.data).where(Event.ticket_id.in_([one.id for one in tickets]), Event.name == "merged_from")
    ordinals = [data["from"] for data in sitting.session.scalars(mergers)]
    found = list(sitting.session.scalars(select(Ticket).where(Ticket.ordinal.in_(ordinals)))) if ordinals else []
    return [*tickets, *(_reports(sitting, found) if found else ())]


def _said(sitting: Sitting, ticket: Ticket, reports: Iterable[int]) -> list[Event]:
    """With the end of a round its urgency has ended; what was merged in the first one may be older than the ticket."""
    first = select(func.min(Event.id)).where(Event.ticket_id == ticket.id, Event.round == ticket.round)
    since = sitting.session.scalar(first) if ticket.round > 1 else 0
    query = select(Event).where(Event.ticket_id.in_(reports), Event.name.in_(SAYS), Event.id >= since)
    return list(sitting.session.scalars(query.order_by(Event.id)))
