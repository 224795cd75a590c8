"""The column that only earlier releases wrote goes.

Revision ID: 9001
Revises:
"""

from alembic import op

revision = "9001"
down_revision = None
branch_labels = ("after",)
depends_on = "0002"


def upgrade() -> None:
    with op.batch_alter_table("inbox") as inbox:
        inbox.drop_column("toast")
