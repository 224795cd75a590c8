"""A stranger hears of the ticket that theirs was merged into.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "following_strangers",
        sa.Column("ticket_id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_following_strangers_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_following_strangers_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "account_id", name=op.f("pk_following_strangers")),
    )
    # Whose report was merged before, and nobody has told who they are since.
    tickets = sa.table(
        "tickets",
        sa.column("id", Id()),
        sa.column("reporter_id", Id()),
        sa.column("reporter_account_id", Id()),
        sa.column("merged_into_id", Id()),
    )
    merged = sa.select(tickets.c.merged_into_id, tickets.c.reporter_account_id).where(
        tickets.c.merged_into_id.is_not(None),
        tickets.c.reporter_id.is_(None),
        tickets.c.reporter_account_id.is_not(None),
    )
    op.execute(table.insert().from_select(["ticket_id", "account_id"], merged.distinct()))
