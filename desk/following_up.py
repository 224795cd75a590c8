"""Follow-ups (定期电话回访): made by 办结 and by the quarter or whatever months the contract
says, asked in chat first, then called by a human.

Nobody is asked twice on one occasion, nobody who wishes not to be disturbed is asked at all, and no answer never
means that all is well.
"""

import logging
from datetime import date, datetime

from sqlalchemy import func, select

from agreement.calendar import Workdays
from agreement.following_up import (
    MONTHS_OF_QUARTER,
    after_working_days,
    asks_after_closing_at,
    at_hour,
    first_of_period,
    first_working_day,
    is_by_phone,
    period_named,
    unanswered_at,
)
from agreement.policy import Policy
from agreement.words import CallReason, FollowUpAnswer, FollowUpWay, Occasion, Role, State
from desk import calls
from desk.access import name_of
from desk.alerting import alarm_desk
from desk.apart import by_itself
from desk.sitting import Sitting
from desk.telling import Telling, lines_of_people, put
from desk.welcoming import policy_of, welcome_at
from storage import care
from storage.falling_due import SET_ASIDE_AFTER
from storage.tables import FollowUp, Membership, Person, Ticket
from storage.talk import insert
from storage.work import wake
from texts.say import to_json

log = logging.getLogger(__name__)

SOONER = "alarms"
ENDED = frozenset({State.CLOSED.value, State.ARCHIVED.value})
LIST = 200  # people in one transaction of the quarter's job


def after_closing(sitting: Sitting, ticket: Ticket) -> None:
    """办结: the reporter will be asked. A second round before that only moves the day; asked once is enough."""
    if ticket.reporter_id is None:
        return
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    _make(
        sitting,
        person_id=ticket.reporter_id,
        school_id=ticket.school_id,
        ticket_id=ticket.id,
        occasion=Occasion.AFTER_CLOSING,
        about=str(ticket.id),
        due_at=asks_after_closing_at(sitting.at, policy, _workdays(sitting)),
    )


def _make(
    sitting: Sitting,
    *,
    person_id: int,
    school_id: int | None,
    ticket_id: int | None,
    occasion: Occasion,
    about: str,
    due_at: datetime,
) -> None:
    new = insert(sitting.session)(FollowUp).values(
        person_id=person_id,
        school_id=school_id,
        ticket_id=ticket_id,
        occasion=occasion.value,
        about=about,
        due_at=due_at,
        answer="",
        way="",
        failures=0,
        created_at=sitting.now,
    )
    sitting.session.execute(
        new.on_conflict_do_update(
            index_elements=["person_id", "occasion", "about"],
            set_={"due_at": due_at},
            where=FollowUp.asked_at.is_(None) & (FollowUp.answer == ""),
        )
    )
    wake(sitting.session, SOONER)


def make_quarter(sitting: Sitting, since: date, after: int) -> int:
    """Of the day that `sitting.at` falls on: follow-ups of a quarter, or of as many months as the school's
    contract says, whose first working day came after `since`.

    Goes on after that membership; returns the last one it dealt with, 0 when none are left. A representative
    who was named later in that time is asked in the next one.
    """
    rows = sitting.session.execute(
        select(Membership.id, Membership.person_id, Membership.school_id, Membership.since_at)
        .where(
            Membership.role == Role.REPRESENTATIVE.value,
            Membership.until_at.is_(None),
            Membership.school_id.is_not(None),
            Membership.id > after,
        )
        .order_by(Membership.id)
        .limit(LIST)
    ).all()
    for _, person_id, school_id, since_at in rows:
        if school_id is not None:
            _quarter_of_one(sitting, person_id, school_id, since_at, since)
    return rows[-1][0] if len(rows) == LIST else 0


def _quarter_of_one(
    sitting: Sitting, person_id: int, school_id: int, since_at: datetime, since: date
) -> None:
    policy = policy_of(sitting, school_id)
    today = sitting.at.astimezone(policy.zone).date()
    first = first_of_period(today, policy.every_months)
    asks_on = first_working_day(first, _workdays(sitting))
    due_at = at_hour(asks_on, policy.follow_up_hour, policy)
    if not since < asks_on <= today or since_at > due_at:
        return
    _make(
        sitting,
        person_id=person_id,
        school_id=school_id,
        ticket_id=None,
        occasion=Occasion.QUARTER,
        about=f"{period_named(first, policy.every_months)}:{school_id}",
        due_at=due_at,
    )


def ask_what_is_due(sitting: Sitting, limit: int = 100) -> int:
    """Every follow-up whose moment has come: asked, or handed to a human. Returns how many there were."""
    rows = care.due_follow_ups(sitting.session, sitting.now, limit)
    for row in rows:
        _safely(sitting, row)
    return len(rows)


def _safely(sitting: Sitting, row: FollowUp) -> None:
    """One poison row is put off and at last set aside, named in the log; the others go on."""
    if not by_itself(sitting.session, f"follow-up {row.id}", lambda: _due(sitting, row)):
        sitting.session.refresh(row)
        row.failures += 1
        row.due_at = sitting.now + care.AGAIN
        sitting.session.flush()
        if row.failures == SET_ASIDE_AFTER:
            log.error("follow-up %s is set aside", row.id)
            who = {"who": name_of(sitting, row.person_id)}
            alarm_desk(sitting, "set_aside_follow_up", who, key=f"fus{row.id}")


def _due(sitting: Sitting, row: FollowUp) -> None:
    person = sitting.session.get_one(Person, row.person_id)
    if person.undisturbed and row.answer == "":
        _settle(sitting, row, FollowUpAnswer.UNDISTURBED)
    elif row.asked_at is None:
        _ask(sitting, row)
    else:
        _unanswered(sitting, row)


def _settle(sitting: Sitting, row: FollowUp, answer: FollowUpAnswer) -> None:
    row.answer = answer.value
    row.answered_at = sitting.now
    row.due_at = None


def _ask(sitting: Sitting, row: FollowUp) -> None:
    ticket = sitting.session.get(Ticket, row.ticket_id) if row.ticket_id is not None else None
    if ticket is not None and ticket.state not in ENDED:
        row.due_at = None  # it came back: the next 办结 brings a new day
        return
    policy = policy_of(sitting, row.school_id)
    welcome = welcome_at(sitting, sitting.now, row.school_id)
    if welcome > sitting.now:
        row.due_at = welcome
        return
    number = _number(sitting, row)
    row.asked_at = sitting.now
    row.due_at = unanswered_at(sitting.now, policy, _workdays(sitting))
    if is_by_phone(number, policy.every_nth_by_phone):
        have_called(sitting, row, CallReason.EVERY_NTH.value)
    elif not _told(sitting, row, ticket, policy):
        have_called(sitting, row, CallReason.NO_LINE.value)


def _number(sitting: Sitting, row: FollowUp) -> int:
    """Which follow-up of its school this is, from 1."""
    asked = select(func.count()).where(FollowUp.school_id == row.school_id, FollowUp.asked_at.is_not(None))
    return (sitting.session.scalar(asked) or 0) + 1


def _told(sitting: Sitting, row: FollowUp, ticket: Ticket | None, policy: Policy) -> bool:
    line = lines_of_people(sitting.session, [row.person_id]).get(row.person_id)
    if line is None:
        return False
    values: dict[str, object] = {"days": policy.after_closing_working_days}
    if ticket is not None:
        values |= {"number": ticket.ordinal, "text": ticket.text[:40]}
    body = {
        "notice": _notice(row, policy),
        "how": "ring",
        "follow_up": row.id,
        "values": {name: to_json(value) for name, value in values.items()},
    }
    telling = Telling(line=line, key=f"fu{row.id}:{line.account_id}", weight="courtesy", body=body)
    put(sitting.session, sitting.now, [telling])
    return True


def _notice(row: FollowUp, policy: Policy) -> str:
    """Whoever is asked every month is not asked about a quarter."""
    if row.occasion == Occasion.QUARTER.value and policy.every_months != MONTHS_OF_QUARTER:
        return "follow_up_period"
    return f"follow_up_{row.occasion}"


def _unanswered(sitting: Sitting, row: FollowUp) -> None:
    if row.answer == "":
        row.answer = FollowUpAnswer.SILENCE.value
        have_called(sitting, row, CallReason.NO_ANSWER.value)
    elif row.answer == FollowUpAnswer.WRONG.value and row.filed_ticket_id is None:
        have_called(sitting, row, CallReason.NO_WORDS.value)
    else:
        row.due_at = None


def have_called(sitting: Sitting, row: FollowUp, reason: str) -> None:
    """Hand this follow-up to a human; until the call is made it stays unanswered."""
    call = calls.book(
        sitting, person_id=row.person_id, reason=reason, ticket_id=row.ticket_id, school_id=row.school_id
    )
    row.call_id = call.id
    row.due_at = None


def gives_words_until(sitting: Sitting, row: FollowUp) -> datetime:
    """After 有问题: when nothing said becomes a call."""
    return after_working_days(sitting.now, 1, policy_of(sitting, row.school_id), _workdays(sitting))


def refused(sitting: Sitting, follow_up_id: int, reason: str) -> None:
    """No channel takes the question (WeChat's 48 hours are over, blocked): it ends in a call."""
    row = sitting.session.get_one(FollowUp, follow_up_id, with_for_update=True, populate_existing=True)
    if row.answer == "" and row.call_id is None:
        have_called(sitting, row, reason)


def of_call(sitting: Sitting, call_id: int) -> list[FollowUp]:
    """The follow-ups that a call is made for, locked."""
    query = select(FollowUp).where(FollowUp.call_id == call_id).order_by(FollowUp.id).with_for_update()
    return list(sitting.session.scalars(query))


def answered_by_phone(sitting: Sitting, call_id: int, answer: FollowUpAnswer, filed_id: int | None) -> None:
    """What a call came to is the answer of its follow-ups (电话回访)."""
    for row in of_call(sitting, call_id):
        _settle(sitting, row, answer)
        row.answered_at = sitting.at
        row.way = FollowUpWay.PHONE.value if answer is not FollowUpAnswer.UNREACHED else ""
        row.filed_ticket_id = filed_id or row.filed_ticket_id


def _workdays(sitting: Sitting) -> Workdays:
    return sitting.rulebook.workdays(sitting.session, sitting.now)
