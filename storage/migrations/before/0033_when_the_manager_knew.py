"""When the manager said 已知悉: it holds for the clocks that had called by then, not for all of the round.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id, UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("aware_at", UtcDateTime(), nullable=True))
    tickets = sa.table("tickets", sa.column("id", Id()), sa.column("aware_at", UtcDateTime()))
    events = sa.table(
        "events", sa.column("ticket_id", Id()), sa.column("name", sa.Text()), sa.column("at", UtcDateTime())
    )
    said_at = (
        sa.select(sa.func.max(events.c.at))
        .where(events.c.ticket_id == tickets.c.id, events.c.name == "aware")
        .scalar_subquery()
    )
    aware = sa.select(events.c.ticket_id).where(events.c.name == "aware")
    op.execute(tickets.update().where(tickets.c.id.in_(aware)).values(aware_at=said_at))
