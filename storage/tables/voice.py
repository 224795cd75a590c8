"""Phone calls of the ladder's last rung: whom, why, how often tried, and what the provider told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class VoiceCall(Table):
    """One rung that a person is called for; the key lets nobody be called twice for the same."""

    __tablename__ = "voice_calls"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    promise_id: Mapped[int] = mapped_column(ForeignKey("promises.id"))
    stage: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(default="wanted")  # wanted, calling, pressed, over, unanswered
    reference: Mapped[str] = mapped_column(default="")  # of the newest try: what the provider's callbacks name
    tries: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")  # what the provider said last
    next_at: Mapped[datetime | None]  # when it is to be made, or made again
    created_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("promise_id", "stage", "person_id"),
        Index(
            "ix_voice_calls_next_at",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index(None, "reference"),
    )


class VoiceEvent(Table):
    """A callback that was taken in: the same one again is a replay."""

    __tablename__ = "voice_events"
    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
