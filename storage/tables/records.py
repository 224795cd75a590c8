"""What the maintenance records are projected from: reviews, plans, work, opinions, acceptance, archive."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Review(Table):
    """The technicians' finding: settle at once, deep maintenance, or no maintenance needed."""

    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    round: Mapped[int]
    outcome: Mapped[str]  # at_once, deep, not_needed
    reason: Mapped[str] = mapped_column(default="")
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    __table_args__ = (Index(None, "ticket_id"),)


class Plan(Table):
    """A maintenance plan handed to the customer; a changed one is a new version."""

    __tablename__ = "plans"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    round: Mapped[int]
    version: Mapped[int]
    fee: Mapped[str]  # free, paid
    fee_clause: Mapped[str] = mapped_column(default="")
    fee_fen: Mapped[int] = mapped_column(default=0)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    handed_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")  # "", agreed, discussed, superseded
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    __table_args__ = (UniqueConstraint("ticket_id", "version"),)


class PlanStep(Table):
    """One dated step of a plan; when the plan is agreed it becomes a promise."""

    __tablename__ = "plan_steps"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    step: Mapped[int]
    what: Mapped[str]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(default="")
    __table_args__ = (UniqueConstraint("plan_id", "step"),)


class WorkOrder(Table):
    """《维护任务单》: opened when work begins."""

    __tablename__ = "work_orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    round: Mapped[int]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    implementer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index(None, "ticket_id"),)


class WrittenRequest(Table):
    """One version of a customised change's written request: the frozen text and what the school said to it."""

    __tablename__ = "written_requests"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    version: Mapped[int]
    text: Mapped[str]
    digest: Mapped[str]  # SHA-256 of the text in UTF-8
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: a stranger, or the clock
    at: Mapped[datetime]
    answer: Mapped[str]  # open, confirmed, discussed, superseded
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str]  # of 商议
    __table_args__ = (UniqueConstraint("ticket_id", "version"),)


class StrictTest(Table):
    """严格测试: without one of its round nothing of a customised change is handed over (agreement §3)."""

    __tablename__ = "tests"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    round: Mapped[int]
    environment: Mapped[str]
    cases: Mapped[str]
    result: Mapped[str]
    tester_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    __table_args__ = (Index(None, "ticket_id"),)


class Finding(Table):
    """软件原因: whether review finds that the software causes a slowness, with its author (agreement §3)."""

    __tablename__ = "findings"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    round: Mapped[int]
    is_software: Mapped[bool]
    words: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    __table_args__ = (Index(None, "ticket_id"),)


class Visit(Table):
    """An engineer on the way to the school and there."""

    __tablename__ = "visits"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    departed_at: Mapped[datetime]
    arrived_at: Mapped[datetime | None]
    place: Mapped[dict[str, Any] | None]
    __table_args__ = (Index(None, "ticket_id"),)


class Opinion(Table):
    """What the customer said of the work, by own tap or words; silence is a row of its own kind."""

    __tablename__ = "opinions"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    round: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    account_id: Mapped[int | None]  # of a stranger too
    answer: Mapped[str]  # solved, not_solved, silence
    mark: Mapped[int | None]
    words: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    __table_args__ = (Index(None, "ticket_id"),)


class Acceptance(Table):
    """One try at acceptance: two checks, two signatures by two people (agreement §2, step 4)."""

    __tablename__ = "acceptances"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    round: Mapped[int]
    attempt: Mapped[int]
    implementer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    implemented_at: Mapped[datetime]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    change_is_right: Mapped[bool | None]
    software_reconfirmed: Mapped[bool | None]
    verdict: Mapped[str] = mapped_column(default="")  # "", passed, failed
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("ticket_id", "attempt"),)


class Confirmation(Table):
    """Evidence of a tap that binds: who, by which account, on which message, to exactly what content."""

    __tablename__ = "confirmations"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: a stranger's account
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    inbox_id: Mapped[int | None]
    content: Mapped[str]  # canonical JSON of what was confirmed
    digest: Mapped[str]
    at: Mapped[datetime]
    number: Mapped[str] = mapped_column(default="", server_default="")  # DZQR-2026-000456
    shown: Mapped[str] = mapped_column(default="", server_default="")  # the words as the person had them
    shown_digest: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (Index(None, "ticket_id"),)


class Archived(Table):
    """A case that the archivist has sealed."""

    __tablename__ = "archive"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    remark: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    file_number: Mapped[str] = mapped_column(default="", server_default="")  # 档号; empty: filed before there were
    term: Mapped[str] = mapped_column(default="", server_default="")  # code of 保管期限
    kept_until: Mapped[date | None]  # empty: for ever
    secrecy: Mapped[str] = mapped_column(default="", server_default="")  # 密级


class RecordEdition(Table):
    """A record as it was closed: what stood in every cell, on which form, by whom and why. Rows are only ever added.

    A closed record is never changed: a correction is the next edition, and all of them stay.
    """

    __tablename__ = "record_editions"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    record: Mapped[str]
    attempt: Mapped[int]
    number: Mapped[str]  # the record's own; the same for all its editions
    edition: Mapped[int]
    form_number: Mapped[str]
    form_version: Mapped[str]
    content: Mapped[str]  # canonical JSON, `records.papers.canonical`
    digest: Mapped[str]  # SHA-256 of the content
    print_digest: Mapped[str] = mapped_column(default="", server_default="")  # of its PDF, kept under that name
    left_open: Mapped[list[Any]]  # labels of required cells that nobody had filled
    pages: Mapped[int]  # of its PDF
    print_faults: Mapped[list[Any] | None]  # what its bytes have against them; empty: nobody looked
    reason: Mapped[str]  # of an edition after the first
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # empty: the clock, by policy
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))  # what closed or changed it
    made_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("ticket_id", "record", "attempt", "edition"),)
