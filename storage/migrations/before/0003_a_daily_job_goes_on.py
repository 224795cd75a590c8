"""A daily job goes on where it stopped: what is left of a day's run, how far it came, how often it failed.

The release before writes a row when it claims a day and never reads it again: `next_at` empty is a finished run.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("daily_runs") as runs:
        runs.add_column(sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
        runs.add_column(sa.Column("reached", WHOLE, nullable=False, server_default="0"))
        runs.add_column(sa.Column("failures", WHOLE, nullable=False, server_default="0"))
        runs.add_column(sa.Column("milliseconds", WHOLE, nullable=False, server_default="0"))
