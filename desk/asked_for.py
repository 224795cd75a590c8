"""What a person's word is asked for, said whole: what offers the button shows what the button confirms (records §9.2).

A message is told once and its card shown anew many times: by an edit in its place, by 进度, below other news. The
content and its digits go along, or the chat would hold a button for something that is no longer on the screen.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from agreement.words import Act
from desk import objections, planning, requests, reviewing
from desk.confirming import asked
from desk.due_words import due_said
from desk.schedule import steps_of
from desk.sitting import Sitting
from storage.tables import Plan, Review, Ticket, WrittenRequest
from texts.say import Say, say


@dataclass(frozen=True, kw_only=True)
class Open:
    """What of a ticket is open to somebody's word: a plan may be made while the written request still waits."""

    plan: Plan | None
    request: WrittenRequest | None
    finding: Review | None  # of the receipt


def asked_for(sitting: Sitting, ticket: Ticket, acts: Collection[Act], is_open: Open) -> tuple[Say, ...]:
    """The sentence that asks for each of these acts, as its message tells it; none where none of them confirms."""
    return tuple(_asked(sitting, ticket, acts, is_open))


def _asked(sitting: Sitting, ticket: Ticket, acts: Collection[Act], is_open: Open) -> Iterator[Say]:
    plan, request, finding = is_open.plan, is_open.request, is_open.finding
    if plan is not None and Act.AGREE in acts:
        values = planning.to_agree(ticket, plan, steps_of(sitting, plan))
        yield say("notice.plan_to_agree", number=ticket.ordinal, **values)
    if request is not None and Act.CONFIRM_REQUEST in acts:
        yield say("notice.request_to_confirm", number=ticket.ordinal, **requests.to_confirm(ticket, request))
    until_at = ticket.objection_until_at
    if finding is not None and until_at is not None:
        yield _receipt(sitting, ticket, finding, until_at)


def _receipt(sitting: Sitting, ticket: Ticket, review: Review, until_at: datetime) -> Say:
    counted = objections.days_of(sitting.as_of(review.at), ticket)
    return say(
        "notice.receipt",
        number=ticket.ordinal,
        words=review.reason,
        until_at=due_said(until_at, provisional=counted.provisional),
        **asked(ticket, reviewing.receipt(ticket, review.reason)),
    )
