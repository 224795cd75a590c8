"""Calls that a human must make: booked once, given to an engineer on duty, else to the desk; shown as a card.

Untouched for a working day, or after the policy's tries in vain, a call goes to the desk: nobody is forgotten.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from agreement.calendar import Workdays
from agreement.following_up import after_working_days
from agreement.routing import Candidate, next_after
from agreement.words import Role
from desk.access import name_of
from desk.alerting import alarm_desk
from desk.apart import by_itself
from desk.duty import on_duty
from desk.queueing import Telling, lines_of_people, put
from desk.sitting import Sitting
from desk.welcoming import policy_of
from storage import care
from storage.falling_due import SET_ASIDE_AFTER
from storage.tables import Call, Membership, Project, ProjectEngineer
from storage.work import wake
from texts.say import to_json

log = logging.getLogger(__name__)

SHOWN = "shown"
UNTOLD = "untold"
SOONER = "alarms"
SCRIPTED = frozenset({"asked", "no_answer", "no_words", "every_nth", "low_mark", "talk_unheard", "left_behind"})


def book(
    sitting: Sitting, *, person_id: int, reason: str, ticket_id: int | None, school_id: int | None
) -> Call:
    """The call that is open for this person and ticket, else a new one with a caller and a card."""
    call = listed(sitting, person_id=person_id, reason=reason, ticket_id=ticket_id, school_id=school_id)
    if not _was_shown(call):
        _means(call, reason)
        give(sitting, call, _engineer(sitting, school_id))
    return call


def book_for_desk(
    sitting: Sitting,
    *,
    person_id: int,
    reason: str,
    ticket_id: int | None,
    school_id: int | None,
    untold: Mapping[str, object] | None = None,
) -> Call:
    """The same for somebody whom no message reaches: the desk's to call, whoever is on duty.

    `untold` is what they could not be told: whoever calls says it, so the card is shown anew with it.
    """
    call = listed(sitting, person_id=person_id, reason=reason, ticket_id=ticket_id, school_id=school_id)
    if untold is not None:
        note(sitting, call, UNTOLD, **untold)
    if not _was_shown(call):
        _means(call, reason)
        give(sitting, call, None)
    elif untold is not None:
        give(sitting, call, call.assignee_id)
    return call


def untold(notice: str, number: int, values: Mapping[str, object]) -> Mapping[str, object]:
    """A notice about a ticket that reached nobody, as the call keeps it: its name and what fills the sentence."""
    return {"notice": notice, "values": {"number": number, **values}}


def listed(
    sitting: Sitting, *, person_id: int, reason: str, ticket_id: int | None, school_id: int | None
) -> Call:
    """The open call, else a new one in the desk's list only: for what a notice of its own tells the desk."""
    found = open_call(sitting, person_id, ticket_id)
    if found is not None:
        return found
    call = Call(
        person_id=person_id,
        ticket_id=ticket_id,
        school_id=school_id,
        created_at=sitting.now,
        tries=0,
        failures=0,
        log=[],
    )
    _means(call, reason)
    sitting.session.add(call)
    sitting.session.flush()
    return call


def _means(call: Call, reason: str) -> None:
    call.reason = reason
    call.script = f"script.{reason if reason in SCRIPTED else 'unreachable'}"


def _was_shown(call: Call) -> bool:
    """A call that only stands in the list must not swallow one that somebody is to be told of."""
    return any(entry["what"] == SHOWN for entry in call.log or [])


def open_call(sitting: Sitting, person_id: int, ticket_id: int | None) -> Call | None:
    """The call of this person about this ticket that nobody has made yet."""
    if ticket_id is None:
        return sitting.session.scalar(OPEN.where(Call.ticket_id.is_(None)), {"person": person_id})
    return sitting.session.scalar(OPEN_ABOUT, {"person": person_id, "ticket": ticket_id})


# Two statements: PostgreSQL looks no "is not distinct from" up in an index, and somebody whom no message reaches has
# a call for each of their tickets.
OPEN = select(Call).where(Call.person_id == bindparam("person"), Call.done_at.is_(None)).order_by(Call.id).limit(1)
OPEN_ABOUT = OPEN.where(Call.ticket_id == bindparam("ticket"))


def give(sitting: Sitting, call: Call, engineer_id: int | None) -> None:
    """Show it to this engineer, or (None) to everybody of the desk."""
    call.assignee_id = engineer_id
    people = [engineer_id] if engineer_id is not None else desk_people(sitting)
    note(sitting, call, SHOWN)
    # An engineer has a working day; the desk has it in its list until somebody calls.
    call.next_at = _in_a_working_day(sitting, call) if engineer_id is not None else None
    wake(sitting.session, SOONER)
    tell(sitting, call, people)


def tell(sitting: Sitting, call: Call, people: Sequence[int]) -> None:
    """One card for each; the same showing is never told twice."""
    number = sum(1 for entry in call.log or [] if entry["what"] == SHOWN)
    put(
        sitting.session,
        sitting.now,
        [
            Telling(
                line=line,
                key=f"call{call.id}:{number}:{line.account_id}",
                weight="card",
                body={"notice": "call", "how": "ring", "call": call.id},
            )
            for line in lines_of_people(sitting.session, people).values()
        ],
    )


def note(sitting: Sitting, call: Call, what: str, **more: object) -> None:
    """A line of the call's own history: the evidence that somebody tried."""
    values = {name: to_json(value) for name, value in more.items()}
    entry = {"what": what, "at": sitting.at.isoformat(), "by": sitting.actor.person_id, **values}
    call.log = [*(call.log or []), entry]


def show_what_is_due(sitting: Sitting, limit: int = 100) -> int:
    """Calls whose moment has come: tried again, or passed on because nobody touched them."""
    rows = care.due_calls(sitting.session, sitting.now, limit)
    for call in rows:
        _safely(sitting, call)
    return len(rows)


def _safely(sitting: Sitting, call: Call) -> None:
    """One poison row is put off and at last set aside, named in the log; the others go on."""
    if not by_itself(sitting.session, f"call {call.id}", lambda: _show_again(sitting, call)):
        sitting.session.refresh(call)
        call.failures += 1
        call.next_at = sitting.now + care.AGAIN
        sitting.session.flush()
        if call.failures == SET_ASIDE_AFTER:
            log.error("call %s is set aside", call.id)
            alarm_desk(sitting, "set_aside_call", {"who": name_of(sitting, call.person_id)}, key=f"cs{call.id}")


def _show_again(sitting: Sitting, call: Call) -> None:
    untouched = bool(call.log) and (call.log or [])[-1]["what"] == SHOWN
    if untouched or call.assignee_id is None:
        give(sitting, call, None)
        return
    on_shift = call.assignee_id in on_duty(sitting)
    give(sitting, call, call.assignee_id if on_shift else _engineer(sitting, call.school_id))


def unshown(sitting: Sitting, call_id: int, person_id: int) -> None:
    """The card did not reach the engineer who should call: the desk has it."""
    call = sitting.session.get_one(Call, call_id, with_for_update=True, populate_existing=True)
    if call.done_at is None and call.assignee_id == person_id:
        give(sitting, call, None)


def withdraw(sitting: Sitting, call: Call) -> None:
    """The person answered in chat: nobody needs to call any more."""
    call.done_at = sitting.at
    call.outcome = "withdrawn"
    call.next_at = None
    note(sitting, call, "withdrawn")


def _in_a_working_day(sitting: Sitting, call: Call) -> datetime:
    return after_working_days(sitting.now, 1, policy_of(sitting, call.school_id), _workdays(sitting))


def next_working_day(sitting: Sitting, call: Call) -> datetime:
    """The hour of follow-ups on the next working day."""
    return after_working_days(sitting.at, 1, policy_of(sitting, call.school_id), _workdays(sitting))


def _workdays(sitting: Sitting) -> Workdays:
    return sitting.rulebook.workdays(sitting.session, sitting.now)


def desk_people(sitting: Sitting) -> list[int]:
    """The desk; nobody there: the leads, then the managers."""
    for role in (Role.DESK, Role.LEAD, Role.MANAGER):
        query = select(Membership.person_id).where(
            Membership.role == role.value, Membership.until_at.is_(None)
        )
        if people := sorted(set(sitting.session.scalars(query))):
            return people
    return []


def _engineer(sitting: Sitting, school_id: int | None) -> int | None:
    """Whoever of those on duty is named for the school, then has the fewest open calls; None: nobody is there."""
    duty = on_duty(sitting)
    named = set(
        sitting.session.scalars(
            select(ProjectEngineer.person_id)
            .join(Project, Project.id == ProjectEngineer.project_id)
            .where(Project.school_id == school_id)
        )
    )
    rows = sitting.session.execute(
        select(Call.assignee_id, func.count(), func.max(Call.created_at))
        .where(Call.assignee_id.in_(duty), Call.done_at.is_(None))
        .group_by(Call.assignee_id)
    )
    load = {person: (count, last) for person, count, last in rows}
    choice = next_after((), [Candidate(one, one in named, *load.get(one, (0, None))) for one in duty])
    return choice.person_id if choice is not None else None
