"""The clocks: a promise is its segments; due time, next alarm and state are caches of what they derive to."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class PromiseRow(Table):
    """One clock of one round of a ticket (for plan-step: of one step of a plan)."""

    __tablename__ = "promises"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    promise: Mapped[str]
    round: Mapped[int]
    step: Mapped[int] = mapped_column(default=0)  # plan-step: 1, 2, 3 …; else 0
    plan: Mapped[int] = mapped_column(default=0)  # plan-step: version of the plan
    policy_id: Mapped[int] = mapped_column(ForeignKey("policies.id"))
    calendar_edition: Mapped[str] = mapped_column(default="")
    segments: Mapped[str]  # JSON, written by agreement/segments.py
    state: Mapped[str]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    is_provisional: Mapped[bool] = mapped_column(default=False)
    stage: Mapped[str] = mapped_column(default="")  # the last rung that was told
    next_alarm_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)  # a poison row is set aside after some
    is_known: Mapped[bool] = mapped_column(default=False, server_default=false())  # called, and 已知悉 was said since
    booked_at: Mapped[datetime | None]  # when its breach was booked; empty: none, or news overturned it
    __table_args__ = (
        UniqueConstraint("ticket_id", "promise", "round", "plan", "step"),
        Index(
            "ix_promises_booked",
            "ticket_id",
            sqlite_where=text("booked_at IS NOT NULL"),
            postgresql_where=text("booked_at IS NOT NULL"),
        ),
        Index(
            "ix_promises_next_alarm_at",
            "next_alarm_at",
            sqlite_where=text("next_alarm_at IS NOT NULL"),
            postgresql_where=text("next_alarm_at IS NOT NULL"),
        ),
    )


class Alarm(Table):
    """Who was told which rung of which promise: the key that lets nobody be told twice."""

    __tablename__ = "alarms"
    promise_id: Mapped[int] = mapped_column(ForeignKey("promises.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    told_at: Mapped[datetime]


class Penalty(Table):
    """An entry of the ledger: the customer's right to deduct (agreement §3, Money)."""

    __tablename__ = "penalties"
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    promise: Mapped[str]
    round: Mapped[int]
    amount_fen: Mapped[int]
    taken_fen: Mapped[int] = mapped_column(default=0)
    state: Mapped[str]
    created_at: Mapped[datetime]  # the due time that passed
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promises.id"))  # the clock whose breach it is
    __table_args__ = (UniqueConstraint("ticket_id", "promise", "round"), Index(None, "contract_id"))


class PenaltyStep(Table):
    """What became of an entry: who did what with which words, and where it stood then. Rows are only added."""

    __tablename__ = "penalty_steps"
    id: Mapped[int] = mapped_column(primary_key=True)
    penalty_id: Mapped[int] = mapped_column(ForeignKey("penalties.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: the clock
    act: Mapped[str]  # book, or a PenaltyAct
    words: Mapped[str] = mapped_column(default="")
    state: Mapped[str]  # after it
    taken_fen: Mapped[int] = mapped_column(default=0)
    __table_args__ = (Index(None, "penalty_id"),)


class Reminder(Table):
    """A moment of a ticket that is no promise: reminders, closing by silence, the end of objection days."""

    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    round: Mapped[int]
    name: Mapped[str]
    about: Mapped[int] = mapped_column(default=0)  # which asking this belongs to (event id)
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")  # set aside after some
    __table_args__ = (
        UniqueConstraint("ticket_id", "round", "name", "about"),
        Index(
            "ix_reminders_due_at",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )
