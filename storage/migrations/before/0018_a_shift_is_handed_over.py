"""The end of a shift is looked at once, and a manager's 已知悉 is remembered for its round.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("aware_round", Id(), nullable=False, server_default="0"))
    op.add_column("shifts", sa.Column("handed_over_at", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_shifts_handed_over",
        "shifts",
        ["ends_at"],
        sqlite_where=sa.text("handed_over_at IS NULL"),
        postgresql_where=sa.text("handed_over_at IS NULL"),
    )
