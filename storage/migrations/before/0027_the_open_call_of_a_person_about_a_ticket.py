"""The open call of a person about a ticket is found by an index: whoever cannot be reached has one for each ticket.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

OPEN = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_calls_open", "calls", ["person_id", "ticket_id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
