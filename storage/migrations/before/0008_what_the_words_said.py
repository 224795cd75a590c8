"""What the customer's words said where nobody confirmed it; and evidence of a stranger's word.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tickets") as tickets:
        tickets.add_column(sa.Column("urgency_said_at", UtcDateTime(), nullable=True))
        tickets.add_column(sa.Column("said_kind", sa.Text(), nullable=False, server_default=""))
    # Until now a draft filed by silence whose words were urgent bore this mark.
    op.execute(
        "UPDATE tickets SET urgency_said_at = reported_at"
        " WHERE is_unconfirmed AND NOT is_urgent AND urgent_at IS NULL AND cause = 'unstated'"
    )
    with op.batch_alter_table("confirmations") as confirmations:
        confirmations.alter_column("person_id", existing_type=Id(), nullable=True)
