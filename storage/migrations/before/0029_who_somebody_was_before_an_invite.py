"""Who somebody was by the name they gave themselves, before an invite said who they are.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id, UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "earlier_selves",
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("became_id", Id(), nullable=False),
        sa.Column("bound_how", sa.Text(), nullable=False),
        sa.Column("became_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_earlier_selves_person_id_people")),
        sa.ForeignKeyConstraint(["became_id"], ["people.id"], name=op.f("fk_earlier_selves_became_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_earlier_selves")),
    )
    op.create_index(op.f("ix_earlier_selves_became_id"), "earlier_selves", ["became_id"])
