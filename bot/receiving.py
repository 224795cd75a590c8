"""One message, one transaction: kept once, conversed, answered by rows of the outbox; committed before anybody hears.

If a flow raises, the work goes back to the savepoint, the message stays in the inbox as `failed`, the person reads
an honest sentence and the desk an alarm; a job tries again with the next release. A bug never loses a report.
"""

import json
import logging
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from bot.channel import Receipt, Reception
from bot.cleaning import cleaned
from bot.clock import Clock
from bot.delivering import book, lease_first
from bot.reader import Reader
from conversations.engine.kept import Dialog
from conversations.engine.messages import Contact, Incoming, Media, MediaKind, Outcome
from conversations.expiry import expires_at
from conversations.replies import Replies
from conversations.router import Remembered, Router
from desk import alerting
from desk.joining import actor_of
from desk.sitting import Sitting
from desk.telling import Line
from storage import outbox, talk
from storage.work import Work, may_repeat
from texts.say import say

log = logging.getLogger(__name__)

OLDEST = timedelta(days=1)  # an older message counts from its receipt (acts, last lines)
SKEW = timedelta(minutes=1)  # clocks that differ by less are no news to anybody


def counts_from(incoming: Incoming) -> datetime:
    """The platform's time of sending, when it is not in the future and less than a day old; else the receipt."""
    sent_at, received_at = incoming.sent_at, incoming.received_at
    if sent_at is None or sent_at > received_at or received_at - sent_at >= OLDEST:
        return received_at
    return sent_at


def accept(session: Session, incoming: Incoming, reader: Reader) -> Receipt:
    """Keep, converse, write what follows; one body for one transaction."""
    inbox_id = talk.keep_message(
        session,
        channel=incoming.channel,
        external_id=incoming.external_id,
        account=incoming.account,
        chat=incoming.chat,
        received_at=incoming.received_at,
        sent_at=incoming.sent_at,
        message=to_json(incoming),
        raw=incoming.raw,
    )
    if inbox_id is None:
        return Receipt(reception=Reception.SEEN)
    return converse(session, incoming, inbox_id, reader)


def converse(
    session: Session, incoming: Incoming, inbox_id: int, reader: Reader, *, attempt: int = 1
) -> Receipt:
    """The message of that inbox row, conversed inside a savepoint."""
    now = incoming.received_at
    key = f"r{inbox_id}" if attempt == 1 else f"r{inbox_id}.{attempt}"
    who = talk.who_wrote(
        session,
        channel=incoming.channel,
        external=incoming.account,
        chat=incoming.chat,
        language="en" if incoming.language.startswith("en") else "zh",
        now=now,
    )
    _reachability(session, incoming, who)
    row = talk.locked_dialog(session, who.account_id, incoming.chat)
    actor = actor_of(who, now, inbox_id)
    sitting = Sitting(
        session=session, rulebook=reader.rulebook, actor=actor, at=counts_from(incoming), now=now
    )
    remembered = Remembered(Dialog.from_json(row.state), row.last_ticket_id, row.last_ticket_at)
    line = Line(
        who.account_id, incoming.channel, incoming.chat, actor.person_id, None, on_duty=False, reachable=True
    )
    savepoint = session.begin_nested()
    try:
        turnout = Router(sitting, remembered, incoming, reader.signer).route()
        session.flush()
    except Exception as error:
        if may_repeat(error):  # no bug: the unit of work runs all of this again
            raise
        savepoint.rollback()
        return _failed(sitting, inbox_id, line, reader, key, error)
    savepoint.commit()
    _say_that_it_counts_otherwise(incoming, sitting, turnout.replies)
    talk.put_down(
        session,
        row.id,
        state=turnout.dialog.to_json(),
        expires_at=expires_at(turnout.dialog),
        about=(turnout.ticket_id, sitting.at) if turnout.ticket_id is not None else None,
    )
    _drop_replaced(session, who.account_id, turnout.replies)
    turnout.replies.write(line, key)
    session.flush()
    return Receipt(reception=Reception.NEW)


def _say_that_it_counts_otherwise(incoming: Incoming, sitting: Sitting, replies: Replies) -> None:
    """The first reply says so where a message does not count from when it was sent."""
    sent_at = incoming.sent_at
    if sent_at is not None and abs(sent_at - sitting.at) >= SKEW:
        replies.begin_with(say("list.counts_from_receipt", at=sent_at))


def _reachability(session: Session, incoming: Incoming, who: talk.Who) -> None:
    if incoming.contact is Contact.LEFT:
        talk.set_reachable(session, who.account_id, reachable="no")
    elif not who.is_reachable and incoming.contact in {Contact.MESSAGE, Contact.FOLLOWED}:
        talk.set_reachable(session, who.account_id, reachable="yes")


def _drop_replaced(session: Session, account_id: int, replies: Replies) -> None:
    for one in replies.said:
        if one.replaces:
            outbox.drop_question(session, account_id, one.replaces)


def _failed(
    sitting: Sitting, inbox_id: int, line: Line, reader: Reader, key: str, error: Exception
) -> Receipt:
    log.error("inbox %s failed: %s", inbox_id, type(error).__name__, exc_info=error)
    talk.mark_message(
        sitting.session,
        inbox_id,
        state="failed",
        release=reader.release,
        error=f"{type(error).__name__}"[:200],
    )
    replies = Replies(sitting, reader.signer)
    replies.say("list.failed")
    replies.write(line, key)
    alerting.alarm_desk(sitting, "failed_inbox", {"inbox": inbox_id}, key=f"f{inbox_id}")
    return Receipt(reception=Reception.FAILED)


def to_json(incoming: Incoming) -> dict[str, object]:
    """The message as stored; the raw request has a column of its own."""
    plain: dict[str, object] = json.loads(json.dumps(asdict(incoming), default=str))
    del plain["raw"]
    return plain


def from_json(stored: dict[str, object]) -> Incoming:
    """The inverse of `to_json`, to converse again after a failure."""
    values: dict[str, object] = dict(stored)
    for name in ("received_at", "sent_at"):
        moment = values.get(name)
        values[name] = datetime.fromisoformat(str(moment)).astimezone(UTC) if moment else None
    media = values.get("media")
    values["media"] = tuple(_media(one) for one in media) if isinstance(media, list) else ()
    values["contact"] = Contact(str(values["contact"]))
    return Incoming(**values)  # type: ignore[arg-type]  # the names and types are those of to_json


def _media(stored: dict[str, object]) -> Media:
    return Media(**{**stored, "kind": MediaKind(str(stored["kind"]))})  # type: ignore[arg-type]


class Receiving:
    """The `Receiver` that channels hand their messages to."""

    def __init__(self, work: Work, clock: Clock, reader: Reader) -> None:
        self._work = work
        self._clock = clock
        self._reader = reader

    async def receive(self, incoming: Incoming, *, passive_until: datetime | None = None) -> Receipt:
        """See `bot.channel.Receiver`."""
        incoming = cleaned(incoming)
        if passive_until is None:
            return await self._work.run(lambda session: accept(session, incoming, self._reader))
        return await self._work.run(lambda session: self._with_passive(session, incoming, passive_until))

    def _with_passive(self, session: Session, incoming: Incoming, until: datetime) -> Receipt:
        receipt = accept(session, incoming, self._reader)
        first = lease_first(session, incoming, until, self._clock.now(), self._reader)
        return Receipt(reception=receipt.reception, passive=first)

    async def delivered(self, key: str, outcome: Outcome) -> None:
        """See `bot.channel.Receiver`."""
        now = self._clock.now()
        await self._work.run(lambda session: book(session, int(key), outcome, now, self._reader))

    async def unreadable(self, channel: str, external_id: str, raw: str, reason: str) -> None:
        """See `bot.channel.Receiver`."""
        now = self._clock.now()

        def keep(session: Session) -> None:
            kept = talk.keep_message(
                session,
                channel=channel,
                external_id=external_id,
                account="",
                chat="",
                received_at=now,
                sent_at=None,
                message={},
                raw=raw,
                state="unreadable",
                error=reason[:200],
            )
            if kept is not None:
                log.error("inbox %s of %s cannot be read: %s", kept, channel, reason)
                alerting.alarm_desk(
                    alerting.sitting(session, self._reader.rulebook, now),
                    "failed_inbox",
                    {"inbox": kept},
                    key=f"f{kept}",
                )

        await self._work.run(keep)
