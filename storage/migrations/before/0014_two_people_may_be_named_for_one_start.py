"""A span that was given to somebody who is on leave begins at the same moment as whoever takes it then.

Revision ID: 0014
Revises: 0013
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_shifts_rotation_id_starts_at", table_name="shifts")
    op.create_index(
        "ix_shifts_rotation_id_starts_at_person_id",
        "shifts",
        ["rotation_id", "starts_at", "person_id"],
        unique=True,
    )
