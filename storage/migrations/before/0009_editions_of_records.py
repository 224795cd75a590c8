"""Editions of records: what stood on a record when it was closed, and which tickets have one to be made.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from storage.tables.base import Id, UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WAITING = sa.text("records_due_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("tickets", sa.Column("records_due_at", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_tickets_records_due_at",
        "tickets",
        ["records_due_at"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_table(
        "record_editions",
        sa.Column("id", Id(), nullable=False),
        sa.Column("ticket_id", Id(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("attempt", Id(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("edition", Id(), nullable=False),
        sa.Column("form_number", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("left_open", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("pages", Id(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", Id(), nullable=True),
        sa.Column("event_id", Id(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_record_editions_author_id_people")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_record_editions_event_id_events")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_record_editions_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_editions")),
        sa.UniqueConstraint(
            "ticket_id", "record", "attempt", "edition",
            name=op.f("uq_record_editions_ticket_id_record_attempt_edition"),
        ),
    )
