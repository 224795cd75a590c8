"""Re-sorting, of kind or of urgency: by consent of the customer only (agreement §3, Moving of due times); and the
school of a report that was filed without one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam

from agreement.lifecycle import UNRESOLVED
from agreement.promises import PROMISES_OF_AGREED_PLAN, PROMISES_OF_KIND, ROWS, Starting
from agreement.words import Act, Kind, Promise, Relation, State
from desk import breaching, catching_up, customers, planning, requests, watching
from desk.access import locked, name_of, relations, require
from desk.before_filing import contract_of
from desk.confirming import confirm
from desk.events import append
from desk.handling import begin_agreed_work, is_its_engineer, noticed_by_engineer
from desk.sitting import Sitting
from desk.telling import tell
from storage.entities import Entities
from storage.tables import Event, School, Ticket
from texts.refused import Refused
from texts.say import Say, say

CUSTOMERS = frozenset({Relation.REPORTER, Relation.REPRESENTATIVE})
QUESTION = ("ask_resort", "resort", "resort_refused")
URGENCY = ("urgent", "not_urgent")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the customer was asked and has not answered: another kind, or whether it is urgent.

    `id` is the asking's own event: a button of an earlier question never answers a later one.
    """

    id: int
    by_id: int | None
    kind: Kind | None
    urgent: bool

    @property
    def wanted(self) -> Say:
        """What the ticket would become."""
        if self.kind is not None:
            return say(f"kind.{self.kind.value}")
        return say("resort.urgent" if self.urgent else "resort.not_urgent")

    @property
    def about(self) -> Say:
        """What of the ticket is in question."""
        return say("label.resort") if self.kind is not None else say("resort.urgency")


def ask(sitting: Sitting, ticket_id: int, *, kind: Kind) -> Ticket:
    """类别: the engineer or the desk thinks it is another kind; the customer is asked."""
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.RESORT, ticket)
    if kind.value == ticket.kind:
        raise Refused("refused.same_kind", again="kind", kind=say(f"kind.{kind.value}"))
    return _ask(sitting, ticket, {"kind": kind.value})


def ask_urgency(sitting: Sitting, ticket_id: int) -> Ticket:
    """紧急 by the vendor: the customer is asked whether it is urgent after all, or urgent no longer.

    The vendor alone makes nothing urgent and, above all, never makes a thing not urgent.
    """
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.RESORT_URGENCY, ticket)
    return _ask(sitting, ticket, {"urgent": not ticket.is_urgent})


def _ask(sitting: Sitting, ticket: Ticket, data: dict[str, object]) -> Ticket:
    noticed_by_engineer(sitting, ticket)
    if is_its_engineer(sitting, ticket):
        begin_agreed_work(sitting, ticket, Act.RESORT)
    event = append(sitting, ticket, "ask_resort", data)
    tell(sitting, ticket, event, values={"kind": _asked(event).wanted, "by": sitting.actor.name})
    return ticket


def open_question(sitting: Sitting, ticket: Ticket) -> Asked | None:
    """What the customer was asked last, unless it is answered.

    Nothing while the work is done: a kind agreed to then would begin clocks that nobody can keep.
    """
    last = None if State(ticket.state) not in UNRESOLVED else _last(sitting, ticket, (*QUESTION, *URGENCY))
    asking = _last(sitting, ticket, QUESTION) if last is not None and last.name in URGENCY else last
    if asking is None or asking.name != "ask_resort":
        return None
    asked = _asked(asking)
    settled = asked.kind is None and asking is not last  # by the customer's own word, without being asked
    return None if settled else asked


def _last(sitting: Sitting, ticket: Ticket, names: tuple[str, ...]) -> Event | None:
    which = {"ticket": ticket.id, "round": ticket.round, "names": list(names)}
    return next(iter(NEWEST.found(sitting.session, which)), None)


def _newest(events: Select[Any]) -> Select[Any]:
    of_round = events.where(Event.ticket_id == bindparam("ticket"), Event.round == bindparam("round"))
    named = of_round.where(Event.name.in_(bindparam("names", expanding=True)))
    return named.order_by(Event.id.desc()).limit(1)


NEWEST = Entities(Event, _newest)  # of every card that a customer reads


def _asked(event: Event) -> Asked:
    kind = event.data.get("kind")
    return Asked(
        id=event.id,
        by_id=event.actor_id,
        kind=Kind(str(kind)) if kind else None,
        urgent=bool(event.data.get("urgent")),
    )


def consent(sitting: Sitting, ticket_id: int, *, question: int = 0) -> Ticket:
    """同意, to the very question that was shown (0: to the open one)."""
    ticket, asked = _answered(sitting, ticket_id, question)
    if asked.kind is not None:
        return _resort(sitting, ticket, asked, asked.kind)
    named = [asked.by_id] if asked.by_id is not None else []
    if asked.urgent:
        return customers.declare_urgent(sitting, ticket_id, named=named)
    return customers.take_back_urgency(sitting, ticket_id, named=named)


def _resort(sitting: Sitting, ticket: Ticket, asked: Asked, kind: Kind) -> Ticket:
    """The promises of the old kind are withdrawn, those of the new one begin, with what has happened so far."""
    old = Kind(ticket.kind)
    ticket.kind = kind.value
    since = _counts_from(sitting, ticket, kind)
    data = {"kind": kind.value, "from": old.value, "asked": asked.id, "since": since}
    event = append(sitting, ticket, "resort", data)
    watching.withdraw(sitting, ticket, leaving(old, kind), event)
    catching_up.begin(sitting, ticket, PROMISES_OF_KIND[kind], since, event)
    if ticket.is_deep:
        started = [one for one in PROMISES_OF_AGREED_PLAN[kind] if one is not Promise.PLAN_STEP]
        catching_up.begin(sitting, ticket, started, sitting.at, event)
    confirm(sitting, ticket, event, {"kind": kind.value, "from": old.value})
    if old is Kind.CUSTOMISED:
        requests.put_aside(sitting, ticket)
    named = [asked.by_id] if asked.by_id is not None else []
    tell(sitting, ticket, event, named=named, values={"kind": asked.wanted, "by": sitting.actor.name})
    if kind is Kind.CUSTOMISED:
        requests.state(sitting, ticket)
    return ticket


def leaving(old: Kind, new: Kind) -> set[Promise]:
    """The promises that a ticket of the old kind can have and one of the new kind cannot."""
    return {
        row.promise
        for row in ROWS
        if row.starts is not Starting.URGENT and old in row.kinds and new not in row.kinds
    }


def _counts_from(sitting: Sitting, ticket: Ticket, kind: Kind) -> datetime:
    """From this message; from the report where the desk had sorted it against the customer's words (acts)."""
    return catching_up.began_at(sitting, ticket) if ticket.said_kind == kind.value else sitting.at


def refuse(sitting: Sitting, ticket_id: int, *, question: int = 0) -> Ticket:
    """不同意: nothing changes."""
    ticket, asked = _answered(sitting, ticket_id, question)
    kind = asked.kind.value if asked.kind is not None else ""
    event = append(sitting, ticket, "resort_refused", {"kind": kind, "asked": asked.id})
    tell(
        sitting,
        ticket,
        event,
        named=[asked.by_id] if asked.by_id is not None else [],
        values={"kind": asked.wanted, "what": asked.about, "by": sitting.actor.name},
    )
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
    breaching.catch_up(sitting, ticket)
    event = append(
        sitting,
        ticket,
        "settle_school",
        {"school": school.id, "contract": ticket.contract_id, "policy": ticket.policy_id},
    )
    tell(sitting, ticket, event, values={"school": school.name})
    request = requests.latest(sitting, ticket) if ticket.request == requests.OPEN else None
    if request is not None:  # until now nobody was there to confirm it
        requests.pass_on(sitting, ticket, request)
    planning.offer_to_school(sitting, ticket)
    return ticket


def _nothing_asked(sitting: Sitting, ticket: Ticket) -> Refused:
    """Of two who were asked the second reads who was first."""
    last = _last(sitting, ticket, QUESTION)
    if last is None or last.name == "ask_resort":
        return Refused("refused.nothing_asked", number=ticket.ordinal)
    by = name_of(sitting, last.actor_id)
    return Refused("refused.resort_answered", number=ticket.ordinal, by=by, at=last.at)


def _answered(sitting: Sitting, ticket_id: int, question: int) -> tuple[Ticket, Asked]:
    """The ticket, locked, with the question that is answered. Raises Refused where none is open to this person."""
    ticket = locked(sitting, ticket_id)
    asked = open_question(sitting, ticket)
    if asked is None or not relations(sitting.actor, ticket) & CUSTOMERS:
        raise _nothing_asked(sitting, ticket)
    if question not in {0, asked.id}:
        raise Refused("refused.asked_anew", number=ticket.ordinal, kind=asked.wanted)
    return ticket, asked
