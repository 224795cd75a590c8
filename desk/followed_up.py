"""What a person says to a follow-up: 一切正常, 有问题, 请来电, 免打扰. A thought may be better: answers can change."""

from dataclasses import dataclass

from agreement.following_up import AnswerRefused, answer
from agreement.words import CallReason, FollowUpAnswer, FollowUpWay
from desk import calls, following_up
from desk.events import append
from desk.sitting import Sitting
from storage.tables import Call, FollowUp, Person, Ticket
from texts.refused import Refused


@dataclass(frozen=True)
class AskedAbout:
    """The finished matter that a follow-up asks about."""

    ticket_id: int
    ordinal: int
    text: str


def asked_about(sitting: Sitting, follow_up_id: int) -> AskedAbout | None:
    """None where it asks about a quarter."""
    ticket = sitting.session.get(Ticket, _mine(sitting, follow_up_id).ticket_id or 0)
    return AskedAbout(ticket.id, ticket.ordinal, ticket.text) if ticket is not None else None


def waits(sitting: Sitting, follow_up_id: int) -> bool:
    """Whether it asks this person, and nothing has been said to it."""
    row = sitting.session.get(FollowUp, follow_up_id)
    return row is not None and row.person_id == sitting.actor.person_id and not row.answer


def may_be_well(sitting: Sitting, follow_up_id: int) -> bool:
    """Whether 一切正常 may still be said to it."""
    row = _mine(sitting, follow_up_id)
    standing = FollowUpAnswer(row.answer) if row.answer else None
    is_taken = not isinstance(answer(standing, FollowUpAnswer.WELL), AnswerRefused)
    return is_taken and row.filed_ticket_id is None


def all_well(sitting: Sitting, follow_up_id: int) -> None:
    """一切正常, at once: booked as 在线回访."""
    _refuse_if_filed(sitting, _mine(sitting, follow_up_id))
    row = _answered(sitting, follow_up_id, FollowUpAnswer.WELL)
    row.due_at = None
    _need_no_call(sitting, row)


def something_wrong(sitting: Sitting, follow_up_id: int) -> int | None:
    """有问题: words are asked next; the school they are about. Said nothing more, somebody calls."""
    _refuse_if_filed(sitting, _mine(sitting, follow_up_id))
    row = _answered(sitting, follow_up_id, FollowUpAnswer.WRONG)
    row.due_at = following_up.gives_words_until(sitting, row)
    return row.school_id


def may_file(sitting: Sitting, follow_up_id: int) -> None:
    """Raises Refused where this follow-up asks somebody else."""
    _mine(sitting, follow_up_id)


def filed(sitting: Sitting, follow_up_id: int, ticket_id: int) -> None:
    """The words became a ticket: it hangs together with the follow-up, and nobody needs to call."""
    row = _mine(sitting, follow_up_id)
    row.filed_ticket_id = ticket_id
    row.due_at = None
    _need_no_call(sitting, row)
    ticket = sitting.session.get_one(Ticket, ticket_id)
    append(sitting, ticket, "follow_up_filed", {"follow_up": row.id, "occasion": row.occasion})


def call_me(sitting: Sitting, follow_up_id: int) -> None:
    """请来电: somebody calls."""
    row = _answered(sitting, follow_up_id, FollowUpAnswer.CALL)
    following_up.have_called(sitting, row, CallReason.ASKED.value)


def undisturbed(sitting: Sitting, follow_up_id: int) -> None:
    """免打扰 on the question itself: no courtesies from now on, and no call for this one."""
    row = _answered(sitting, follow_up_id, FollowUpAnswer.UNDISTURBED)
    row.due_at = None
    _need_no_call(sitting, row)
    leave_alone(sitting)


def leave_alone(sitting: Sitting) -> None:
    """免打扰: courtesies end; news of the person's own tickets goes on."""
    _me(sitting).undisturbed = True


def keep_in_touch(sitting: Sitting) -> None:
    """恢复回访: the wish is taken back."""
    _me(sitting).undisturbed = False


def _me(sitting: Sitting) -> Person:
    if sitting.actor.person_id is None:
        raise Refused("refused.unbound")
    return sitting.session.get_one(Person, sitting.actor.person_id)


def _mine(sitting: Sitting, follow_up_id: int) -> FollowUp:
    row = sitting.session.get(FollowUp, follow_up_id, with_for_update=True, populate_existing=True)
    if row is None or row.person_id != sitting.actor.person_id:
        raise Refused("refused.bad_tap")
    return row


def _refuse_if_filed(sitting: Sitting, row: FollowUp) -> None:
    if row.filed_ticket_id is not None:
        told = sitting.session.get_one(Ticket, row.filed_ticket_id)
        raise Refused("refused.follow_up_filed", number=told.ordinal)


def _answered(sitting: Sitting, follow_up_id: int, said: FollowUpAnswer) -> FollowUp:
    row = _mine(sitting, follow_up_id)
    decision = answer(FollowUpAnswer(row.answer) if row.answer else None, said)
    if isinstance(decision, AnswerRefused):
        raise Refused(decision.reason, at=row.answered_at or sitting.at)
    row.answer = decision.answer.value
    row.answered_at = sitting.at
    row.way = FollowUpWay.ONLINE.value
    ticket = sitting.session.get(Ticket, row.ticket_id) if row.ticket_id is not None else None
    if ticket is not None:
        append(sitting, ticket, "followed_up", {"answer": row.answer, "way": row.way})
    return row


def _need_no_call(sitting: Sitting, row: FollowUp) -> None:
    call = sitting.session.get(Call, row.call_id, with_for_update=True) if row.call_id is not None else None
    if call is not None and call.done_at is None:
        calls.withdraw(sitting, call)
