"""Strict tests and findings: what stands before a customised change, and whether the software is the cause.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tickets") as tickets:
        tickets.add_column(sa.Column("tested_round", Id(), nullable=False, server_default="0"))
    _create(
        "tests",
        "tester_id",
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
    )
    _create(
        "findings",
        "author_id",
        sa.Column("is_software", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )


def _create(table: str, by: str, *columns: sa.Column) -> None:  # type: ignore[type-arg]
    """One row of a round, by a person at a moment."""
    op.create_table(
        table,
        sa.Column("id", Id(), nullable=False),
        sa.Column("ticket_id", Id(), nullable=False),
        sa.Column("round", Id(), nullable=False),
        *columns,
        sa.Column(by, Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint([by], ["people.id"], name=op.f(f"fk_{table}_{by}_people")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f(f"fk_{table}_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_ticket_id"), table, ["ticket_id"])
