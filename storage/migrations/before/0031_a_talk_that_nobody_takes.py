"""A talk that nobody of the desk takes over falls due: they are told again, and more of the house hear of it.

Revision ID: 0031
Revises: 0030
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id, UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITS = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("talks", sa.Column("next_at", UtcDateTime(), nullable=True))
    op.add_column("talks", sa.Column("told", WHOLE, server_default="0", nullable=False))
    talks = sa.table(
        "talks",
        sa.column("opened_at", UtcDateTime()),
        sa.column("ended_at", UtcDateTime()),
        sa.column("desk_id", Id()),
        sa.column("next_at", UtcDateTime()),
    )
    # Whoever waits now is not forgotten; who had waited for a day when the newest talk began has gone elsewhere.
    newest = op.get_bind().scalar(sa.select(sa.func.max(talks.c.opened_at)))
    if newest is not None:
        waits = sa.and_(
            talks.c.ended_at.is_(None), talks.c.desk_id.is_(None), talks.c.opened_at > newest - timedelta(days=1)
        )
        op.execute(talks.update().where(waits).values(next_at=talks.c.opened_at))
    op.create_index("ix_talks_next_at", "talks", ["next_at"], sqlite_where=WAITS, postgresql_where=WAITS)
