"""When the counting by a new edition of the calendar goes on.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("calendar_editions", sa.Column("next_at", UtcDateTime(), nullable=True))
    going_on = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_calendar_editions_next_at",
        "calendar_editions",
        ["next_at"],
        sqlite_where=going_on,
        postgresql_where=going_on,
    )
