"""Every breach in the books: when it was booked, whose breach an entry of the ledger is, what became of the entry.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import Id, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("promises") as promises:
        promises.add_column(sa.Column("booked_at", UtcDateTime(), nullable=True))
        promises.create_index(
            "ix_promises_booked",
            ["ticket_id"],
            sqlite_where=sa.text("booked_at IS NOT NULL"),
            postgresql_where=sa.text("booked_at IS NOT NULL"),
        )
    with op.batch_alter_table("penalties") as penalties:
        penalties.add_column(sa.Column("promise_id", Id(), nullable=True))
        penalties.create_foreign_key("fk_penalties_promise_id_promises", "promises", ["promise_id"], ["id"])
        penalties.create_index("ix_penalties_contract_id", ["contract_id"])
    op.create_table(
        "penalty_steps",
        sa.Column("id", Id(), nullable=False),
        sa.Column("penalty_id", Id(), nullable=False),
        sa.Column("event_id", Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", Id(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("taken_fen", Id(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name="fk_penalty_steps_actor_id_people"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_penalty_steps_event_id_events"),
        sa.ForeignKeyConstraint(
            ["penalty_id"], ["penalties.id"], name="fk_penalty_steps_penalty_id_penalties"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_penalty_steps"),
    )
    op.create_index("ix_penalty_steps_penalty_id", "penalty_steps", ["penalty_id"])
