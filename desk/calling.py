"""What a call came to, in two taps: 接通 (and then what), 未接, 改约. A problem is filed on the person's behalf, an
answer to the engineer's question and an opinion of the work go to the ticket as theirs."""

from datetime import datetime

from sqlalchemy import select

from agreement.following_up import Caller, Missed, after_missed
from agreement.lifecycle import REPORTERS
from agreement.words import CallOutcome, FollowUpAnswer, Role, State
from desk import calls, following_up, opinions
from desk.access import all_relations, locked, name_of
from desk.customers import add
from desk.events import append
from desk.numbers import number_now
from desk.reporting import Matter, report
from desk.said_by_phone import on_the_phone, whose
from desk.sitting import Sitting
from desk.welcoming import policy_of
from storage.tables import Call, Membership, Ticket
from texts.refused import Refused

BY_PHONE = "phone"
ANYBODYS = frozenset({Role.DESK, Role.LEAD})
DONE = frozenset({State.RESOLVED.value, State.ACCEPTED.value})  # the opinion is asked for


def may_record(sitting: Sitting, call_id: int) -> None:
    """Refused where this person has nothing to record: said at the tap, before anything is asked."""
    _mine(sitting, call_id)


def well(sitting: Sitting, call_id: int) -> None:
    """接通 · 一切正常."""
    _done(sitting, _mine(sitting, call_id), CallOutcome.WELL, FollowUpAnswer.WELL, "")


def question(sitting: Sitting, call_id: int) -> str:
    """What the ticket of this call waits for an answer to, of somebody who may give it; else empty."""
    ticket = _matter(sitting, _mine(sitting, call_id))
    return ticket.waiting if ticket is not None else ""


def answered(sitting: Sitting, call_id: int, *, words: str) -> Ticket:
    """接通, and what the engineer had asked: the ticket has it as the customer's own answer, given by phone."""
    call = _held_with_ticket(sitting, call_id)
    ticket = _matter(sitting, call)
    if ticket is None or not ticket.waiting:
        raise Refused("refused.answered_meanwhile")
    speaker = on_the_phone(sitting, call.person_id)
    add(sitting, ticket.id, words=words, speaker=speaker)
    _done(sitting, call, CallOutcome.ANSWERED, FollowUpAnswer.OTHER, words)
    return ticket


def wants_opinion(sitting: Sitting, call_id: int) -> bool:
    """Whether whoever is called may say now if it is solved, and whoever calls may write it down."""
    ticket = _matter(sitting, _mine(sitting, call_id))
    return ticket is not None and not ticket.opinion and ticket.state in DONE and _may_write_down(sitting, ticket)


def solved(sitting: Sitting, call_id: int, *, mark: int) -> Ticket:
    """接通 · 已解决: the customer's opinion, by phone; 0 is no mark."""
    call, ticket = _for_opinion(sitting, call_id)
    speaker = on_the_phone(sitting, call.person_id)
    opinions.solved(sitting, ticket.id, speaker=speaker)
    _done(sitting, call, CallOutcome.SOLVED, FollowUpAnswer.WELL, "")
    if mark:
        opinions.rate(sitting, ticket.id, mark=mark, speaker=speaker)
    return ticket


def not_solved(sitting: Sitting, call_id: int, *, words: str) -> Ticket:
    """接通 · 没解决: back to work by the customer's word, with what they say of it."""
    call, ticket = _for_opinion(sitting, call_id)
    speaker = on_the_phone(sitting, call.person_id)
    opinions.not_solved(sitting, ticket.id, speaker=speaker)
    add(sitting, ticket.id, words=words, speaker=speaker)
    _done(sitting, call, CallOutcome.NOT_SOLVED, FollowUpAnswer.WRONG, words)
    return ticket


def _for_opinion(sitting: Sitting, call_id: int) -> tuple[Call, Ticket]:
    call = _held_with_ticket(sitting, call_id)
    ticket = _matter(sitting, call)
    if ticket is None or not _may_write_down(sitting, ticket):
        raise Refused("refused.not_your_opinion")
    if ticket.opinion or ticket.state not in DONE:
        raise Refused("refused.opinion_not_now", number=ticket.ordinal)
    return call, ticket


def _may_write_down(sitting: Sitting, ticket: Ticket) -> bool:
    """The desk and the lead, and never of their own work: nobody vouches for how it was liked."""
    return bool(sitting.actor.roles & ANYBODYS) and sitting.actor.person_id != ticket.assignee_id


def _matter(sitting: Sitting, call: Call) -> Ticket | None:
    """The ticket that this call is about, or the one that it was merged into."""
    about = call.ticket_id
    ticket = sitting.session.get(Ticket, about) if about is not None else None
    while ticket is not None and ticket.merged_into_id is not None:
        ticket = sitting.session.get(Ticket, ticket.merged_into_id)
    return ticket if ticket is not None and _speaks_of(sitting, call, ticket) else None


def _speaks_of(sitting: Sitting, call: Call, ticket: Ticket) -> bool:
    """Whether whoever is called is one of those who reported it: nobody else answers for them."""
    theirs = whose(sitting, on_the_phone(sitting, call.person_id))
    return bool(all_relations(theirs, ticket) & REPORTERS)


def other(sitting: Sitting, call_id: int, *, words: str) -> None:
    """接通, and something to be kept in words."""
    _done(sitting, _mine(sitting, call_id), CallOutcome.OTHER, FollowUpAnswer.OTHER, words)


def wrong(sitting: Sitting, call_id: int, *, words: str) -> Ticket:
    """接通 · 有问题: filed at once as a request by phone, whoever called being its author."""
    call = _mine(sitting, call_id)
    matter = Matter(school_id=_school(sitting, call), text=words, reported_at=sitting.at)
    ticket = report(sitting, matter, reporter_id=call.person_id, reporter_account_id=None, channel=BY_PHONE)
    number_now(sitting, ticket)
    call.filed_ticket_id = ticket.id
    _done(sitting, call, CallOutcome.WRONG, FollowUpAnswer.WRONG, words)
    return ticket


def missed(sitting: Sitting, call_id: int) -> tuple[Missed, datetime | None]:
    """未接: what follows, and when the call is tried again."""
    call = _mine(sitting, call_id)
    call.tries += 1
    calls.note(sitting, call, "missed")
    caller = Caller.ENGINEER if call.assignee_id is not None else Caller.DESK
    follows = after_missed(call.tries, caller, policy_of(sitting, call.school_id))
    if follows is Missed.AGAIN:
        call.next_at = calls.next_working_day(sitting, call)
    elif follows is Missed.TO_DESK:
        calls.give(sitting, call, None)
    else:
        _done(sitting, call, CallOutcome.UNREACHED, FollowUpAnswer.UNREACHED, "")
    return follows, call.next_at


def put_off(sitting: Sitting, call_id: int, *, at: datetime) -> None:
    """改约: the card comes back at the moment that was agreed."""
    call = _mine(sitting, call_id)
    calls.note(sitting, call, "put_off", until=at)
    call.next_at = at


def _mine(sitting: Sitting, call_id: int) -> Call:
    call = sitting.session.get(Call, call_id, with_for_update=True, populate_existing=True)
    if call is None or not sitting.actor.roles & {Role.ENGINEER, *ANYBODYS}:
        raise Refused("refused.bad_tap")
    if call.outcome == CallOutcome.WITHDRAWN.value:
        raise Refused("refused.call_withdrawn")
    if call.done_at is not None:
        raise Refused("refused.call_done", by=name_of(sitting, call.done_by), at=call.done_at)
    theirs = call.assignee_id == sitting.actor.person_id
    if not theirs and not sitting.actor.roles & ANYBODYS:
        raise Refused("refused.call_not_yours")
    return call


def _held_with_ticket(sitting: Sitting, call_id: int) -> Call:
    """The ticket is locked before its call, as by an act that books one: the two never wait for each other."""
    call = sitting.session.get(Call, call_id)
    if call is not None and call.ticket_id is not None:
        locked(sitting, call.ticket_id)
    return _mine(sitting, call_id)


def _done(sitting: Sitting, call: Call, outcome: CallOutcome, answer: FollowUpAnswer, words: str) -> None:
    calls.note(sitting, call, outcome.value, words=words)
    call.outcome = outcome.value
    call.words = words
    call.done_at = sitting.at
    call.done_by = sitting.actor.person_id
    call.next_at = None
    following_up.answered_by_phone(sitting, call.id, answer, call.filed_ticket_id)
    ticket = sitting.session.get(Ticket, call.ticket_id) if call.ticket_id is not None else None
    if ticket is not None:
        append(sitting, ticket, "called_back", {"outcome": outcome.value, "words": words})


def _school(sitting: Sitting, call: Call) -> int | None:
    """The call's own school, else that of its ticket, else the person's only one."""
    if call.school_id is not None:
        return call.school_id
    if call.ticket_id is not None:
        return sitting.session.get_one(Ticket, call.ticket_id).school_id
    schools = set(
        sitting.session.scalars(
            select(Membership.school_id).where(
                Membership.person_id == call.person_id,
                Membership.school_id.is_not(None),
                Membership.until_at.is_(None),
            )
        )
    )
    return schools.pop() if len(schools) == 1 else None
