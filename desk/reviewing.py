"""A technician's finding, for 《用户问题反馈及落实情况表》: settled at once, deep maintenance, or not needed."""

from typing import Literal

from sqlalchemy import select

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


def newest(sitting: Sitting, ticket: Ticket) -> Review:
    """The finding that stands in this round. Raises NoResultFound where nothing was found yet."""
    query = select(Review).where(Review.ticket_id == ticket.id, Review.round == ticket.round)
    return sitting.session.scalars(query.order_by(Review.id.desc()).limit(1)).one()


def receipt(ticket: Ticket, reason: str) -> dict[str, object]:
    """Exactly what 无异议 is said to: the receipt of this case, with its reasons."""
    return {"receipt": ticket.number, "reason": reason, "objection": False}
