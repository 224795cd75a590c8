"""Who is on duty when: rotations and the shifts laid from them, leave, swaps, residents, gaps."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Shift(Table):
    """An engineer on duty from one moment to another. Whoever is on leave is not on duty, shift or not."""

    __tablename__ = "shifts"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    rotation_id: Mapped[int | None]  # of `rotations`; empty: entered by itself
    origin: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # rotation, swap, override; "": by itself
    handed_over_at: Mapped[datetime | None]  # its end was looked at: what was open is the next one's to know
    __table_args__ = (
        Index(None, "ends_at"),
        Index(
            "ix_shifts_handed_over",
            "ends_at",
            sqlite_where=text("handed_over_at IS NULL"),
            postgresql_where=text("handed_over_at IS NULL"),
        ),
        Index(None, "rotation_id", "starts_at", "person_id", unique=True),
    )


class Rotation(Table):
    """Members who take turns; a daily job lays their shifts ahead (agreement/rosters.py)."""

    __tablename__ = "rotations"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"))  # empty: the vendor's hotline
    members: Mapped[list[Any]]  # ids of people, in their order
    first_at: Mapped[datetime]  # start of the first turn: its local hour is the hour of every handover
    turn_hours: Mapped[int]
    ended_at: Mapped[datetime | None]


class Leave(Table):
    """Somebody away from one moment to another: asked in chat and agreed, or entered by the desk or a file."""

    __tablename__ = "leaves"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[str] = mapped_column(default="")  # "", agreed, refused, taken_back
    __table_args__ = (Index(None, "person_id", "ends_at"),)


class Swap(Table):
    """One shift that its owner asked a colleague to take. The span is the shift's when it was asked."""

    __tablename__ = "swaps"
    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int]  # may be gone by the time of the answer
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")  # "", agreed, refused, overtaken
    next_at: Mapped[datetime | None]  # when both are reminded that nobody has answered
    __table_args__ = (
        Index(None, "shift_id"),
        Index(
            "ix_swaps_next_at",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )


class Resident(Table):
    """An engineer at a school around the clock (驻点; agreement §3, Periods), with what the source records."""

    __tablename__ = "residents"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    place: Mapped[str]
    title: Mapped[str]  # 职称
    witness: Mapped[str]  # 证明人
    witness_phone: Mapped[str]
    since_on: Mapped[date]
    until_on: Mapped[date | None]  # the last day counts
    __table_args__ = (Index(None, "project_id"), Index(None, "person_id"))


class SignIn(Table):
    """签到: an engineer was there then, with the place if the phone sent one."""

    __tablename__ = "sign_ins"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    at: Mapped[datetime]
    spot: Mapped[dict[str, Any]] = mapped_column(default=dict)  # latitude, longitude in degrees, if sent
    __table_args__ = (Index(None, "person_id", "at"),)


class RosterGap(Table):
    """A span with nobody on duty, and how far ahead of it people were told."""

    __tablename__ = "roster_gaps"
    id: Mapped[int] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(default="")  # the last that was told: week, day, hour
    next_at: Mapped[datetime | None]  # when the next one is told
    found_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # somebody is on duty now, or it is over
    __table_args__ = (
        Index(
            "ix_roster_gaps_next_at",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )
