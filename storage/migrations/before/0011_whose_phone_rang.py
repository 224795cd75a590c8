"""Whose phone rang for which matter, so that nobody is rung twice for it.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rings",
        sa.Column("id", Id(), nullable=False),
        sa.Column("ticket_id", Id(), nullable=False),
        sa.Column("round", Id(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_rings_person_id_people")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_rings_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rings")),
        sa.UniqueConstraint(
            "ticket_id", "round", "promise", "person_id", name=op.f("uq_rings_ticket_id_round_promise_person_id")
        ),
    )
    op.create_index(op.f("ix_rings_person_id_at"), "rings", ["person_id", "at"])
    with op.batch_alter_table("tickets") as tickets:
        tickets.add_column(sa.Column("rung_id", Id(), nullable=True))
        tickets.create_foreign_key(op.f("fk_tickets_rung_id_people"), "people", ["rung_id"], ["id"])
