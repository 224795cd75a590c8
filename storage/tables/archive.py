"""The archive's chain: a link for each sealed thing, and the head of each day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class ChainLink(Table):
    """One link (`agreement/chain.py`). Rows are only ever added; an erasure empties salt, digest and content of one.

    What a record or an attachment held lies where it always lay; what was made for the archive alone is kept here.
    """

    __tablename__ = "chain"
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed_at: Mapped[datetime]
    kind: Mapped[str]
    path: Mapped[str]  # its place in an export
    sha256: Mapped[str]  # of its bytes; empty once erased
    salt: Mapped[str]  # empty once erased
    leaf: Mapped[str]
    previous: Mapped[str]
    digest: Mapped[str]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("record_editions.id"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    content: Mapped[str]  # of a timeline, an evidence, a list of contents, an erasure; else empty
    __table_args__ = (Index(None, "ticket_id"), Index(None, "edition_id"))


class ChainHead(Table):
    """How far the chain had come when a day ended; deposited with every school."""

    __tablename__ = "chain_heads"
    day: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    digest: Mapped[str]
    made_at: Mapped[datetime]


class TakenIn(Table):
    """An archive of another installation, kept whole as it was exported; its link is one of our own chain."""

    __tablename__ = "taken_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)  # the name under which it lies
    vendor: Mapped[str]
    head: Mapped[str]  # by which it was verified
    cases: Mapped[list[Any]]  # their numbers
    taken_at: Mapped[datetime]
