"""Editions of the calendar, breaks, rotations, leave, swaps, residents, gaps.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from storage.tables.base import Id, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _key(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}_{of}"))


def _id(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return sa.Column("id", Id(), nullable=False), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _calendar() -> None:
    op.create_table(
        "calendar_editions",
        *_id("calendar_editions"),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("years", JSON, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("reached", Id(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("edition", name=op.f("uq_calendar_editions_edition")),
    )
    op.create_table(
        "school_breaks",
        *_id("school_breaks"),
        sa.Column("school_id", Id(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        _key("school_breaks", "school_id", "schools"),
    )
    op.create_index("ix_school_breaks_school_id_last_on", "school_breaks", ["school_id", "last_on"])


def _rotations() -> None:
    op.create_table(
        "rotations",
        *_id("rotations"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("project_id", Id(), nullable=True),
        sa.Column("members", JSON, nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("turn_hours", Id(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("name", name=op.f("uq_rotations_name")),
        _key("rotations", "project_id", "projects"),
    )
    # No foreign key: SQLite adds none to a table that is there, and a rotation is never deleted.
    op.add_column("shifts", sa.Column("rotation_id", Id(), nullable=True))
    op.add_column("shifts", sa.Column("origin", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_shifts_rotation_id_starts_at", "shifts", ["rotation_id", "starts_at"], unique=True)
    op.create_table(
        "leaves",
        *_id("leaves"),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", Id(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        _key("leaves", "person_id", "people"),
        _key("leaves", "answered_by", "people"),
    )
    op.create_index("ix_leaves_person_id_ends_at", "leaves", ["person_id", "ends_at"])
    op.create_table(
        "swaps",
        *_id("swaps"),
        sa.Column("shift_id", Id(), nullable=False),
        sa.Column("from_id", Id(), nullable=False),
        sa.Column("to_id", Id(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        _key("swaps", "from_id", "people"),
        _key("swaps", "to_id", "people"),
    )
    op.create_index("ix_swaps_shift_id", "swaps", ["shift_id"])


def _residents() -> None:
    op.create_table(
        "residents",
        *_id("residents"),
        sa.Column("project_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("witness_phone", sa.Text(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        _key("residents", "project_id", "projects"),
        _key("residents", "person_id", "people"),
    )
    op.create_index("ix_residents_project_id", "residents", ["project_id"])
    op.create_index("ix_residents_person_id", "residents", ["person_id"])
    op.create_table(
        "sign_ins",
        *_id("sign_ins"),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("resident_id", Id(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("spot", JSON, nullable=False),
        _key("sign_ins", "person_id", "people"),
        _key("sign_ins", "resident_id", "residents"),
    )
    op.create_index("ix_sign_ins_person_id_at", "sign_ins", ["person_id", "at"])


def _gaps() -> None:
    op.create_table(
        "roster_gaps",
        *_id("roster_gaps"),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
    )
    told = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_roster_gaps_next_at", "roster_gaps", ["next_at"], sqlite_where=told, postgresql_where=told
    )


def upgrade() -> None:
    _calendar()
    _rotations()
    _residents()
    _gaps()
