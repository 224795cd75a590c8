"""Re-sorting: another kind by consent of the customer only (agreement §3, Moving of due times); and the school of
a report that was filed without one."""

from sqlalchemy import select

from agreement.promises import PROMISES_OF_KIND
from agreement.words import Act, Kind, Relation
from desk import watching
from desk.access import locked, relations, require
from desk.confirming import confirm
from desk.events import append
from desk.reporting import contract_of
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Event, School, Ticket
from texts.refused import Refused
from texts.say import say


def ask(sitting: Sitting, ticket_id: int, *, kind: Kind) -> Ticket:
    """类别: the engineer or the desk thinks it is another kind; the customer is asked."""
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.RESORT, ticket)
    if kind.value == ticket.kind:
        raise Refused("refused.same_kind", again="kind", kind=say(f"kind.{kind.value}"))
    event = append(sitting, ticket, "ask_resort", {"kind": kind.value})
    tell(sitting, ticket, event, values={"kind": say(f"kind.{kind.value}"), "by": sitting.actor.name})
    return ticket


def open_question(sitting: Sitting, ticket: Ticket) -> Kind | None:
    """The kind that was asked for and not answered yet."""
    event = sitting.session.scalar(
        select(Event)
        .where(Event.ticket_id == ticket.id, Event.name.in_(["ask_resort", "resort", "resort_refused"]))
        .order_by(Event.id.desc())
        .limit(1)
    )
    return Kind(str(event.data["kind"])) if event is not None and event.name == "ask_resort" else None


def consent(sitting: Sitting, ticket_id: int) -> Ticket:
    """同意: the promises of the old kind are withdrawn, those of the new one count from this message."""
    ticket, kind = _asked(sitting, ticket_id)
    old = Kind(ticket.kind)
    ticket.kind = kind.value
    event = append(sitting, ticket, "resort", {"kind": kind.value, "from": old.value})
    leaving = set(PROMISES_OF_KIND[old]) - set(PROMISES_OF_KIND[kind])
    watching.withdraw(sitting, ticket, leaving, event)
    have = {row.promise for row in watching.of_round(sitting, ticket, PROMISES_OF_KIND[kind])}
    new = [one for one in PROMISES_OF_KIND[kind] if one.value not in have]
    watching.start(sitting, ticket, new, sitting.at, event)
    confirm(sitting, ticket, event, {"kind": kind.value, "from": old.value})
    tell(sitting, ticket, event, values={"kind": say(f"kind.{kind.value}"), "by": sitting.actor.name})
    return ticket


def refuse(sitting: Sitting, ticket_id: int) -> Ticket:
    """不同意: nothing changes."""
    ticket, kind = _asked(sitting, ticket_id)
    event = append(sitting, ticket, "resort_refused", {"kind": kind.value})
    tell(sitting, ticket, event, values={"kind": say(f"kind.{kind.value}"), "by": sitting.actor.name})
    return ticket


def settle_school(sitting: Sitting, ticket_id: int, *, school_id: int) -> Ticket:
    """学校: the desk found out where it is. From now on it is the school's ticket, by the school's contract.

    Its clocks go on as they are: they run from the report, and a due time is not moved by the vendor alone.
    """
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.SETTLE_SCHOOL, ticket)
    school = sitting.session.get_one(School, school_id)
    ticket.school_id = school.id
    ticket.contract_id, ticket.policy_id = contract_of(sitting, school.id)
    event = append(sitting, ticket, "settle_school", {"school": school.id})
    tell(sitting, ticket, event, values={"school": school.name})
    return ticket


def _asked(sitting: Sitting, ticket_id: int) -> tuple[Ticket, Kind]:
    ticket = locked(sitting, ticket_id)
    kind = open_question(sitting, ticket)
    if kind is None or not relations(sitting.actor, ticket) & {Relation.REPORTER, Relation.REPRESENTATIVE}:
        raise Refused("refused.nothing_asked", number=ticket.ordinal)
    return ticket, kind
