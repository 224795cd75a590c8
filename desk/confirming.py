"""Evidence of an act that binds: who, by which account, on which message, to exactly which content (records, §9)."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from agreement.canonical import canonical_json
from agreement.chain import sha256
from desk.numbers import local_year, next_numbers
from desk.sitting import Sitting
from storage.tables import Confirmation, Event, Inbox, Outbox, Ticket
from storage.written_out import is_given

PREFIX: Final = "DZQR"  # 电子确认
DIGITS: Final = 8  # of the digest, where a person compares it with what the record prints (records, §9.2)


def asked(ticket: Ticket, content: Mapping[str, object]) -> dict[str, object]:
    """What the message that asks for the word shows of it: the case's number, the digest's first digits.

    So the school's own chat has them from before the tap, and the record prints the same ones after it.
    """
    return {"case": ticket.number, "digest": _digest(canonical_json(content))[:DIGITS]}


def given(row: Confirmation) -> dict[str, object]:
    """What the answer to the tap shows: under which number it is kept, and for what."""
    return {"confirmed": row.number, "digest": row.digest[:DIGITS]}


def confirm(
    sitting: Sitting, ticket: Ticket, event: Event, content: Mapping[str, object]
) -> Confirmation:
    """Keep the content as canonical JSON with its digest, and what stood on the screen, beside the event."""
    canonical = canonical_json(content)
    shown = _shown(sitting, ticket)
    row = Confirmation(
        ticket_id=ticket.id,
        event_id=event.id,
        person_id=sitting.actor.person_id,
        account_id=sitting.actor.account_id,
        inbox_id=sitting.actor.inbox_id,
        content=canonical,
        digest=_digest(canonical),
        at=sitting.at,
        number=_number(sitting, ticket),
        shown=shown,
        shown_digest=_digest(shown) if shown else "",
    )
    sitting.session.add(row)
    return row


def _digest(text: str) -> str:
    return sha256(text.encode())


def _number(sitting: Sitting, ticket: Ticket) -> str:
    zone = sitting.rulebook.policy(sitting.session, ticket.policy_id).zone
    series = (PREFIX, local_year(sitting.now, zone))
    return f"{PREFIX}-{series[1]}-{next_numbers(sitting, [series])[series]:06d}"


def _shown(sitting: Sitting, ticket: Ticket) -> str:
    """The words on the message that was tapped; where the platform does not tell which, on the ticket's newest."""
    account = sitting.actor.account_id
    if account is None:
        return ""
    sent = select(Outbox.rendered).where(Outbox.account_id == account, Outbox.rendered.is_not(None))
    newest = sent.order_by(Outbox.id.desc()).limit(1)
    tapped = _tapped(sitting)
    of_message = newest.where(Outbox.message_id == tapped, is_given(Outbox.message_id))
    rendered = sitting.session.scalar(of_message) if tapped else None
    if rendered is None:
        rendered = sitting.session.scalar(newest.where(Outbox.ticket_id == ticket.id))
    return str((rendered or {}).get("text", ""))


def _tapped(sitting: Sitting) -> str:
    """The platform's id of the message that carried the button."""
    if sitting.actor.inbox_id is None:
        return ""
    message = sitting.session.scalar(select(Inbox.message).where(Inbox.id == sitting.actor.inbox_id))
    return str((message or {}).get("shown_id") or "")
