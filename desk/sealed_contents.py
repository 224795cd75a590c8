"""What is written for the archive alone: a case's timeline and its evidence, as JSON that needs no program of ours."""

from collections.abc import Mapping

from sqlalchemy import select

from agreement.canonical import canonical_json
from desk.access import name_of
from desk.self_made import BOUND_HOW
from desk.sitting import Sitting
from storage.tables import (
    Account,
    Attachment,
    Confirmation,
    EarlierSelf,
    Event,
    Inbox,
    Penalty,
    PromiseRow,
    Ticket,
)


def timeline(sitting: Sitting, ticket: Ticket) -> str:
    """What happened, in order, by whom; and what was sent along."""
    events = sitting.session.scalars(select(Event).where(Event.ticket_id == ticket.id).order_by(Event.id))
    happened = [
        {
            "at": one.at,
            "recorded_at": one.recorded_at,
            "what": one.name,
            "by": name_of(sitting, one.actor_id),
            "as": one.actor_as,
            "round": one.round,
            "data": one.data,
            "internal": one.is_internal,
        }
        for one in events
    ]
    sent = sitting.session.scalars(
        select(Attachment).where(Attachment.ticket_id == ticket.id).order_by(Attachment.id)
    )
    attached = [
        {"id": one.id, "kind": one.kind, "name": one.name, "state": one.state, "at": one.created_at} for one in sent
    ]
    return canonical_json({"case": ticket.number, "events": happened, "attachments": attached})


def evidence(sitting: Sitting, ticket: Ticket) -> str:
    """Confirmations as they were given, every promise with its segments, every entry of the ledger."""
    promises = sitting.session.scalars(
        select(PromiseRow).where(PromiseRow.ticket_id == ticket.id).order_by(PromiseRow.id)
    )
    penalties = sitting.session.scalars(
        select(Penalty).where(Penalty.ticket_id == ticket.id).order_by(Penalty.id)
    )
    return canonical_json(
        {
            "case": ticket.number,
            "confirmations": _confirmations(sitting, ticket),
            "promises": [
                {
                    "promise": one.promise,
                    "round": one.round,
                    "step": one.step,
                    "state": one.state,
                    "segments": one.segments,
                    "due_at": one.due_at,
                    "calendar": one.calendar_edition,
                }
                for one in promises
            ],
            "penalties": [
                {"promise": one.promise, "round": one.round, "amount_fen": one.amount_fen, "state": one.state}
                for one in penalties
            ],
        }
    )


def _confirmations(sitting: Sitting, ticket: Ticket) -> list[Mapping[str, object]]:
    """Whose tap, bound how, on which message of the platform, to exactly which content (records §9.3)."""
    found = sitting.session.execute(
        select(Confirmation, Account, Inbox, BOUND_HOW)
        .outerjoin(Account, Account.id == Confirmation.account_id)
        .outerjoin(EarlierSelf, EarlierSelf.person_id == Confirmation.person_id)
        .outerjoin(Inbox, Inbox.id == Confirmation.inbox_id)
        .where(Confirmation.ticket_id == ticket.id)
        .order_by(Confirmation.id)
    )
    return [
        {
            "by": name_of(sitting, one.person_id),
            "channel": account.channel if account is not None else "",
            "account": masked(account.external) if account is not None else "",
            "bound": how or "",
            "message": inbox.external_id if inbox is not None else "",
            "sent_at": inbox.sent_at if inbox is not None else None,
            "received_at": inbox.received_at if inbox is not None else None,
            "at": one.at,
            "content": one.content,
            "digest": one.digest,
        }
        for one, account, inbox, how in found
    ]


def masked(external: str) -> str:
    """o6_b…9Qx: enough to tell two accounts of one person apart, not enough to write to one."""
    return f"{external[:4]}…{external[-3:]}" if len(external) > 8 else "…"
