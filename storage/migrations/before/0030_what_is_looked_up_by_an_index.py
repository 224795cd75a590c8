"""The outbox is looked up by its ticket, by a prompt and by the platform's id, tickets by their state alone.

Both grow for ever: each card that left read its reader's whole history, and the desk's list every ticket there was.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

STOPPED = sa.text("state IN ('unsure', 'set_aside')")
IS_PROMPT = sa.text("question != ''")
IS_KNOWN = sa.text("message_id != ''")


def upgrade() -> None:
    of = "outbox"
    op.create_index("ix_outbox_stopped", of, ["state"], sqlite_where=STOPPED, postgresql_where=STOPPED)
    op.create_index(
        "ix_outbox_question", of, ["account_id", "question"], sqlite_where=IS_PROMPT, postgresql_where=IS_PROMPT
    )
    op.create_index(
        "ix_outbox_message_id", of, ["account_id", "message_id"], sqlite_where=IS_KNOWN, postgresql_where=IS_KNOWN
    )
    op.create_index("ix_outbox_ticket_id_account_id", of, ["ticket_id", "account_id"])
    op.create_index("ix_tickets_state_id", "tickets", ["state", "id"])
