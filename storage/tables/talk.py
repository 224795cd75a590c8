"""What came in, where each dialog stands, what goes out, and the state of the house's own jobs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Inbox(Table):
    """Every message as it came, once: a platform's retry meets the unique key and changes nothing."""

    __tablename__ = "inbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    external_id: Mapped[str]
    account: Mapped[str] = mapped_column(default="")
    chat: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    message: Mapped[dict[str, Any]]  # the Incoming, to be conversed again after a failure
    raw: Mapped[str] = mapped_column(default="")
    state: Mapped[str]  # done, failed, unreadable, set_aside
    error: Mapped[str] = mapped_column(default="")
    release: Mapped[str] = mapped_column(default="")  # code that failed on it: tried again by another
    attempts: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index(
            "ix_inbox_failed",
            "id",
            sqlite_where=text("state = 'failed'"),
            postgresql_where=text("state = 'failed'"),
        ),
    )


class Dialog(Table):
    """The dialog of one person in one chat, and the lock that orders that person's messages."""

    __tablename__ = "dialogs"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    chat: Mapped[str]
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    expires_at: Mapped[datetime | None]
    last_ticket_id: Mapped[int | None]  # the ticket last talked about
    last_ticket_at: Mapped[datetime | None]
    turns: Mapped[int] = mapped_column(default=0, server_default="0")  # had after the first time: arriving.py
    __table_args__ = (
        UniqueConstraint("account_id", "chat"),
        Index(
            "ix_dialogs_expires_at",
            "expires_at",
            sqlite_where=text("expires_at IS NOT NULL"),
            postgresql_where=text("expires_at IS NOT NULL"),
        ),
    )


class Lane(Table):
    """The queue of one chat: `next_at` is empty when nothing waits in it."""

    __tablename__ = "lanes"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    chat: Mapped[str]
    next_at: Mapped[datetime | None]
    leased_until_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("channel", "chat"),
        Index(
            "ix_lanes_next_at",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )


class ChannelHold(Table):
    """A platform told the whole bot to wait: nothing leaves on this channel before then."""

    __tablename__ = "channel_holds"
    channel: Mapped[str] = mapped_column(primary_key=True)
    until_at: Mapped[datetime]


class Outbox(Table):
    """One thing to tell one person: a reply already worded, or a notice rendered when it leaves."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    lane_id: Mapped[int] = mapped_column(ForeignKey("lanes.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    telling: Mapped[str] = mapped_column(unique=True)  # one telling, however often it is sent
    weight: Mapped[str]  # alarm, card, reply, courtesy: what an unsure sending means
    body: Mapped[dict[str, Any]]  # a reply: text and buttons; a notice: its name and values
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    question: Mapped[str] = mapped_column(default="")  # a prompt of a dialog: which question, to be replaced
    state: Mapped[str]  # queued, sending, sent, refused, unsure, dropped
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    sending_until_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[str] = mapped_column(default="")  # the platform's
    rendered: Mapped[dict[str, Any] | None]  # what was really sent: the evidence
    reason: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "lane_id",
            "id",
            sqlite_where=text("state IN ('queued', 'sending')"),
            postgresql_where=text("state IN ('queued', 'sending')"),
        ),
        Index(
            "ix_outbox_stopped",
            "state",
            sqlite_where=text("state IN ('unsure', 'set_aside')"),
            postgresql_where=text("state IN ('unsure', 'set_aside')"),
        ),
        Index(
            "ix_outbox_question",
            "account_id",
            "question",
            sqlite_where=text("question != ''"),
            postgresql_where=text("question != ''"),
        ),
        Index(
            "ix_outbox_message_id",
            "account_id",
            "message_id",
            sqlite_where=text("message_id != ''"),
            postgresql_where=text("message_id != ''"),
        ),
        Index(None, "account_id", "id"),
        Index(None, "ticket_id", "account_id"),
    )


class Call(Table):
    """Somebody must be called by a human. `next_at` is when it is shown again, or passed on untouched."""

    __tablename__ = "calls"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    reason: Mapped[str]  # a CallReason, or what a platform refused the last message for
    script: Mapped[str | None]  # key of the texts: what to say
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: the desk
    next_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")  # that reached nobody
    log: Mapped[list[Any] | None]  # shown, missed, put off, reached: when, by whom, in what words
    outcome: Mapped[str | None]  # a CallOutcome
    words: Mapped[str | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    filed_ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    __table_args__ = (
        Index(None, "person_id"),
        Index(
            "ix_calls_open",
            "person_id",
            "ticket_id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_calls_next_at",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )


class Talk(Table):
    """A chat handed to a human (转人工): words are kept and relayed until either side ends it."""

    __tablename__ = "talks"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]  # it ended by 报修: its words are in the report
    words: Mapped[list[Any]] = mapped_column(default=list)
    next_at: Mapped[datetime | None]  # nobody has taken it: when they are told again
    told: Mapped[int] = mapped_column(default=0, server_default="0")  # how often they were
    __table_args__ = (
        Index(
            "ix_talks_next_at",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index(None, "account_id", "ended_at"),
        Index(
            "ix_talks_open",
            "desk_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class Job(Table):
    """The last run of each job of the scheduler: `/healthz` reads it."""

    __tablename__ = "jobs"
    name: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    milliseconds: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    backlog: Mapped[int] = mapped_column(default=0)


class DailyRun(Table):
    """One run of a daily job on one date: the key lets it begin once, `next_at` is empty when nothing is left."""

    __tablename__ = "daily_runs"
    job: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    reached: Mapped[int] = mapped_column(default=0, server_default="0")  # the last id of the last whole page
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    milliseconds: Mapped[int] = mapped_column(default=0, server_default="0")  # of all pages so far
    found: Mapped[int] = mapped_column(default=0, server_default="0")  # wrong by the audit, on all pages so far


class Heartbeat(Table):
    """Spans in which the desk was up: a gap between two is an outage and stands in the evidence."""

    __tablename__ = "heartbeats"
    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    last_at: Mapped[datetime]


class Secret(Table):
    """A token that several processes share: one holder refreshes it, the others read."""

    __tablename__ = "secrets"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    generation: Mapped[int]
    expires_at: Mapped[datetime]
