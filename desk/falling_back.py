"""A channel refused a message for good: the person's next channel, then a call by a human. Nothing is lost."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk import calls, following_up
from desk.alerting import sitting
from desk.rulebook import Rulebook
from desk.sitting import Sitting
from desk.telling import Line, Telling, put
from storage.tables import Account, Outbox, Ticket
from storage.talk import set_reachable

LOST = frozenset({"reply"})  # worded for one chat: the next message of the person shows the question again


def fall_back(
    session: Session, rulebook: Rulebook, now: datetime, outbox_id: int, *, reason: str, gone: str
) -> None:
    """`gone` yes: the account takes no message any more (blocked, not found)."""
    row = session.get_one(Outbox, outbox_id)
    if gone == "yes":
        set_reachable(session, row.account_id, reachable="no")
    if row.person_id is None or row.body.get("how") == "card":
        return
    next_line = _next_line(session, row)
    if next_line is not None and row.weight not in LOST:
        put(
            session,
            now,
            [
                Telling(
                    line=next_line,
                    key=f"{row.telling}>{next_line.account_id}",
                    weight=row.weight,
                    body=row.body,
                    ticket_id=row.ticket_id,
                    event_id=row.event_id,
                    question=row.question,
                )
            ],
        )
        return
    if _somebody_else(sitting(session, rulebook, now), row, reason):
        return
    calls.book_for_desk(
        sitting(session, rulebook, now),
        person_id=row.person_id,
        reason=reason,
        ticket_id=row.ticket_id,
        school_id=None,
        untold=_untold(session, row),
    )


def _untold(session: Session, row: Outbox) -> Mapping[str, object] | None:
    """What whoever calls has to say of the ticket; what came without a sound can be read later."""
    if row.ticket_id is None or row.body.get("how") != "ring" or "notice" not in row.body:
        return None
    number = session.get_one(Ticket, row.ticket_id).ordinal
    return calls.untold(str(row.body["notice"]), number, row.body.get("values", {}))


def _somebody_else(house: Sitting, row: Outbox, reason: str) -> bool:
    """What is about no ticket has its own way on: a follow-up becomes a call, a call goes to the desk."""
    if "follow_up" in row.body:
        following_up.refused(house, int(row.body["follow_up"]), reason)
        return True
    if "digest" in row.body and row.body["kind"] != "monthly":
        return True  # a list for the vendor's own people: the next one comes, and nobody is called for it
    if "call" in row.body:
        calls.unshown(house, int(row.body["call"]), row.person_id or 0)
        return True
    return False


def _next_line(session: Session, row: Outbox) -> Line | None:
    """The person's next account that takes messages and was not tried for this telling."""
    tried = {int(one.partition(":")[0]) for one in row.telling.split(">")[1:] if one.isdigit()} | {
        row.account_id
    }
    rows = session.scalars(
        select(Account)
        .where(Account.person_id == row.person_id, Account.is_reachable.is_(True), Account.id.not_in(tried))
        .order_by(Account.rank, Account.id)
    ).all()
    first = next(iter(rows), None)
    if first is None:
        return None
    return Line(first.id, first.channel, first.chat, first.person_id, None, on_duty=False, reachable=True)
