"""Electronic confirmations have a number, and keep the words that stood on the screen.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("number", "shown", "shown_digest"):
        op.add_column("confirmations", sa.Column(name, sa.Text(), server_default="", nullable=False))
