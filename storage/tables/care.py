"""Keeping in touch: follow-ups, and the digests that people are sent and confirm."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class FollowUp(Table):
    """One person asked on one occasion whether all is well. `due_at` is when something happens next."""

    __tablename__ = "follow_ups"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    occasion: Mapped[str]  # after_closing, quarter
    about: Mapped[str]  # which ticket, or which quarter of which school
    due_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")  # a FollowUpAnswer
    way: Mapped[str] = mapped_column(default="")  # online (在线回访), phone (电话回访)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("calls.id"))
    filed_ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    failures: Mapped[int] = mapped_column(default=0)  # a poison row is set aside after some
    created_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("person_id", "occasion", "about"),
        Index(None, "ticket_id"),
        Index(None, "school_id", "asked_at"),
        Index(None, "call_id"),
        Index(
            "ix_follow_ups_due_at",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )


class Digest(Table):
    """What one person was told of one period, frozen; a monthly report is confirmed by whoever reads it."""

    __tablename__ = "digests"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # morning, weekly, monthly
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    day: Mapped[date]  # the day it is told on
    about: Mapped[str] = mapped_column(unique=True)  # kind, period, school and person: told once
    content: Mapped[str]  # canonical JSON of what is said
    digest: Mapped[str]  # SHA-256 of the content
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))  # by which it was confirmed
    inbox_id: Mapped[int | None]  # the message that did
    shown: Mapped[str] = mapped_column(default="")  # the words as the person had them when confirming
    shown_digest: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index(None, "person_id", "kind"), Index(None, "school_id", "kind"))
