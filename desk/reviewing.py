"""A technician's finding, for 《用户问题反馈及落实情况表》: settled at once, deep maintenance, or not needed."""

from typing import Literal

from desk.handling import acting_person
from desk.sitting import Sitting
from storage.tables import Review, Ticket

Outcome = Literal["at_once", "deep", "not_needed"]


def sign(sitting: Sitting, ticket: Ticket, outcome: Outcome, reason: str) -> None:
    """The technician's finding of this round, in their words; the record's number is issued by the act."""
    sitting.session.add(
        Review(
            ticket_id=ticket.id,
            round=ticket.round,
            outcome=outcome,
            reason=reason,
            reviewer_id=acting_person(sitting),
            at=sitting.at,
        )
    )
