"""What a chat was shown: its newest card, the newest list of buttons, the ticket that a message was about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from storage.tables import Outbox
from storage.written_out import is_given

Shown = Sequence[Mapping[str, Any]]  # messages as they were rendered, the newest first


def live_message(
    session: Session,
    account_id: int,
    *,
    ticket_id: int | None = None,
    question: str = "",
) -> tuple[str, dict[str, Any]] | None:
    """(platform's message id, what was shown) of the newest card of a ticket, or of the prompt, in that chat."""
    # What is about a ticket and no card of it (a photo, an entry of the ledger) has a question of its own.
    if question:
        key = and_(Outbox.question == question, is_given(Outbox.question))
    else:
        key = and_(Outbox.question == "", Outbox.ticket_id == ticket_id)
    row = session.scalar(
        select(Outbox)
        .where(Outbox.account_id == account_id, key, Outbox.state == "sent", is_given(Outbox.message_id))
        .order_by(Outbox.id.desc())
        .limit(1)
    )
    return (row.message_id, row.rendered or {}) if row is not None else None


def first_told(session: Session, account_id: int, message_id: str) -> dict[str, Any] | None:
    """What that message of ours was made of when it was sent, before any edit."""
    return session.scalar(
        select(Outbox.body)
        .where(Outbox.account_id == account_id, Outbox.message_id == message_id, is_given(Outbox.message_id))
        .order_by(Outbox.id)
        .limit(1)
    )


def recently_shown(session: Session, account_id: int) -> list[dict[str, Any]]:
    """What the last few messages with buttons show now, the newest first: a typed number means the list of that one.

    A card that was edited shows what it was edited to: its earlier buttons are on no screen any more.
    """
    now: dict[str, dict[str, Any]] = {}
    for row in session.scalars(RECENT, {"account": account_id}):
        now.setdefault(row.message_id or str(row.id), row.rendered or {})
    return _with_buttons(now.values())


def recently_sent(session: Session, account_id: int) -> list[dict[str, Any]]:
    """The same with every version of each: a button that was taken away is remembered, to say what became of it."""
    return _with_buttons(row.rendered or {} for row in session.scalars(RECENT, {"account": account_id}))


def told_below(session: Session, account_id: int, question: str) -> list[tuple[str, int]]:
    """(notice, ticket) of what this chat was told below that prompt, the newest first; a card that was only shown anew
    told nothing."""
    told = []
    for row in session.scalars(RECENT, {"account": account_id}):
        if row.question == question and not row.body.get("edits"):
            break
        if row.ticket_id is not None and "notice" in row.body and row.body.get("how") != "card":
            told.append((str(row.body["notice"]), row.ticket_id))
    return told


RECENT = (
    select(Outbox)
    .where(Outbox.account_id == bindparam("account"), Outbox.state.in_(("sent", "unsure", "sending")))
    .order_by(Outbox.id.desc())
    .limit(10)
)


def _with_buttons(shown: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in shown if one.get("buttons")]


def newest_ticket(session: Session, account_id: int) -> int | None:
    """Of which ticket this chat was told last."""
    return session.scalar(
        select(Outbox.ticket_id)
        .where(Outbox.account_id == account_id, Outbox.ticket_id.is_not(None))
        .order_by(Outbox.id.desc())
        .limit(1)
    )


def newest_has_buttons(session: Session, account_id: int) -> bool:
    """Whether the newest message of all has any: else a number under it is no longer meant for them."""
    newest = session.scalar(
        select(Outbox.rendered)
        .where(Outbox.account_id == account_id, Outbox.state.in_(("sent", "unsure", "sending")))
        .order_by(Outbox.id.desc())
        .limit(1)
    )
    return bool(newest and newest.get("buttons"))


def lowest_is_edited(session: Session, account_id: int) -> bool:
    """Whether the newest thing that was sent changed a message that stands further up in the chat."""
    newest = session.execute(
        select(Outbox.id, Outbox.message_id)
        .where(Outbox.account_id == account_id, Outbox.state == "sent")
        .order_by(Outbox.id.desc())
        .limit(1)
    ).first()
    if newest is None or not newest.message_id:
        return False
    first = select(func.min(Outbox.id)).where(
        Outbox.account_id == account_id, Outbox.message_id == newest.message_id, is_given(Outbox.message_id)
    )
    return bool(session.scalar(first) != newest.id)


def ticket_of_message(session: Session, account_id: int, message_id: str) -> int | None:
    """Which ticket a message of ours was about: a reply to a card decides without asking."""
    return session.scalar(
        select(Outbox.ticket_id)
        .where(Outbox.account_id == account_id, Outbox.message_id == message_id, is_given(Outbox.message_id))
        .order_by(Outbox.id.desc())
        .limit(1)
    )
