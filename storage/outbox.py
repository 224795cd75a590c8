"""The outbox seen from delivery: claim the heads of lanes, record what became of each sending.

A claim is a short lease, committed before anything is sent: no lock and no transaction is held while talking
to a platform, and a crash after it reads as "sent, no answer seen".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from storage.tables import Account, Lane, Outbox, Person
from storage.work import wake

WAITING = ("queued", "sending")
SENT = "sent"  # woken when a message was sent: pages that show it read it then


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """One message on its way out."""

    id: int
    lane_id: int
    channel: str
    chat: str
    account_id: int
    account: str
    person_id: int | None
    language: str
    weight: str
    body: dict[str, Any]
    ticket_id: int | None
    event_id: int | None
    question: str
    attempts: int
    was_sending: bool  # the lease of an earlier attempt ran out: nobody saw an answer


def claim(session: Session, now: datetime, lease: timedelta, limit: int = 20) -> list[Claimed]:
    """Lease the lanes that have something to send now, and the head of each."""
    query = (
        select(Lane)
        .where(Lane.next_at <= now, or_(Lane.leased_until_at.is_(None), Lane.leased_until_at <= now))
        .order_by(Lane.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    lanes = list(session.scalars(query))
    heads = _heads(session, [lane.id for lane in lanes])
    claimed = []
    for lane in lanes:
        head = heads.get(lane.id)
        if head is None:
            lane.next_at = None
            lane.leased_until_at = None
            continue
        if head.state == "sending" and head.sending_until_at is not None and head.sending_until_at > now:
            lane.next_at = head.sending_until_at
            continue
        claimed.append(_taken(session, lane, head, now, lease))
    session.flush()
    return claimed


def _heads(session: Session, lanes: list[int]) -> dict[int, Outbox]:
    first = (
        select(Outbox.lane_id, func.min(Outbox.id).label("id"))
        .where(Outbox.lane_id.in_(lanes), Outbox.state.in_(WAITING))
        .group_by(Outbox.lane_id)
        .subquery()
    )
    return {row.lane_id: row for row in session.scalars(select(Outbox).join(first, Outbox.id == first.c.id))}


def _taken(session: Session, lane: Lane, head: Outbox, now: datetime, lease: timedelta) -> Claimed:
    account, language = session.execute(
        select(Account.external, func.coalesce(Person.language, Account.language))
        .outerjoin(Person, Person.id == Account.person_id)
        .where(Account.id == head.account_id)
    ).one()
    was_sending = head.state == "sending"
    head.state = "sending"
    head.attempts += 1
    head.sending_until_at = now + lease
    lane.leased_until_at = now + lease
    lane.next_at = now + lease
    return Claimed(
        id=head.id,
        lane_id=lane.id,
        channel=lane.channel,
        chat=lane.chat,
        account_id=head.account_id,
        account=account,
        person_id=head.person_id,
        language=language,
        weight=head.weight,
        body=head.body,
        ticket_id=head.ticket_id,
        event_id=head.event_id,
        question=head.question,
        attempts=head.attempts,
        was_sending=was_sending,
    )


def claim_lane(session: Session, channel: str, chat: str, now: datetime, until: datetime) -> Claimed | None:
    """Lease the head of this one chat's lane, if nobody has it, to the request that may carry it."""
    lane = session.scalar(
        select(Lane)
        .where(
            Lane.channel == channel,
            Lane.chat == chat,
            Lane.next_at <= now,
            or_(Lane.leased_until_at.is_(None), Lane.leased_until_at <= now),
        )
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    head = _heads(session, [lane.id]).get(lane.id) if lane is not None else None
    if lane is None or head is None or head.state != "queued":
        return None
    return _taken(session, lane, head, now, until - now)


def note_rendered(session: Session, outbox_id: int, evidence: dict[str, Any]) -> None:
    """What is about to be sent, kept before it leaves."""
    session.execute(update(Outbox).where(Outbox.id == outbox_id).values(rendered=evidence))


@dataclass(frozen=True)
class Sending:
    """What the booking of an outcome needs to know of the message."""

    id: int
    channel: str
    weight: str
    attempts: int
    created_at: datetime


def sending(session: Session, outbox_id: int) -> Sending | None:
    """The message that was (perhaps) sent; None for a key that is none of ours."""
    found = session.execute(
        select(Outbox.id, Lane.channel, Outbox.weight, Outbox.attempts, Outbox.created_at)
        .join(Lane, Lane.id == Outbox.lane_id)
        .where(Outbox.id == outbox_id)
    ).first()
    return Sending(*found) if found is not None else None


def _locked(session: Session, outbox_id: int) -> Outbox | None:
    return session.scalar(select(Outbox).where(Outbox.id == outbox_id).with_for_update())


def finish(
    session: Session,
    outbox_id: int,
    *,
    state: str,
    now: datetime,
    message_id: str = "",
    reason: str = "",
    rendered: dict[str, Any] | None = None,
) -> bool:
    """Book the end of a sending and free its lane. False if it was booked before."""
    row = _locked(session, outbox_id)
    if row is None or row.state not in {*WAITING, "unsure"}:
        return False
    row.state = state
    row.reason = reason
    row.message_id = message_id or row.message_id
    row.rendered = rendered if rendered is not None else row.rendered
    row.sending_until_at = None
    row.sent_at = now if state == "sent" else row.sent_at
    if state == "sent":
        wake(session, SENT)
    _next(session, row.lane_id, now)
    return True


def again(session: Session, outbox_id: int, *, at: datetime, now: datetime, marked: str = "no") -> None:
    """The lane waits until `at` and keeps its order. `marked` yes: an attempt that may have arrived, sent again
    as such; no: it certainly was not sent, and no attempt counts."""
    row = _locked(session, outbox_id)
    if row is None:
        return
    row.state = "queued"
    row.sending_until_at = None
    if marked == "yes":
        row.body = {**row.body, "again": True}
    else:
        row.attempts -= 1
    session.flush()
    session.execute(
        update(Lane).where(Lane.id == row.lane_id).values(next_at=max(at, now), leased_until_at=None)
    )


def hold_channel(session: Session, channel: str, until: datetime) -> None:
    """The platform told the whole bot to wait: every lane of the channel does, none loses its order."""
    session.execute(
        update(Lane)
        .where(Lane.channel == channel, Lane.next_at.is_not(None), Lane.next_at < until)
        .values(next_at=until)
    )


def _next(session: Session, lane_id: int, now: datetime) -> None:
    session.flush()
    more = session.scalar(
        select(Outbox.id).where(Outbox.lane_id == lane_id, Outbox.state.in_(WAITING)).limit(1)
    )
    session.execute(
        update(Lane)
        .where(Lane.id == lane_id)
        .values(next_at=now if more is not None else None, leased_until_at=None)
    )


def drop_question(session: Session, account_id: int, question: str) -> None:
    """An earlier showing of this prompt that has not left yet is not worth sending any more."""
    session.execute(
        update(Outbox)
        .where(Outbox.account_id == account_id, Outbox.question == question, Outbox.state == "queued")
        .values(state="dropped", reason="replaced")
    )


def live_message(
    session: Session,
    account_id: int,
    *,
    ticket_id: int | None = None,
    question: str = "",
) -> tuple[str, dict[str, Any]] | None:
    """(platform's message id, what was shown) of the newest card of a ticket, or of the prompt, in that chat."""
    # A message about an entry of the ledger has a question of its own: it is no card of the ticket.
    key = Outbox.question == question
    if not question:
        key = key & (Outbox.ticket_id == ticket_id)
    row = session.scalar(
        select(Outbox)
        .where(Outbox.account_id == account_id, key, Outbox.state == "sent", Outbox.message_id != "")
        .order_by(Outbox.id.desc())
        .limit(1)
    )
    return (row.message_id, row.rendered or {}) if row is not None else None


def newest_shown(session: Session, account_id: int) -> dict[str, Any] | None:
    """What the newest message with buttons showed: a typed number means its list."""
    rows = session.scalars(
        select(Outbox)
        .where(Outbox.account_id == account_id, Outbox.state.in_(("sent", "unsure", "sending")))
        .order_by(Outbox.id.desc())
        .limit(10)
    )
    return next((row.rendered for row in rows if row.rendered and row.rendered.get("buttons")), None)


def ticket_of_message(session: Session, account_id: int, message_id: str) -> int | None:
    """Which ticket a message of ours was about: a reply to a card decides without asking."""
    return session.scalar(
        select(Outbox.ticket_id)
        .where(Outbox.account_id == account_id, Outbox.message_id == message_id)
        .order_by(Outbox.id.desc())
        .limit(1)
    )


def unsure_rows(session: Session, now: datetime) -> int:
    """How many sendings were left without an answer: each is explained in its reason."""
    return (
        session.scalar(
            select(func.count()).select_from(Outbox).where(Outbox.state == "unsure", Outbox.created_at <= now)
        )
        or 0
    )
