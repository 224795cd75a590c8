"""People, how they are reached, what they are to a school or to the vendor."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Person(Table):
    """Somebody the desk knows by name. A stranger becomes one when bound by an invite or a room's QR."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="zh")
    undisturbed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Account(Table):
    """One line to a person: an account on a channel. `person_id` is empty until it is bound."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    external: Mapped[str]  # the platform's id of the person, within the channel
    chat: Mapped[str]  # where private messages go
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    bound_at: Mapped[datetime | None]
    bound_how: Mapped[str] = mapped_column(default="")  # invite, room, registration
    rank: Mapped[int] = mapped_column(default=0)  # the lowest is the preferred line
    is_reachable: Mapped[bool] = mapped_column(default=True)
    window: Mapped[dict[str, Any] | None]  # a platform's window of free messages, kept by its channel
    language: Mapped[str] = mapped_column(default="zh")
    scanned: Mapped[str] = mapped_column(default="")  # code of the room whose QR was scanned last
    scanned_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_heard_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("channel", "external"), Index(None, "person_id"))


class EarlierSelf(Table):
    """Who gave a name of their own at a room's QR, before an invite said who they are: two rows of one human being."""

    __tablename__ = "earlier_selves"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    became_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    bound_how: Mapped[str]  # how the account was theirs, when they confirmed by it
    became_at: Mapped[datetime]
    __table_args__ = (Index(None, "became_id"),)


class Membership(Table):
    """A person's role: at a school, or (school empty) at the vendor."""

    __tablename__ = "memberships"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    role: Mapped[str]
    since_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("person_id", "school_id", "role"), Index(None, "school_id", "role"))


class Invite(Table):
    """A one-time code that binds an account to a person or makes a new one with a role."""

    __tablename__ = "invites"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)  # SHA-256 of the code: the table alone lets nobody in
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    role: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class Consent(Table):
    """Which notice about personal data a person was told, when, and on which channel."""

    __tablename__ = "consents"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    notice: Mapped[str]
    channel: Mapped[str]
    told_at: Mapped[datetime]
    __table_args__ = (Index(None, "person_id"),)
