"""What was sent to one web account, in order: the page reads it from the outbox itself."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Text, bindparam, cast, select
from sqlalchemy.orm import Session

from storage.prepared import Prepared
from storage.tables import Account, Attachment, Outbox

MOST = 200


@dataclass(frozen=True)
class Sent:
    """One message as it was shown."""

    id: int
    message_id: str
    rendered: dict[str, Any]
    at: datetime


def sent_to(session: Session, channel: str, external: str, after: int) -> list[Sent]:
    """What this account was sent after that outbox id."""
    found = SENT_TO.rows(session, {"on": channel, "known_as": external, "after": after})
    return [Sent(one, message_id, rendered or {}, at) for one, message_id, rendered, at in found]


SENT_TO = Prepared(
    select(Outbox.id, Outbox.message_id, Outbox.rendered, Outbox.sent_at)
    .join(Account, Account.id == Outbox.account_id)
    .where(
        Account.channel == bindparam("on"),
        Account.external == bindparam("known_as"),
        Outbox.state == "sent",
        Outbox.id > bindparam("after"),
        Outbox.sent_at.is_not(None),
        Outbox.rendered.is_not(None),
    )
    .order_by(Outbox.id)
    .limit(MOST)
)


def file_shown(session: Session, channel: str, external: str, key: str) -> tuple[str, str] | None:
    """(path, media type) of a file that this account was shown; `key` is the last part of its path."""
    shown_to = (
        select(Outbox.rendered)
        .join(Account, Account.id == Outbox.account_id)
        .where(
            Account.channel == channel,
            Account.external == external,
            Outbox.state == "sent",
            Outbox.rendered.is_not(None),
        )
    )
    sent_along = shown_to.join(Attachment, Attachment.ticket_id == Outbox.ticket_id).where(
        Attachment.digest == key
    )
    # A record that the house set itself, and a photo sent in a talk with a human, are no attachment of a ticket: only
    # what was shown names them.
    named = shown_to.where(cast(Outbox.rendered, Text).contains(key, autoescape=True))
    of_no_ticket = named.where(Outbox.ticket_id.is_(None))
    found = session.scalars(named) if "." in key else chain(session.scalars(sent_along), session.scalars(of_no_ticket))
    for shown in found:
        for _kind, _name, media_type, path in (shown or {}).get("files", []):
            if path.rpartition("/")[2] == key:
                return path, media_type
    return None
