"""What the manager knows: 已知悉 is said of the clocks that have called, not of a whole round. And whose an opinion is.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("promises", sa.Column("is_known", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("opinions", sa.Column("account_id", Id(), nullable=True))
    promises = sa.table(
        "promises",
        sa.column("ticket_id", Id()),
        sa.column("round", Id()),
        sa.column("stage", sa.Text()),
        sa.column("is_known", sa.Boolean()),
    )
    tickets = sa.table("tickets", sa.column("id", Id()), sa.column("aware_round", Id()))
    # Until now the word silenced the daily calls of the whole round: what has called by now stays silent.
    aware = sa.select(tickets.c.id).where(
        tickets.c.id == promises.c.ticket_id,
        tickets.c.aware_round == promises.c.round,
    )
    has_called = sa.or_(promises.c.stage == "twice", promises.c.stage.startswith("day-"))
    op.execute(promises.update().where(has_called, aware.exists()).values(is_known=True))
