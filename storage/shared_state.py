"""What the processes of one installation share beside messages: platform tokens, and windows of free messages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.tables import Account, Secret


@dataclass(frozen=True)
class Shared:
    """A token as stored; generations count from 1."""

    value: str
    expires_at: datetime
    generation: int


def secret(session: Session, name: str) -> Shared | None:
    """The token of that name."""
    row = session.get(Secret, name)
    return Shared(row.value, row.expires_at, row.generation) if row is not None else None


def replace_secret(session: Session, name: str, new: Shared, replaces: int) -> Shared:
    """Keep `new` if the stored generation is still `replaces` (0: none); what is stored now.

    The other one is a process that met the same expired token: the first to renew it wins.
    """
    row = session.scalar(
        select(Secret).where(Secret.name == name).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        row = Secret(name=name, value=new.value, expires_at=new.expires_at, generation=new.generation)
        session.add(row)
    elif row.generation == replaces:
        row.value, row.expires_at, row.generation = new.value, new.expires_at, new.generation
    session.flush()
    return Shared(row.value, row.expires_at, row.generation)


def window(session: Session, channel: str, external: str) -> dict[str, Any] | None:
    """The window of that account, as its channel wrote it."""
    return session.scalar(
        select(Account.window).where(Account.channel == channel, Account.external == external)
    )


def set_window(session: Session, channel: str, external: str, value: dict[str, Any]) -> bool:
    """Keep it; False while the account is not known yet (its first message makes it)."""
    done = session.execute(
        update(Account)
        .where(Account.channel == channel, Account.external == external)
        .values(window=value)
        .returning(Account.id)
    )
    return done.first() is not None
