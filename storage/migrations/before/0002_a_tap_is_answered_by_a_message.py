"""What there is to say to a tap comes as a message: nothing writes the answer's own words any more.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox") as inbox:
        inbox.alter_column("toast", existing_type=sa.Text(), nullable=True)
