"""A call as whoever makes it needs it: who, which number, why, what was before, what to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from agreement.words import Role
from desk.access import name_of
from desk.calls import UNTOLD
from desk.showing import school_name
from desk.sitting import Sitting
from storage.tables import Call, Membership, Opinion, Person, Ticket
from texts.say import Say, from_json, say

LAST = 2  # tickets of the person that are named
MARKS = 3
MOST = 50
QUESTION = "engineer_asks"  # the notice that asks for an answer
REASONS = frozenset({
    "asked", "no_answer", "no_words", "every_nth", "low_mark", "no_line", "talk_unheard", "left_behind",
    "blocked", "window", "quota", "not_found", "down", "too_large", "configuration",
})  # fmt: skip
VENDOR = frozenset({Role.ENGINEER, Role.DESK, Role.LEAD})


@dataclass(frozen=True, kw_only=True)
class CallView:
    """One call as it is now. `untold` is what no message could tell the person, oldest first; `history` has three
    lines at most; `outcome` is empty while it is open."""

    id: int
    person: str
    phone: str
    school: str
    reason: Say
    untold: Sequence[Say]
    history: Sequence[Say]
    script: Say
    tries: int
    outcome: str
    done_by: str
    done_at: datetime | None


def show(sitting: Sitting, call_id: int) -> CallView | None:
    """The call for one of the vendor's people; None for anybody else."""
    call = sitting.session.get(Call, call_id)
    if call is None or not sitting.actor.roles & VENDOR:
        return None
    person = sitting.session.get_one(Person, call.person_id)
    ticket = sitting.session.get(Ticket, call.ticket_id) if call.ticket_id is not None else None
    return CallView(
        id=call.id,
        person=person.name,
        phone=person.phone,
        school=school_name(sitting, _school(sitting, call, ticket)),
        reason=say(f"call_reason.{call.reason if call.reason in REASONS else 'other'}"),
        untold=_untold(call, ticket),
        history=_history(sitting, call.person_id),
        script=_script(sitting, call, person, ticket),
        tries=call.tries,
        outcome=call.outcome or "",
        done_by=name_of(sitting, call.done_by),
        done_at=call.done_at,
    )


def _school(sitting: Sitting, call: Call, ticket: Ticket | None) -> int | None:
    if call.school_id is not None or ticket is not None:
        return call.school_id or (ticket.school_id if ticket is not None else None)
    return sitting.session.scalar(
        select(Membership.school_id)
        .where(Membership.person_id == call.person_id, Membership.school_id.is_not(None))
        .order_by(Membership.id)
        .limit(1)
    )


def _script(sitting: Sitting, call: Call, person: Person, ticket: Ticket | None) -> Say:
    key = call.script or ("script.low_mark" if call.reason == "low_mark" else "script.unreachable")
    about = (
        say("call.about", number=ticket.ordinal, text=ticket.text[:20]) if ticket else say("call.about_all")
    )
    return say(key, caller=sitting.actor.name, person=person.name, about=about)


def _untold(call: Call, ticket: Ticket | None) -> list[Say]:
    """As the person would have read it, but for a question: that is put as long as nobody has answered it."""
    told = [
        Say(f"notice.{entry['notice']}", {name: from_json(one) for name, one in entry["values"].items()})
        for entry in call.log or []
        if entry["what"] == UNTOLD and entry["notice"] != QUESTION
    ]
    asked = [say("call.asks", words=ticket.waiting)] if ticket is not None and ticket.waiting else []
    return [*(say("call.untold", said=one) for one in told), *asked]


def _history(sitting: Sitting, person_id: int) -> list[Say]:
    tickets = sitting.session.scalars(
        select(Ticket).where(Ticket.reporter_id == person_id).order_by(Ticket.id.desc()).limit(LAST)
    )
    lines = [
        say("call.ticket", number=one.ordinal, state=say(f"state.{one.state}"), text=one.text[:30])
        for one in tickets
    ]
    marks = sitting.session.scalars(
        select(Opinion.mark)
        .join(Ticket, Ticket.id == Opinion.ticket_id)
        .where(Ticket.reporter_id == person_id, Opinion.mark.is_not(None))
        .order_by(Opinion.id.desc())
        .limit(MARKS)
    ).all()
    said = "、".join(str(one) for one in marks)
    return [*lines, say("call.marks", marks=said) if said else say("call.no_marks")]


def open_calls(sitting: Sitting) -> list[int]:
    """回访: an engineer's own calls; the desk's and the lead's are all, those without a caller first."""
    query = select(Call.id).where(Call.done_at.is_(None)).limit(MOST)
    if not sitting.actor.roles & {Role.DESK, Role.LEAD}:
        query = query.where(Call.assignee_id == sitting.actor.person_id)
    return list(sitting.session.scalars(query.order_by(Call.assignee_id.is_not(None), Call.id)))
