"""A talk that became a report: nobody opens it again.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("talks", sa.Column("reported_at", UtcDateTime(), nullable=True))
