"""What the nightly audit found, and whether an earlier round of a ticket was urgent when it ended.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_AN_EARLIER_ROUND = """
UPDATE tickets SET was_urgent = true WHERE round > 1 AND EXISTS (
    SELECT 1 FROM promises WHERE promises.ticket_id = tickets.id AND promises.round < tickets.round
    AND promises.promise = 'urgent-fix-plan' AND promises.state <> 'withdrawn')
"""


def upgrade() -> None:
    op.add_column("daily_runs", sa.Column("found", WHOLE, nullable=False, server_default="0"))
    op.add_column("tickets", sa.Column("was_urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(OF_AN_EARLIER_ROUND)
