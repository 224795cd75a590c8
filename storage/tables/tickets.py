"""A ticket, what happened to it, and what was sent along."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Ticket(Table):
    """One matter. Only acts of the desk write it; each writes an event beside it."""

    __tablename__ = "tickets"
    id: Mapped[int] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(unique=True)  # the short number people say and type: 1, 2, 3 …
    number: Mapped[str] = mapped_column(unique=True)  # 登记编号, e.g. ZXFK-2026-000001
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))  # empty: the desk must sort it
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"))
    policy_id: Mapped[int] = mapped_column(ForeignKey("policies.id"))
    reporter_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id")
    )  # empty: a stranger's, not yet bound
    reporter_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    channel: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    text: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    system: Mapped[str] = mapped_column(default="")
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    reported_at: Mapped[datetime]  # the clocks start here: the message that first stated the matter
    received_at: Mapped[datetime]  # when the desk had it
    registered_at: Mapped[datetime]  # when it was filed
    is_unconfirmed: Mapped[bool] = mapped_column(default=False)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    is_complaint: Mapped[bool] = mapped_column(default=False, server_default=false())  # 投诉: a flag on any kind
    was_urgent: Mapped[bool] = mapped_column(default=False, server_default=false())  # when an earlier round ended
    urgent_at: Mapped[datetime | None]
    urgency_said_at: Mapped[datetime | None]  # said in words that nobody has confirmed as urgent yet
    said_kind: Mapped[str] = mapped_column(default="", server_default="")  # where the desk sorted otherwise
    cause: Mapped[str] = mapped_column(default="")
    harm: Mapped[str] = mapped_column(default="")
    waiting: Mapped[str] = mapped_column(default="")  # what the customer was asked; no clock stops
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    round: Mapped[int] = mapped_column(default=1)
    round_acknowledged: Mapped[bool] = mapped_column(default=False)
    is_deep: Mapped[bool] = mapped_column(default=False)
    request: Mapped[str] = mapped_column(default="", server_default="")  # of the newest written request
    tested_round: Mapped[int] = mapped_column(default=0, server_default="0")  # last with a strict test; 0: none
    opinion: Mapped[str] = mapped_column(default="")  # "", solved, silence
    objection_until_at: Mapped[datetime | None]
    objection_settled: Mapped[bool] = mapped_column(default=False)
    rung_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # whose phone rang last, this round
    aware_round: Mapped[int] = mapped_column(default=0, server_default="0")  # of the manager's 已知悉; 0: called since
    nudged_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))  # reported anew after archiving
    search: Mapped[str] = mapped_column(default="")  # bigrams, made in Python
    updated_at: Mapped[datetime]
    records_due_at: Mapped[datetime | None]  # something happened that closes a record or changes a closed one
    __table_args__ = (
        Index(
            "ix_tickets_records_due_at",
            "records_due_at",
            sqlite_where=sql("records_due_at IS NOT NULL"),
            postgresql_where=sql("records_due_at IS NOT NULL"),
        ),
        Index(None, "reporter_id", "state"),
        Index(None, "assignee_id", "state"),
        Index(None, "school_id", "state"),
        Index(None, "state", "id"),
    )


class Event(Table):
    """What happened to a ticket: who, when, what, why. Rows are only ever added."""

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    at: Mapped[datetime]  # when it counts
    recorded_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: the clock, by policy
    actor_as: Mapped[str]  # the relation in which the person acted
    name: Mapped[str]  # an act's value, or what the clock found: promise_broken, alarm, …
    round: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_internal: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (Index(None, "ticket_id", "id"),)


class Attachment(Table):
    """Something that was sent along: wanted until its bytes are fetched, then stored."""

    __tablename__ = "attachments"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # seconds, place, recognised words
    state: Mapped[str] = mapped_column(default="wanted")  # wanted, stored, failed
    path: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    __table_args__ = (Index(None, "ticket_id"), Index(None, "state", "next_at"))


class Counter(Table):
    """The last number given, per series and year. A number is given once, inside the act's transaction."""

    __tablename__ = "counters"
    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Follower(Table):
    """Somebody who hears of a ticket that is not their own: the reporter of a merged one."""

    __tablename__ = "followers"
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    __table_args__ = (Index(None, "person_id"),)


class FollowingStranger(Table):
    """A stranger who hears of the ticket that theirs was merged into: an account that is nobody's yet."""

    __tablename__ = "following_strangers"
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    __table_args__ = (Index(None, "account_id"),)


class Number(Table):
    """The number of one record of a ticket, given when its act first filled it (records, §1)."""

    __tablename__ = "issued_records"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    record: Mapped[str]
    attempt: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("ticket_id", "record", "attempt"),)
