"""Adding to the chain, one transaction at a time: the only writer of links."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, select

from agreement.chain import Link, Sealed, Thing, links, moment
from desk.sitting import Sitting
from storage.prepared import upsert
from storage.tables import ChainLink, Counter

SERIES: Final = "chain"  # its counter is the lock: whoever adds holds it until the commit, so add late
SALT_BYTES: Final = 16
LAST: Final = select(ChainLink).order_by(ChainLink.n.desc()).limit(1)
ADDED: Final = insert(ChainLink)
HELD: Final = upsert(
    Counter.__table__,
    lambda new: new.on_conflict_do_update(
        index_elements=["series", "year"], set_={"last": Counter.last + new.excluded.last}
    ),
)


@dataclass(frozen=True, kw_only=True)
class ToSeal:
    """A thing and whose it is. `content` only of what is kept in the chain's own table; `salt` where it was given out
    before, else it gets one of its own."""

    kind: Sealed
    path: str
    sha256: str
    ticket_id: int | None = None
    edition_id: int | None = None
    attachment_id: int | None = None
    content: str = ""
    salt: str = ""


def new_salt() -> str:
    """Random, in hex."""
    return secrets.token_hex(SALT_BYTES)


def hold(sitting: Sitting, count: int = 0) -> Link | None:
    """The last link; nobody else adds one before this transaction is over."""
    HELD.run(sitting.session, {"series": SERIES, "year": 0, "last": count})
    row = sitting.session.scalar(LAST)
    return link_of(row) if row is not None else None


def link_of(row: ChainLink) -> Link:
    """A row as the chain's rules see it."""
    return Link(n=row.n, at=moment(row.sealed_at), leaf=row.leaf, previous=row.previous, digest=row.digest)


def add(sitting: Sitting, found: Sequence[ToSeal]) -> list[Link]:
    """A link for each, in this order, each with a salt of its own."""
    after = hold(sitting, len(found))
    things = [
        Thing(kind=one.kind, path=one.path, sha256=one.sha256, salt=one.salt or new_salt()) for one in found
    ]
    made = list(links(after, sitting.now, things))
    rows = [_row(sitting, *each) for each in zip(found, things, made, strict=True)]
    if rows:
        sitting.session.execute(ADDED, rows)
    return made


def _row(sitting: Sitting, one: ToSeal, thing: Thing, link: Link) -> dict[str, object]:
    return {
        "n": link.n,
        "sealed_at": sitting.now,
        "kind": one.kind.value,
        "path": one.path,
        "sha256": one.sha256,
        "salt": thing.salt,
        "leaf": link.leaf,
        "previous": link.previous,
        "digest": link.digest,
        "ticket_id": one.ticket_id,
        "edition_id": one.edition_id,
        "attachment_id": one.attachment_id,
        "content": one.content,
    }
