"""A chain over the archive: links, the head of each day, the digest of each edition as printed.

Cases that were archived before are sealed by the job that closes records, so they are due now.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chain",
        sa.Column("n", Id(), autoincrement=False, nullable=False),
        sa.Column("sealed_at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("leaf", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("ticket_id", Id(), nullable=True),
        sa.Column("edition_id", Id(), nullable=True),
        sa.Column("attachment_id", Id(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_chain_ticket_id_tickets")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["record_editions.id"], name=op.f("fk_chain_edition_id_record_editions")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_chain_attachment_id_attachments")
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_chain")),
    )
    op.create_index("ix_chain_ticket_id", "chain", ["ticket_id"])
    op.create_index("ix_chain_edition_id", "chain", ["edition_id"])
    op.create_table(
        "chain_heads",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("n", Id(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_chain_heads")),
    )
    op.add_column("record_editions", sa.Column("print_digest", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE tickets SET records_due_at = updated_at WHERE state = 'archived'")
