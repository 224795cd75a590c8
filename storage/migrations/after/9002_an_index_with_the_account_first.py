"""What an account was sent about a ticket is found by the index that begins with the ticket.

Revision ID: 9002
Revises: 9001
"""

from alembic import op

revision = "9002"
down_revision = "9001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_outbox_account_id_ticket_id", "outbox")
