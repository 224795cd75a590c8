"""What an engineer does with a ticket: take it up, pass it on, go there, ask, answer, note (its end: finishing.py)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from agreement.promises import Keeping
from agreement.words import Act, Promise, Record, Relation, Role, State
from desk import clock_rows, expiring, pausing, watching
from desk.access import locked, name_of, relations, require
from desk.briefing import brief
from desk.events import append
from desk.numbers import issue
from desk.reporting import Sent, attach
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Event, Membership, Ticket, Visit
from texts.refused import Refused

# What these acts fill first. An acknowledgement that they imply tells people, and a number is asked for before that.
ON_THE_WAY: Final = timedelta(hours=2)  # whoever set out so long ago and did not arrive sets out anew
FILLS: Final[Mapping[Act, tuple[Record, ...]]] = {
    Act.PROPOSE: (Record.REVIEW,),
    Act.START: (Record.WORK_ORDER,),
    Act.DONE: (Record.REVIEW,),
    Act.DECLINE: (Record.REVIEW, Record.RECEIPT),
}


def acknowledge(sitting: Sitting, ticket_id: int) -> Ticket:
    """接单: a person has answered; the ticket is theirs. Two at once: the second reads who was first."""
    ticket = locked(sitting, ticket_id)
    _refuse_if_taken(sitting, ticket)
    require(sitting, Act.ACKNOWLEDGE, ticket)
    _acknowledge(sitting, ticket)
    brief(sitting, ticket, acting_person(sitting))
    return ticket


def _refuse_if_taken(sitting: Sitting, ticket: Ticket) -> None:
    # The other one is an engineer who tapped the same card a moment before.
    taken = ticket.assignee_id is not None and ticket.round_acknowledged
    if taken and ticket.state != State.REGISTERED.value:
        acknowledged = select(func.max(Event.at)).where(
            Event.ticket_id == ticket.id, Event.name == "acknowledge"
        )
        event_at = sitting.session.scalar(acknowledged)
        raise Refused(
            "refused.already_acknowledged",
            number=ticket.ordinal,
            assignee=name_of(sitting, ticket.assignee_id),
            at=event_at or ticket.updated_at,
        )


def _acknowledge(sitting: Sitting, ticket: Ticket, occasion: str = "") -> None:
    if ticket.state == State.REGISTERED.value:
        ticket.state = State.ACKNOWLEDGED.value
    ticket.assignee_id = sitting.actor.person_id
    ticket.round_acknowledged = True
    event = append(sitting, ticket, "acknowledge", acted_as=Relation.ASSIGNEE)
    watching.keep(sitting, ticket, Keeping.ACKNOWLEDGED, event)
    expiring.watch(sitting, ticket)
    tell(sitting, ticket, event, values={"engineer": sitting.actor.name}, occasion=occasion)


def taken_up(sitting: Sitting, ticket_id: int, act: Act) -> Ticket:
    """The ticket, locked, for an act of its assignee. Work on an unacknowledged ticket acknowledges it too."""
    ticket = locked(sitting, ticket_id)
    _refuse_others_work(sitting, ticket)
    require(sitting, act, ticket)
    if ticket.assignee_id is None or not ticket.round_acknowledged:
        _number(sitting, ticket, act)
    if ticket.assignee_id is None:
        _acknowledge(sitting, ticket, "taken_up")
        brief(sitting, ticket, acting_person(sitting))
    noticed_by_engineer(sitting, ticket)
    begin_agreed_work(sitting, ticket, act)
    return ticket


def _number(sitting: Sitting, ticket: Ticket, act: Act) -> None:
    """Counters are locked before lanes (the written order); what was planned in this round has its review already."""
    for record in FILLS.get(act, ()):
        issue(sitting, ticket, record, attempt=ticket.round if record is Record.WORK_ORDER else 1)


def noticed_by_engineer(sitting: Sitting, ticket: Ticket, occasion: str = "taken_up") -> None:
    """Any act of an engineer on an unacknowledged ticket acknowledges it too (acts, 接单); a desk's never does."""
    if _answers_first(sitting, ticket):
        _acknowledge(sitting, ticket, occasion)
        brief(sitting, ticket, acting_person(sitting))


def _answers_first(sitting: Sitting, ticket: Ticket) -> bool:
    """Whether this act is the first word of an engineer in this round, and of the one whose ticket it is or may be."""
    mine = ticket.assignee_id in {None, sitting.actor.person_id}
    answered = ticket.assignee_id is not None and ticket.round_acknowledged
    return mine and not answered and Relation.ENGINEER in relations(sitting.actor, ticket)


def is_its_engineer(sitting: Sitting, ticket: Ticket) -> bool:
    """Whether the actor is the engineer who has the ticket."""
    return ticket.assignee_id == sitting.actor.person_id and Relation.ENGINEER in relations(sitting.actor, ticket)


def may_work(sitting: Sitting, ticket_id: int, act: Act) -> None:
    """Raise Refused where this work is not possible now; changes nothing. Asked before words are asked for."""
    ticket = locked(sitting, ticket_id)
    _refuse_others_work(sitting, ticket)
    require(sitting, act, ticket)


def _refuse_others_work(sitting: Sitting, ticket: Ticket) -> None:
    if ticket.assignee_id not in {None, sitting.actor.person_id} and Relation.ENGINEER in relations(
        sitting.actor, ticket
    ):
        raise Refused(
            "refused.assignee_has_it", number=ticket.ordinal, assignee=name_of(sitting, ticket.assignee_id)
        )


def begin_agreed_work(sitting: Sitting, ticket: Ticket, act: Act) -> None:
    """The engineer's first act after 同意方案 is the start of the work (acts, 开工).

    Also while a newer plan waits for the customer's word: a re-sorting may find an agreed one below it.
    """
    if act is not Act.START and clock_rows.is_owed(sitting, ticket, Promise.CUSTOM_START):
        event = append(sitting, ticket, "start")
        watching.keep(sitting, ticket, Keeping.STARTED, event)


def hand_over(sitting: Sitting, ticket_id: int, *, to_id: int, reason: str) -> Ticket:
    """转交: the colleague has it at once and may hand it back."""
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.HAND_OVER, ticket)
    if _answers_first(sitting, ticket):  # whoever passes it on at once needs no briefing
        _acknowledge(sitting, ticket, "taken_up")
    return _give(sitting, ticket, "hand_over", to_id, reason)


def assign(sitting: Sitting, ticket_id: int, *, to_id: int, reason: str) -> Ticket:
    """指派 by lead or desk. It acknowledges nothing: the promise asks for the engineer's own word."""
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.ASSIGN, ticket)
    former = ticket.assignee_id
    _give(sitting, ticket, "assign", to_id, reason)
    if former not in {None, to_id, sitting.actor.person_id}:
        _taken_away(sitting, ticket, former, to_id)
    return ticket


def _taken_away(sitting: Sitting, ticket: Ticket, former: int, to_id: int) -> None:
    event = append(sitting, ticket, "taken_away", {"from": former, "to": to_id}, visibility="internal")
    said = {"by": sitting.actor.name, "to": name_of(sitting, to_id)}
    tell(sitting, ticket, event, named=[former], values=said)


def _give(sitting: Sitting, ticket: Ticket, event_name: str, to_id: int, reason: str) -> Ticket:
    if not is_engineer(sitting, to_id):
        raise Refused("refused.no_engineer", again="colleague")
    ticket.assignee_id = to_id
    event = append(sitting, ticket, event_name, {"to": to_id, "reason": reason})
    tell(
        sitting,
        ticket,
        event,
        named=[to_id],
        values={"by": sitting.actor.name, "to": name_of(sitting, to_id), "reason": reason},
    )
    brief(sitting, ticket, to_id)
    return ticket


def is_engineer(sitting: Sitting, person_id: int) -> bool:
    """Whether this person is one of the vendor's engineers now."""
    query = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.role == Role.ENGINEER.value,
        Membership.until_at.is_(None),
    )
    return sitting.session.scalar(query) is not None


def depart(sitting: Sitting, ticket_id: int) -> Ticket:
    """出发: a technician has been sent; keeps urgent-dispatch. Said once more on the way it is no second visit, and the
    school does not read it again.
    """
    ticket = taken_up(sitting, ticket_id, Act.DEPART)
    visit = _not_arrived(sitting, ticket)
    is_on_the_way = visit is not None and sitting.at - visit.departed_at < ON_THE_WAY
    if not is_on_the_way:
        sitting.session.add(Visit(ticket_id=ticket.id, person_id=acting_person(sitting), departed_at=sitting.at))
    event = append(sitting, ticket, "depart")
    watching.keep(sitting, ticket, Keeping.DISPATCHED, event)
    occasion = "still_on_the_way" if is_on_the_way else ""
    tell(sitting, ticket, event, values={"engineer": sitting.actor.name}, occasion=occasion)
    return ticket


def _not_arrived(sitting: Sitting, ticket: Ticket) -> Visit | None:
    """The actor's newest visit to it that has no 到场."""
    return sitting.session.scalar(
        select(Visit)
        .where(
            Visit.ticket_id == ticket.id,
            Visit.person_id == acting_person(sitting),
            Visit.arrived_at.is_(None),
        )
        .order_by(Visit.id.desc())
        .limit(1)
    )


def arrive(sitting: Sitting, ticket_id: int, *, place: dict[str, float] | None = None) -> Ticket:
    """到场: counts as 出发 if that is missing."""
    ticket = taken_up(sitting, ticket_id, Act.ARRIVE)
    visit = _not_arrived(sitting, ticket)
    if visit is None:
        visit = Visit(ticket_id=ticket.id, person_id=acting_person(sitting), departed_at=sitting.at)
        sitting.session.add(visit)
    visit.arrived_at = sitting.at
    visit.place = dict(place) if place else None
    event = append(sitting, ticket, "arrive", {"place": place or {}})
    watching.keep(sitting, ticket, Keeping.DISPATCHED, event)
    tell(sitting, ticket, event, values={"engineer": sitting.actor.name})
    return ticket


def place_arrival(sitting: Sitting, ticket_id: int, latitude: float, longitude: float) -> bool:
    """A location sent after 到场 belongs to that visit, and stays. Whether there is one that has none yet."""
    ticket = locked(sitting, ticket_id)
    visit = sitting.session.scalar(
        select(Visit)
        .where(Visit.ticket_id == ticket.id, Visit.person_id == acting_person(sitting))
        .order_by(Visit.id.desc())
        .limit(1)
    )
    if visit is None or visit.arrived_at is None or visit.place:
        return False
    visit.place = {"latitude": latitude, "longitude": longitude}
    return True


def ask(sitting: Sitting, ticket_id: int, *, words: str, sent: tuple[Sent, ...] = ()) -> Ticket:
    """提问: the ticket waits for the customer's answer; no clock stops."""
    ticket = taken_up(sitting, ticket_id, Act.ASK)
    ticket.waiting = words
    event = append(sitting, ticket, "ask", {"words": words})
    attach(sitting, ticket, event, sent)
    pausing.pause(sitting, ticket, event)
    tell(sitting, ticket, event, values={"engineer": sitting.actor.name, "words": words})
    return ticket


def answer(sitting: Sitting, ticket_id: int, *, words: str, sent: tuple[Sent, ...] = ()) -> Ticket:
    """答复: relayed to the reporter; keeps consultation-answer."""
    ticket = taken_up(sitting, ticket_id, Act.ANSWER)
    event = append(sitting, ticket, "answer", {"words": words})
    attach(sitting, ticket, event, sent)
    watching.keep(sitting, ticket, Keeping.ANSWERED, event)
    tell(sitting, ticket, event, values={"engineer": sitting.actor.name, "words": words})
    return ticket


def note(sitting: Sitting, ticket_id: int, *, words: str) -> Ticket:
    """备注: stays inside the house."""
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.NOTE, ticket)
    noticed_by_engineer(sitting, ticket, "")
    event = append(sitting, ticket, "note", {"words": words}, visibility="internal")
    tell(sitting, ticket, event, values={"by": sitting.actor.name, "words": words})
    return ticket


def acting_person(sitting: Sitting) -> int:
    """Raises Refused for whoever is nobody's person: the clock, or a stranger."""
    if sitting.actor.person_id is None:
        raise Refused("refused.not_yours", number=0, state="", possible="")
    return sitting.actor.person_id
