"""A dialog counts who had it: a message that has waited for it learns that what it read before may be old.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("dialogs", sa.Column("turns", WHOLE, server_default="0", nullable=False))
