"""Who hears of what: one table. Every event has a row; NOBODY is a row.

`telling.py` turns an event and its rows into outbox rows. The words of a notice stand in the texts under
`notice.<name>`; the card of the ticket as it is when the message leaves is put below them.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from agreement.words import Record


class Audience(StrEnum):
    """To whom, as seen from the ticket. Nobody is told the same event twice: the first row wins."""

    ACTOR = "actor"
    REPORTER = "reporter"  # and the reporters of tickets merged into this one
    REPRESENTATIVE = "representative"
    AGREEING = "agreeing"  # the representative; where none is named, the reporter
    REPRESENTATIVE_ELSE_DESK = "representative_else_desk"  # where none is named, the desk must get one named
    ASSIGNEE = "assignee"
    ASSIGNEE_ELSE_DESK = "assignee_else_desk"  # without a desk whoever is on duty: never nobody
    ON_DUTY = "on_duty"  # every engineer on duty; nobody on duty: whom the ladder names, and the desk
    HOLDERS = "holders"  # everybody else who holds a card of this ticket: its buttons are those of now
    LEAD = "lead"
    DESK = "desk"
    ARCHIVIST = "archivist"
    MANAGER = "manager"
    NAMED = "named"  # the person the event itself names
    CUSTOMER = "customer"  # reporter and representative
    NOBODY = "nobody"


class How(StrEnum):
    """RING: a new message with sound. QUIET: a new message without. CARD: the card in place, no new message."""

    RING = "ring"
    QUIET = "quiet"
    CARD = "card"


class Weight(StrEnum):
    """What a sending whose fate is unknown means: an alarm or a card goes again, marked; the others do not."""

    ALARM = "alarm"
    CARD = "card"
    REPLY = "reply"
    COURTESY = "courtesy"


@dataclass(frozen=True)
class Notice:
    """One row: on `event`, tell `audience` the notice `name`, in this way."""

    event: str
    audience: Audience
    name: str
    how: How = How.RING
    weight: Weight = Weight.COURTESY
    papers: tuple[Record, ...] = ()  # records that go along as files
    by_call: str = ""  # said instead where somebody whom it was for is to be called: nobody has told them yet

    @property
    def is_worth_a_call(self) -> bool:
        """Whether somebody without a line that takes messages is to be called for it."""
        return self.how is How.RING and self.weight is not Weight.REPLY and self.name not in NO_CALL


# Who filed it was there; whoever acknowledged or is on the way calls or comes anyway.
NO_CALL = frozenset({"filed", "acknowledged", "on_the_way"})
BY_CALL = "to_be_told_by_call"

A, H, W = Audience, How, Weight

NOTICES: tuple[Notice, ...] = (
    Notice("report", A.ACTOR, "filed", H.RING, W.REPLY),
    Notice("report", A.REPORTER, "filed", H.RING, W.COURTESY),
    Notice("report", A.ON_DUTY, "new_ticket", H.RING, W.ALARM),
    Notice("to_be_sorted", A.DESK, "to_be_sorted", H.RING, W.ALARM),
    Notice("register", A.ACTOR, "registered", H.RING, W.REPLY),
    Notice("register", A.REPORTER, "registered_for_you", H.QUIET),
    Notice("register", A.ON_DUTY, "new_ticket", H.RING, W.ALARM),
    Notice("acknowledge", A.ACTOR, "you_acknowledged", H.RING, W.REPLY),
    Notice("acknowledge", A.REPORTER, "acknowledged", H.RING, W.CARD),
    Notice("acknowledge", A.HOLDERS, "card", H.CARD, W.CARD),
    # nothing moved for the policy's hours: who has it, the next engineer and the lead; the others may take it
    Notice("acknowledgement_expired", A.ASSIGNEE, "acknowledgement_expired", H.RING, W.ALARM),
    Notice("acknowledgement_expired", A.NAMED, "acknowledgement_expired", H.RING, W.ALARM),
    Notice("acknowledgement_expired", A.LEAD, "acknowledgement_expired", H.RING, W.ALARM),
    Notice("acknowledgement_expired", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("aware", A.ACTOR, "you_are_aware", H.RING, W.REPLY),
    Notice("taken_up", A.HOLDERS, "card", H.CARD, W.CARD),  # the act that implies it tells the rest
    Notice("assign", A.ACTOR, "you_assigned", H.RING, W.REPLY),
    Notice("assign", A.NAMED, "assigned_to_you", H.RING, W.ALARM),
    Notice("assign", A.REPORTER, "now_handled_by", H.QUIET),
    Notice("assign", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("taken_away", A.NAMED, "taken_from_you", H.RING, W.ALARM),  # who may be on the way to it
    Notice("hand_over", A.ACTOR, "you_handed_over", H.RING, W.REPLY),
    Notice("hand_over", A.NAMED, "handed_to_you", H.RING, W.ALARM),
    Notice("hand_over", A.REPORTER, "now_handled_by", H.QUIET),
    Notice("hand_over", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("add", A.ACTOR, "added", H.RING, W.REPLY),
    Notice("add", A.ASSIGNEE_ELSE_DESK, "customer_added", H.RING, W.CARD),
    Notice("complaint", A.LEAD, "complaint", H.RING, W.ALARM),
    Notice("nudge", A.ACTOR, "nudged", H.RING, W.REPLY),
    Notice("nudge", A.ASSIGNEE_ELSE_DESK, "customer_nudges", H.RING, W.ALARM),
    Notice("urgent", A.ACTOR, "now_urgent", H.RING, W.REPLY),
    Notice("urgent", A.ASSIGNEE, "urgent_now", H.RING, W.ALARM),
    Notice("urgent", A.NAMED, "urgent_now", H.RING, W.ALARM),  # who asked whether it is
    Notice("urgent", A.ON_DUTY, "urgent_now", H.RING, W.ALARM),
    Notice("urgent", A.LEAD, "urgent_now", H.RING, W.ALARM),
    Notice("urgent", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("urgency_stated", A.NOBODY, ""),
    Notice("not_urgent", A.ACTOR, "no_longer_urgent", H.RING, W.REPLY),
    Notice("not_urgent", A.ASSIGNEE, "not_urgent_now", H.QUIET),
    Notice("not_urgent", A.NAMED, "not_urgent_now", H.QUIET),
    Notice("not_urgent", A.REPORTER, "not_urgent_now", H.QUIET),  # where the representative said so
    Notice("not_urgent", A.ON_DUTY, "not_urgent_now", H.QUIET),  # who was rung for it
    Notice("not_urgent", A.LEAD, "not_urgent_now", H.QUIET),
    Notice("not_urgent", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("withdraw", A.ACTOR, "withdrawn", H.RING, W.REPLY),
    Notice("withdraw", A.ASSIGNEE, "customer_withdrew", H.RING, W.CARD),
    Notice("withdraw", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("depart", A.ACTOR, "you_depart", H.RING, W.REPLY),
    Notice("depart", A.REPORTER, "on_the_way", H.RING),
    Notice("still_on_the_way", A.ACTOR, "you_depart", H.RING, W.REPLY),  # 出发 said once more
    Notice("arrive", A.ACTOR, "you_arrived", H.RING, W.REPLY),
    Notice("arrive", A.REPORTER, "arrived", H.QUIET),
    Notice("contingency", A.ACTOR, "you_handed_contingency", H.RING, W.REPLY),
    Notice("contingency", A.CUSTOMER, "contingency_plan", H.RING, W.CARD),
    Notice("fix_plan", A.ACTOR, "you_handed_fix_plan", H.RING, W.REPLY),
    Notice("fix_plan", A.CUSTOMER, "fix_plan", H.RING, W.CARD),
    Notice("test", A.ACTOR, "you_tested", H.RING, W.REPLY),
    Notice("finding", A.ACTOR, "you_found", H.RING, W.REPLY),
    Notice("finding", A.CUSTOMER, "finding", H.RING, W.CARD),
    Notice("ask", A.ACTOR, "you_asked", H.RING, W.REPLY, by_call=BY_CALL),
    Notice("ask", A.REPORTER, "engineer_asks", H.RING, W.CARD),
    Notice("answer", A.ACTOR, "you_answered", H.RING, W.REPLY, by_call=BY_CALL),
    Notice("answer", A.REPORTER, "engineer_answers", H.RING, W.CARD),
    Notice("note", A.ACTOR, "noted", H.RING, W.REPLY),
    Notice("note", A.ASSIGNEE, "note_for_you", H.QUIET),
    Notice("propose", A.ACTOR, "you_proposed", H.RING, W.REPLY),
    Notice("propose", A.AGREEING, "plan_to_agree", H.RING, W.CARD),
    Notice("propose", A.REPORTER, "plan_proposed", H.QUIET),
    Notice("propose_for_money", A.ACTOR, "you_proposed", H.RING, W.REPLY),  # nobody is named who could agree
    Notice("propose_for_money", A.REPORTER, "plan_proposed", H.QUIET),
    Notice("representative_wanted", A.DESK, "representative_wanted", H.RING, W.ALARM),
    Notice("representative_named", A.NAMED, "plan_to_agree", H.RING, W.CARD),
    Notice("representative_named", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("plan_offered", A.AGREEING, "plan_to_agree", H.RING, W.CARD),  # the school was found out
    Notice("plan_reminder", A.AGREEING, "plan_reminder", H.QUIET, W.CARD),
    Notice("plan_unanswered", A.ASSIGNEE, "plan_unanswered", H.QUIET, W.CARD),
    Notice("plan_unanswered", A.DESK, "plan_unanswered", H.RING, W.CARD),
    Notice("agree", A.ACTOR, "you_agreed", H.RING, W.REPLY),
    Notice("agree", A.ASSIGNEE, "plan_agreed", H.RING, W.CARD),
    Notice("agree", A.REPORTER, "plan_agreed_told", H.QUIET),
    Notice("agree", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("agree_late", A.ACTOR, "you_agreed_late", H.RING, W.REPLY),
    Notice("agree_late", A.ASSIGNEE_ELSE_DESK, "plan_agreed_late", H.RING, W.ALARM),
    Notice("agree_late", A.LEAD, "plan_agreed_late", H.QUIET),
    Notice("other_dates_wanted", A.ASSIGNEE_ELSE_DESK, "other_dates_wanted", H.RING, W.ALARM),
    Notice("other_dates_wanted", A.LEAD, "other_dates_wanted", H.QUIET),
    Notice("discuss", A.ACTOR, "you_discuss", H.RING, W.REPLY),
    Notice("discuss", A.ASSIGNEE, "plan_discussed", H.RING, W.CARD),
    Notice("discuss", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("request", A.AGREEING, "request_to_confirm", H.RING, W.CARD),
    Notice("request_offered", A.NAMED, "request_to_confirm", H.RING, W.CARD),  # a representative was named
    Notice("no_representative", A.DESK, "no_representative", H.RING, W.ALARM),
    Notice("confirm_request", A.ACTOR, "you_confirmed_request", H.RING, W.REPLY),
    Notice("confirm_request", A.ASSIGNEE, "request_confirmed", H.QUIET),
    Notice("confirm_request", A.REPORTER, "request_confirmed", H.QUIET),
    Notice("discuss_request", A.ACTOR, "you_discuss_request", H.RING, W.REPLY),
    Notice("discuss_request", A.REPORTER, "request_discussed", H.RING, W.CARD),
    Notice("discuss_request", A.ASSIGNEE_ELSE_DESK, "request_discussed_told", H.QUIET, W.CARD),
    Notice("revise_request", A.ACTOR, "you_revised_request", H.RING, W.REPLY),
    Notice("revise_request", A.ASSIGNEE, "request_revised", H.QUIET),
    Notice("start", A.ACTOR, "you_started", H.RING, W.REPLY),
    Notice("start", A.REPORTER, "work_started", H.QUIET),
    Notice("step_done", A.ACTOR, "you_did_step", H.RING, W.REPLY),
    Notice("step_done", A.REPORTER, "step_done", H.QUIET),
    Notice("done", A.ACTOR, "you_are_done", H.RING, W.REPLY),
    Notice("done", A.REPORTER, "is_it_solved", H.RING, W.CARD),
    Notice("plan_superseded", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("acceptance_due", A.LEAD, "acceptance_due", H.RING, W.CARD),
    Notice("acceptance_due_manager", A.MANAGER, "acceptance_due", H.RING, W.CARD),
    Notice("decline", A.ACTOR, "you_declined", H.RING, W.REPLY, by_call=BY_CALL),
    Notice("decline", A.REPORTER, "receipt", H.RING, W.CARD, papers=(Record.RECEIPT,)),
    Notice("decline", A.REPRESENTATIVE, "receipt", H.QUIET, papers=(Record.RECEIPT,)),
    Notice("object", A.ACTOR, "you_objected", H.RING, W.REPLY),
    Notice("object", A.ASSIGNEE_ELSE_DESK, "customer_objects", H.RING, W.CARD),
    Notice("object", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("no_objection", A.ACTOR, "you_do_not_object", H.RING, W.REPLY),
    Notice("no_objection", A.ARCHIVIST, "to_be_archived", H.QUIET, W.CARD),
    Notice("no_objection", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("objection_over", A.ARCHIVIST, "to_be_archived", H.QUIET, W.CARD),
    Notice("merge", A.ACTOR, "you_merged", H.RING, W.REPLY),
    Notice("merge", A.REPORTER, "merged_into", H.RING),
    Notice("merge", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("merged_from", A.ASSIGNEE, "merged_from", H.QUIET),
    Notice("settle_school", A.ACTOR, "school_settled", H.RING, W.REPLY),
    Notice("settle_school", A.REPORTER, "school_settled", H.QUIET),
    Notice("settle_school", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("ask_resort", A.ACTOR, "you_asked_resort", H.RING, W.REPLY),
    Notice("ask_resort", A.CUSTOMER, "resort_to_agree", H.RING, W.CARD),
    Notice("resort", A.ACTOR, "resorted", H.RING, W.REPLY),
    Notice("resort", A.ASSIGNEE, "resorted_told", H.RING),
    Notice("resort", A.NAMED, "resorted_told", H.RING),  # who asked
    Notice("resort", A.REPORTER, "resorted_told", H.RING),  # where the representative answered: other clocks run
    Notice("resort", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("resort_refused", A.ACTOR, "resort_refused", H.RING, W.REPLY),
    Notice("resort_refused", A.ASSIGNEE_ELSE_DESK, "resort_refused_told", H.RING),
    Notice("resort_refused", A.NAMED, "resort_refused_told", H.RING),
    Notice("resort_refused", A.REPORTER, "resort_refused_told", H.QUIET),
    Notice("resort_refused", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("accept", A.ACTOR, "you_accepted", H.RING, W.REPLY),
    Notice("accept", A.ASSIGNEE, "accepted", H.QUIET),
    Notice("accept", A.REPORTER, "accepted_told", H.RING, W.CARD),
    Notice("accept", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("reject", A.ACTOR, "you_rejected", H.RING, W.REPLY),
    Notice("reject", A.ASSIGNEE, "rejected", H.RING, W.ALARM),
    Notice("reject", A.REPORTER, "rejected_told", H.QUIET),
    Notice("reject", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("solved", A.NOBODY, ""),
    Notice("solved_not_by_reporter", A.NOBODY, ""),
    Notice("to_be_closed", A.DESK, "to_be_closed", H.RING, W.CARD),
    Notice("rate", A.NOBODY, ""),
    Notice("low_mark", A.LEAD, "low_mark", H.RING, W.ALARM),
    Notice("low_mark", A.DESK, "low_mark", H.RING, W.ALARM),
    Notice("opinion_words", A.ACTOR, "words_kept", H.RING, W.REPLY),
    Notice("not_solved", A.ACTOR, "reopened", H.RING, W.REPLY),
    Notice("not_solved", A.ASSIGNEE, "not_solved", H.RING, W.ALARM),
    Notice("not_solved", A.LEAD, "not_solved", H.QUIET),
    Notice("not_solved", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("new_round", A.ACTOR, "reopened", H.RING, W.REPLY),  # not_solved after 已办结: it begins anew
    Notice("new_round", A.ASSIGNEE, "not_solved", H.RING, W.ALARM),
    Notice("new_round", A.ON_DUTY, "not_solved", H.RING, W.ALARM),
    Notice("new_round", A.LEAD, "not_solved", H.QUIET),
    Notice("new_round", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("close", A.ACTOR, "you_closed", H.RING, W.REPLY),
    Notice("close", A.REPORTER, "closed", H.QUIET, W.CARD),
    Notice("close", A.ARCHIVIST, "to_be_archived", H.RING, W.CARD),
    Notice("close", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("archive", A.ACTOR, "you_archived", H.RING, W.REPLY),
    Notice("archive", A.HOLDERS, "card", H.CARD, W.CARD),
    Notice("archive_many", A.HOLDERS, "card", H.CARD, W.CARD),  # the archivist hears of all at once
    Notice("alarm", A.NAMED, "alarm", H.RING, W.ALARM),
    Notice("routed", A.NOBODY, ""),
    Notice("phone_rang", A.NOBODY, ""),
    Notice("phone_acknowledged", A.NOBODY, ""),
    Notice("phone_unanswered", A.DESK, "phone_unanswered", H.RING, W.ALARM),
    Notice("promise_broken", A.NOBODY, ""),
    # the ledger: what is broken, and what becomes of the customer's right
    Notice("breach_overturned", A.NOBODY, ""),
    Notice("penalty_claimable", A.REPRESENTATIVE_ELSE_DESK, "penalty_claimable", H.RING, W.CARD),
    Notice("penalty_exhausted", A.REPRESENTATIVE, "penalty_exhausted", H.RING, W.CARD),
    Notice("penalty_exhausted", A.MANAGER, "penalty_exhausted", H.QUIET, W.CARD),
    Notice("penalty_void", A.REPRESENTATIVE, "penalty_void", H.RING, W.CARD),
    Notice("penalty_doubted", A.REPRESENTATIVE, "penalty_doubted", H.RING, W.CARD),
    Notice("penalty_doubted", A.MANAGER, "penalty_doubted", H.RING, W.CARD),
    Notice("penalty_claimed", A.ACTOR, "you_claimed", H.RING, W.REPLY),
    Notice("penalty_claimed", A.MANAGER, "penalty_claimed", H.RING, W.CARD),
    Notice("penalty_let_go", A.ACTOR, "you_let_go", H.RING, W.REPLY),
    Notice("penalty_let_go", A.MANAGER, "penalty_let_go", H.QUIET, W.CARD),
    Notice("penalty_agreed", A.ACTOR, "you_agreed_penalty", H.RING, W.REPLY),
    Notice("penalty_agreed", A.REPRESENTATIVE, "penalty_agreed", H.RING, W.CARD),
    Notice("penalty_disputed", A.ACTOR, "you_disputed", H.RING, W.REPLY),
    Notice("penalty_disputed", A.REPRESENTATIVE, "penalty_disputed", H.RING, W.CARD),
    Notice("penalty_explained", A.ACTOR, "you_explained", H.RING, W.REPLY),
    Notice("penalty_explained", A.REPRESENTATIVE, "penalty_explained", H.RING, W.CARD),
    Notice("penalty_explained", A.MANAGER, "penalty_explained", H.RING, W.CARD),
    Notice("penalty_deducted", A.ACTOR, "you_deducted", H.RING, W.REPLY),
    Notice("penalty_deducted", A.REPRESENTATIVE, "penalty_deducted", H.RING, W.CARD),
    Notice("evidence_seen", A.NOBODY, ""),
    Notice("opinion_reminder", A.REPORTER, "opinion_reminder", H.QUIET),
    Notice("silence_stands", A.NOBODY, ""),
    Notice("objection_moved", A.REPORTER, "objection_moved", H.RING),
    Notice("objection_moved", A.REPRESENTATIVE, "objection_moved", H.RING),
    Notice("calendar_moved", A.REPORTER, "calendar_moved", H.RING),
    Notice("calendar_moved", A.REPRESENTATIVE, "calendar_moved", H.RING),
    Notice("calendar_moved", A.ASSIGNEE, "calendar_moved", H.RING, W.CARD),
    Notice("calendar_settled", A.NOBODY, ""),
    Notice("edited", A.ASSIGNEE_ELSE_DESK, "customer_corrected", H.RING, W.CARD),
    Notice("answered_at_once", A.NOBODY, ""),
    Notice("bound_later", A.NOBODY, ""),
    # Follow-ups and calls are told by desk/following_up.py and desk/calls.py: they are about no act on a ticket.
    Notice("followed_up", A.NOBODY, ""),
    Notice("called_back", A.NOBODY, ""),
    Notice("follow_up_filed", A.NOBODY, ""),
    Notice("cell_filled", A.NOBODY, ""),
    Notice("explained", A.NOBODY, ""),
    Notice("paper_returned", A.ACTOR, "you_returned_paper", H.RING, W.REPLY),
    Notice("paper_returned", A.DESK, "paper_returned", H.QUIET),
    Notice("case_seen", A.NOBODY, ""),
    Notice("record_seen", A.NOBODY, ""),
    Notice("register_seen", A.NOBODY, ""),
    Notice("register_taken", A.NOBODY, ""),
    Notice("catalogue_seen", A.NOBODY, ""),
    Notice("catalogue_taken", A.NOBODY, ""),
    Notice("records_given", A.NOBODY, ""),  # the records themselves go to whoever asked
)


def notices_of(event: str) -> tuple[Notice, ...]:
    """The rows of an event. Raises KeyError for an event without a row: somebody forgot to decide."""
    rows = _by_event().get(event)
    if rows is None:
        raise KeyError(f"no row in desk/notices.py says who hears of {event!r}")
    return rows


@cache
def _by_event() -> dict[str, tuple[Notice, ...]]:
    found: dict[str, tuple[Notice, ...]] = {}
    for notice in NOTICES:
        found[notice.event] = (*found.get(notice.event, ()), notice)
    return found
