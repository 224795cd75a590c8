"""Keeping in touch: follow-ups and digests get tables, a call gets its caller, its tries and its outcome.

The release before writes a call with its reason only and reads `done_at`: what is new here is empty or counts from 0.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from storage.tables.base import Id, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LOG = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _to(table: str, of: str, column: str, *, required: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{of}.id", name=f"fk_{table}_{column}_{of}")
    return sa.Column(column, Id(), key, nullable=not required)


def upgrade() -> None:
    _calls()
    _follow_ups()
    _digests()


def _calls() -> None:
    with op.batch_alter_table("calls") as calls:
        calls.add_column(_to("calls", "schools", "school_id"))
        calls.add_column(_to("calls", "people", "assignee_id"))
        calls.add_column(_to("calls", "people", "done_by"))
        calls.add_column(_to("calls", "tickets", "filed_ticket_id"))
        calls.add_column(sa.Column("script", sa.Text(), nullable=True))
        calls.add_column(sa.Column("outcome", sa.Text(), nullable=True))
        calls.add_column(sa.Column("words", sa.Text(), nullable=True))
        calls.add_column(sa.Column("next_at", UtcDateTime(), nullable=True))
        calls.add_column(sa.Column("log", LOG, nullable=True))
        calls.add_column(sa.Column("tries", Id(), nullable=False, server_default="0"))
        calls.add_column(sa.Column("failures", Id(), nullable=False, server_default="0"))
        calls.create_index(
            "ix_calls_next_at",
            ["next_at"],
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )


def _follow_ups() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("id", Id(), nullable=False),
        _to("follow_ups", "people", "person_id", required=True),
        _to("follow_ups", "schools", "school_id"),
        _to("follow_ups", "tickets", "ticket_id"),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        _to("follow_ups", "calls", "call_id"),
        _to("follow_ups", "tickets", "filed_ticket_id"),
        sa.Column("failures", Id(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_follow_ups"),
        sa.UniqueConstraint("person_id", "occasion", "about", name="uq_follow_ups_person_id_occasion_about"),
    )
    op.create_index(
        "ix_follow_ups_due_at",
        "follow_ups",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("ix_follow_ups_ticket_id", "follow_ups", ["ticket_id"])
    op.create_index("ix_follow_ups_school_id_asked_at", "follow_ups", ["school_id", "asked_at"])
    op.create_index("ix_follow_ups_call_id", "follow_ups", ["call_id"])


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        _to("digests", "people", "person_id", required=True),
        _to("digests", "schools", "school_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        _to("digests", "accounts", "account_id"),
        sa.Column("inbox_id", Id(), nullable=True),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("shown_digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sa.UniqueConstraint("about", name="uq_digests_about"),
    )
    op.create_index("ix_digests_person_id_kind", "digests", ["person_id", "kind"])
    op.create_index("ix_digests_school_id_kind", "digests", ["school_id", "kind"])
