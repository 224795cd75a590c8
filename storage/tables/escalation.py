"""Whose phone rang for which matter."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class RingRow(Table):
    """An engineer was rung for a round of a ticket, at first or for one of its promises: nobody is rung twice."""

    __tablename__ = "rings"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    round: Mapped[int]
    promise: Mapped[str] = mapped_column(default="")  # whose ladder asked for the next one; "": the matter itself
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str]  # key of the texts: what set this engineer apart
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("ticket_id", "round", "promise", "person_id"), Index(None, "person_id", "at"))
