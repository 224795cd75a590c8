"""Schools, their rooms and systems, the vendor's projects and contracts, policies and calendar days."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class School(Table):
    __tablename__ = "schools"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class Room(Table):
    """A room that a sentence may name or a QR on the wall may stand for."""

    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    code: Mapped[str] = mapped_column(unique=True)  # opaque; what the QR carries
    __table_args__ = (UniqueConstraint("school_id", "name"),)


class Asset(Table):
    """A system the vendor delivered to a school."""

    __tablename__ = "assets"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    __table_args__ = (UniqueConstraint("school_id", "name"),)


class Project(Table):
    __tablename__ = "projects"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    __table_args__ = (Index(None, "school_id"),)


class ProjectEngineer(Table):
    """An engineer named for a project (agreement: on-site maintenance by named engineers)."""

    __tablename__ = "project_engineers"
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)


class PolicyRow(Table):
    """One version of the policy: an immutable text; a running promise keeps the one it began with."""

    __tablename__ = "policies"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    overrides: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class Contract(Table):
    __tablename__ = "contracts"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"))
    number: Mapped[str] = mapped_column(default="")
    policy_id: Mapped[int] = mapped_column(ForeignKey("policies.id"))
    accepted_on: Mapped[date]
    delivered_on: Mapped[date]
    deposit_fen: Mapped[int] = mapped_column(default=0)
    __table_args__ = (Index(None, "school_id"),)


class CalendarDay(Table):
    """A day of the State Council's calendar. A year is published when its rows are here."""

    __tablename__ = "calendar_days"
    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    name: Mapped[str] = mapped_column(default="")
    edition: Mapped[str]
