"""What somebody follows is looked up with every message of theirs: by an index.

Revision ID: 0032
Revises: 0031
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_followers_person_id", "followers", ["person_id"])
    op.create_index("ix_following_strangers_account_id", "following_strangers", ["account_id"])
