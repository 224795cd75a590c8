"""A complaint is a flag of its ticket, and an unanswered swap is reminded of.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "tickets", sa.Column("is_complaint", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("swaps", sa.Column("next_at", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_swaps_next_at",
        "swaps",
        ["next_at"],
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
