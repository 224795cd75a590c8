"""The customer's opinion: solved or not, a mark, words; and what silence stands for."""

from datetime import timedelta

from sqlalchemy import or_, select

from agreement.promises import PROMISES_OF_KIND, Undoing
from agreement.words import Act, Kind, Record, State
from desk import calls, expiring, reminding, watching
from desk.access import locked_for, require
from desk.confirming import confirm
from desk.events import append
from desk.numbers import issue
from desk.routing import ring_next
from desk.said_by_phone import named, noted, whose
from desk.schedule import reopen_last_step
from desk.sitting import Actor, Sitting
from desk.telling import tell
from storage.tables import Opinion, Ticket
from texts.refused import Refused


def solved(sitting: Sitting, ticket_id: int, *, speaker: Actor | None = None) -> Ticket:
    """已解决: the opinion is given; the desk may confirm once acceptance, where due, has passed.

    `speaker` is who said it on the phone to the sitting's actor: their word, but no tap of theirs confirms it.
    """
    theirs = whose(sitting, speaker)
    ticket = locked_for(theirs, ticket_id, Act.SOLVED)
    require(theirs, Act.SOLVED, ticket)
    was_given = ticket.opinion == "solved"  # by somebody else who reported the same
    ticket.opinion = "solved"
    _opinion(theirs, ticket, "solved")
    event = append(sitting, ticket, "solved", noted(speaker))
    issue(sitting, ticket, Record.OPINION, attempt=ticket.round)
    reminding.drop(sitting, ticket)
    if speaker is None:
        confirm(sitting, ticket, event, {"solved": True, "ticket": ticket.number})
    if not was_given:
        offer_closing(sitting, ticket, speaker)
    return ticket


def offer_closing(sitting: Sitting, ticket: Ticket, speaker: Actor | None = None) -> None:
    """Tell the desk once nothing stands between the ticket and 办结."""
    accepted = ticket.state == State.ACCEPTED.value
    if ticket.opinion and (accepted or (ticket.state == State.RESOLVED.value and not ticket.is_deep)):
        clock = sitting.by_the_clock()
        tell(clock, ticket, append(clock, ticket, "to_be_closed"), values={"by": named(sitting, speaker)})


def _opinion(sitting: Sitting, ticket: Ticket, answer: str) -> Opinion:
    row = Opinion(
        ticket_id=ticket.id,
        round=ticket.round,
        person_id=sitting.actor.person_id,
        account_id=sitting.actor.account_id,
        answer=answer,
        words="",
        channel=sitting.actor.channel,
        at=sitting.at,
    )
    sitting.session.add(row)
    return row


def rate(sitting: Sitting, ticket_id: int, *, mark: int, speaker: Actor | None = None) -> Ticket:
    """A mark of 2 or less alarms the lead and asks for a call; it sends nothing back."""
    theirs = whose(sitting, speaker)
    ticket = locked_for(theirs, ticket_id, Act.RATE)
    require(theirs, Act.RATE, ticket)
    row = _own(theirs, ticket) or _opinion(theirs, ticket, "solved")
    row.mark = mark
    event = append(sitting, ticket, "rate", {"mark": mark, **noted(speaker)})
    tell(sitting, ticket, event, values={"mark": mark})
    if mark <= sitting.rulebook.policy(sitting.session, ticket.policy_id).low_mark:
        clock = sitting.by_the_clock()
        low = append(clock, ticket, "low_mark", {"mark": mark}, visibility="internal")
        tell(clock, ticket, low, values={"mark": mark, "by": named(sitting, speaker)})
        if theirs.actor.person_id is not None:
            calls.listed(
                clock,
                person_id=theirs.actor.person_id,
                reason="low_mark",
                ticket_id=ticket.id,
                school_id=ticket.school_id,
            )
    return ticket


def add_words(sitting: Sitting, ticket_id: int, *, words: str) -> Ticket:
    """Words after the mark: kept verbatim with the opinion."""
    ticket = locked_for(sitting, ticket_id, Act.RATE)
    require(sitting, Act.RATE, ticket)
    row = _own(sitting, ticket) or _opinion(sitting, ticket, "solved")
    row.words = f"{row.words}\n{words}".strip()
    event = append(sitting, ticket, "opinion_words", {"words": words})
    tell(sitting, ticket, event, values={"words": words})
    return ticket


def _own(sitting: Sitting, ticket: Ticket) -> Opinion | None:
    """The newest of theirs in this round, or the silence that stood for it: nobody's mark goes over another's."""
    actor = sitting.actor
    mine = Opinion.person_id == actor.person_id if actor.person_id else Opinion.account_id == actor.account_id
    theirs = or_(mine, Opinion.answer == "silence")
    return sitting.session.scalar(
        select(Opinion)
        .where(Opinion.ticket_id == ticket.id, Opinion.round == ticket.round, theirs)
        .order_by(Opinion.id.desc())
        .limit(1)
    )


def is_past_reopening(sitting: Sitting, ticket: Ticket) -> bool:
    """Whether 没解决 comes too late for this ticket: archived, or closed for longer than the policy's days."""
    if ticket.state != State.CLOSED.value or ticket.closed_at is None:
        return ticket.state == State.ARCHIVED.value
    days = sitting.rulebook.policy(sitting.session, ticket.policy_id).reopen_days
    return sitting.at > ticket.closed_at + timedelta(days=days)


def not_solved(sitting: Sitting, ticket_id: int, *, speaker: Actor | None = None) -> Ticket:
    """没解决: back to work. Before 已办结 what kept the promises is undone; after it a new round begins."""
    theirs = whose(sitting, speaker)
    ticket = locked_for(theirs, ticket_id, Act.NOT_SOLVED)
    allowed = require(theirs, Act.NOT_SOLVED, ticket)
    if is_past_reopening(sitting, ticket):
        raise Refused("refused.too_late_to_reopen", number=ticket.ordinal)
    # A word of before 已办结 is of the same round, also where it is read after it.
    was_closed = ticket.closed_at is not None and sitting.at >= ticket.closed_at
    _opinion(theirs, ticket, "not_solved")
    ticket.state = allowed.to.value
    ticket.opinion = ""
    ticket.closed_at = None
    reminding.drop(sitting, ticket)
    issue(sitting, ticket, Record.OPINION, attempt=ticket.round)
    if was_closed:
        _new_round(sitting, ticket, speaker)
    else:
        _undo(sitting, ticket, speaker)
    return ticket


def _undo(sitting: Sitting, ticket: Ticket, speaker: Actor | None) -> None:
    event = append(sitting, ticket, "not_solved", noted(speaker))
    watching.unkeep(sitting, ticket, Undoing.NOT_SOLVED, event)
    watching.ring_again(sitting, ticket)  # 已办结 may have come between, and what is over rings nobody
    reopen_last_step(sitting, ticket)
    expiring.watch(sitting, ticket)
    tell(sitting, ticket, event, values={"by": named(sitting, speaker)})


def _new_round(sitting: Sitting, ticket: Ticket, speaker: Actor | None) -> None:
    ticket.round += 1
    ticket.round_acknowledged = False
    ticket.is_deep = False
    ticket.was_urgent = ticket.was_urgent or ticket.is_urgent
    ticket.is_urgent = False
    ticket.urgent_at = None
    ticket.urgency_said_at = None
    ticket.cause = ticket.harm = ""
    event = append(sitting, ticket, "not_solved", {"round": ticket.round, **noted(speaker)})
    watching.start(sitting, ticket, PROMISES_OF_KIND[Kind(ticket.kind)], sitting.at, event)
    append(sitting.by_the_clock(), ticket, "new_round")
    first = ring_next(sitting.by_the_clock(), ticket)
    values = {"by": named(sitting, speaker)}
    tell(sitting, ticket, event, values=values, occasion="new_round", first=first)


def silence_stands(sitting: Sitting, ticket: Ticket) -> None:
    """Nobody answered for the policy's days: silence stands for the opinion, never for anything else."""
    ticket.opinion = "silence"
    _opinion(sitting, ticket, "silence")
    append(sitting, ticket, "silence_stands")
    issue(sitting, ticket, Record.OPINION, attempt=ticket.round)
