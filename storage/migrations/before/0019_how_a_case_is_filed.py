"""How a case is filed: 档号, how long it is kept, 密级.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("file_number", "term", "secrecy"):
        op.add_column("archive", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("archive", sa.Column("kept_until", sa.Date(), nullable=True))
