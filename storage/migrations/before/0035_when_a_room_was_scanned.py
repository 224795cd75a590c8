"""When a room was scanned: of somebody known it is the place of what they report soon after.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("scanned_at", UtcDateTime(), nullable=True))
