"""A talk that nobody of the desk takes over falls due: they are told again, and more of the house hear of it.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITS = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("talks", sa.Column("next_at", UtcDateTime(), nullable=True))
    op.add_column("talks", sa.Column("told", WHOLE, server_default="0", nullable=False))
    op.create_index("ix_talks_next_at", "talks", ["next_at"], sqlite_where=WAITS, postgresql_where=WAITS)
