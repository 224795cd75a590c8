"""请假: leave asked by an engineer, agreed by the lead or the desk in one tap, or entered by them.

Turns of a rotation fall to the next member; what nobody can take becomes a gap, and that is told.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from agreement.days import begins, ends
from agreement.policy_file import DEFAULT
from agreement.rosters import Span
from agreement.words import Role
from desk import laying, news
from desk.access import name_of
from desk.sitting import Sitting
from desk.span_words import span_said
from storage.rosters import AGREED
from storage.tables import Leave
from texts.refused import Refused
from texts.say import Say

DECIDE = (Role.LEAD, Role.DESK)
LONGEST = timedelta(days=400)
STANDS = ("", AGREED)  # nobody has answered it, or it was agreed to


def ask(sitting: Sitting, *, since: date, until: date) -> Leave:
    """An engineer asks for these days, both included; the lead and the desk are asked."""
    if Role.ENGINEER not in sitting.actor.roles or sitting.actor.person_id is None:
        raise Refused("refused.engineers_only")
    leave = _leave(sitting, sitting.actor.person_id, since, until)
    values = {"by": sitting.actor.name, "days": said(leave)}
    deciding = [one for one in _deciding(sitting) if one != sitting.actor.person_id]
    news.to_people(sitting, deciding, "leave_wanted", values, key=f"leave:{leave.id}", about=leave.id)
    return leave


def enter(sitting: Sitting, *, person_id: int, since: date, until: date) -> Leave:
    """Lead or desk enter somebody's leave: agreed at once, and the person hears of it."""
    _must_decide(sitting)
    leave = _leave(sitting, person_id, since, until)
    _answer(sitting, leave, "agreed")
    if person_id != sitting.actor.person_id:
        values = {"by": sitting.actor.name, "days": said(leave)}
        news.to_people(sitting, [person_id], "leave_entered", values, key=f"leave:{leave.id}:entered")
    laying.lay_ahead(sitting)
    return leave


def agree(sitting: Sitting, leave_id: int) -> None:
    """同意: the first of lead and desk decides; the others see it."""
    leave = _asked(sitting, leave_id)
    _answer(sitting, leave, "agreed")
    _told(sitting, leave, "agreed")
    laying.lay_ahead(sitting)


def refuse(sitting: Sitting, leave_id: int) -> None:
    """拒绝: the engineer stays on duty."""
    leave = _asked(sitting, leave_id)
    _answer(sitting, leave, "refused")
    _told(sitting, leave, "refused")


def coming(sitting: Sitting) -> list[Leave]:
    """Leave that is asked or agreed and not over, the next first: one's own; of everybody for lead and desk."""
    query = select(Leave).where(Leave.ends_at > sitting.now, Leave.answer.in_(STANDS))
    if sitting.actor.person_id not in _deciding(sitting):
        query = query.where(Leave.person_id == sitting.actor.person_id)
    return list(sitting.session.scalars(query.order_by(Leave.starts_at, Leave.id)))


def take_back(sitting: Sitting, leave_id: int) -> Leave:
    """销假: it is not taken, or over from now on. Whose it is hears of it, else lead and desk do."""
    leave = sitting.session.get(Leave, leave_id, with_for_update=True, populate_existing=True)
    theirs = leave is not None and leave.person_id == sitting.actor.person_id
    if leave is None or not (theirs or sitting.actor.person_id in _deciding(sitting)):
        raise Refused("refused.not_asked")
    if leave.answer not in STANDS or leave.ends_at <= sitting.now:
        raise Refused("refused.leave_over")
    values = {"by": sitting.actor.name, "name": name_of(sitting, leave.person_id), "days": said(leave)}
    was_agreed = leave.answer == AGREED
    if was_agreed and leave.starts_at < sitting.now:
        leave.ends_at = sitting.now
    else:
        _answer(sitting, leave, "taken_back")
    hearing = [one for one in _deciding(sitting) if one != leave.person_id] if theirs else [leave.person_id]
    news.to_people(sitting, hearing, "leave_taken_back", values, key=f"leave:{leave.id}:taken_back")
    if was_agreed:
        laying.lay_ahead(sitting)
    return leave


def waits(sitting: Sitting, leave_id: int) -> bool:
    """Whether nobody has answered it."""
    leave = sitting.session.get(Leave, leave_id)
    return leave is not None and not leave.answer


def said(leave: Leave) -> Say:
    """The days of this leave as a sentence's value."""
    return span_said(Span(leave.starts_at, leave.ends_at))


def _leave(sitting: Sitting, person_id: int, since: date, until: date) -> Leave:
    zone = DEFAULT.zone
    starts_at = max(begins(since, zone), sitting.at)
    ends_at = ends(until, zone)
    if until < since or ends_at <= sitting.at:
        raise Refused("refused.leave_backwards", again="until")
    if ends_at - starts_at > LONGEST:
        raise Refused("refused.leave_too_long", again="until")
    _not_twice(sitting, person_id, starts_at, ends_at)
    leave = Leave(person_id=person_id, starts_at=starts_at, ends_at=ends_at, asked_at=sitting.at)
    sitting.session.add(leave)
    sitting.session.flush()
    return leave


def _not_twice(sitting: Sitting, person_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """One leave for one day: the days are changed by 销假 and asking anew."""
    same = select(Leave).where(
        Leave.person_id == person_id, Leave.answer.in_(STANDS), Leave.ends_at > starts_at, Leave.starts_at < ends_at
    )
    found = sitting.session.scalar(same.order_by(Leave.starts_at).limit(1))
    if found is not None:
        raise Refused("refused.leave_twice", again="since", name=name_of(sitting, person_id), days=said(found))


def _asked(sitting: Sitting, leave_id: int) -> Leave:
    """The leave that waits for an answer; else who has answered it and how."""
    _must_decide(sitting)
    leave = sitting.session.get(Leave, leave_id, with_for_update=True, populate_existing=True)
    if leave is None or leave.person_id == sitting.actor.person_id:
        raise Refused("refused.not_asked")
    if leave.answer:
        raise Refused(
            f"refused.leave_{leave.answer}", by=name_of(sitting, leave.answered_by), at=leave.answered_at
        )
    return leave


def _answer(sitting: Sitting, leave: Leave, answer: str) -> None:
    leave.answer, leave.answered_at, leave.answered_by = answer, sitting.at, sitting.actor.person_id


def _told(sitting: Sitting, leave: Leave, answer: str) -> None:
    """The engineer hears the answer; on the screens of all who were asked it takes the question's place."""
    values = {
        "by": sitting.actor.name,
        "name": name_of(sitting, leave.person_id),
        "days": said(leave),
    }
    key = f"leave:{leave.id}:{answer}"
    asked = [one for one in _deciding(sitting) if one != leave.person_id]
    news.in_place(
        sitting, asked, f"leave_{answer}_told", values, key=f"{key}:told", of="leave_wanted", about=leave.id
    )
    news.to_people(sitting, [leave.person_id], f"leave_{answer}", values, key=key)


def _deciding(sitting: Sitting) -> list[int]:
    return news.having(sitting, DECIDE) or news.having(sitting, news.INSTEAD)


def _must_decide(sitting: Sitting) -> None:
    if sitting.actor.person_id not in _deciding(sitting):
        raise Refused("refused.roster_desk_only")
