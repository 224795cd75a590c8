"""Editions of the workday calendar, and the schools' breaks. The days themselves stand in `contracts.py`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class CalendarEdition(Table):
    """One import into `calendar_days`. `before` keeps what it took the place of, so that a recomputation that
    was killed in the middle goes on with the calendar that people were told by."""

    __tablename__ = "calendar_editions"
    id: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(unique=True)
    years: Mapped[list[Any]]
    source: Mapped[str]  # a file's name, a library with its version
    imported_at: Mapped[datetime]
    imported_by: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]]  # {"edition", "years": [...], "days": [[iso date, is working, name], ...]}
    reached: Mapped[int] = mapped_column(default=0)  # the last ticket whose promises were counted anew
    next_at: Mapped[datetime | None]  # when the counting goes on
    done_at: Mapped[datetime | None]  # every promise that it touches was counted anew
    __table_args__ = (
        Index(
            "ix_calendar_editions_next_at",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )


class SchoolBreak(Table):
    """Days on which a school is not to be called or written to unasked: holidays between terms, examinations."""

    __tablename__ = "school_breaks"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))  # empty: every school
    name: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]  # the last day counts
    __table_args__ = (Index(None, "school_id", "last_on"),)
