"""One message, one transaction: kept once, conversed, answered by rows of the outbox; committed before anybody hears.

If a flow raises, all of it is rolled back and a second transaction keeps the message in the inbox as `failed`: the
person reads an honest sentence and the desk an alarm, and a job tries again with the next release. Until then the
platform has no answer and repeats itself. A bug never loses a report.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from agreement.policy_file import DEFAULT
from bot.channel import Receipt, Reception
from bot.cleaning import cleaned, storable
from bot.clock import Clock
from bot.delivering import book, lease_first
from bot.reader import Reader
from bot.stored_messages import to_json
from conversations import router
from conversations.engine.kept import Dialog
from conversations.engine.messages import Contact, Incoming, Outcome
from conversations.exchange import Remembered
from conversations.expiry import expires_at
from conversations.replies import Replies
from desk import alerting
from desk.beating import outages
from desk.joining import actor_of
from desk.showing import OPEN
from desk.sitting import Sitting
from desk.telling import Line
from storage import outbox, talk
from storage.arriving import Arrived, arrive
from storage.work import Work, do_last, is_away, may_repeat
from texts.say import say

log = logging.getLogger(__name__)

OLDEST = timedelta(days=DEFAULT.message_age_days)  # an older message counts from its receipt (acts, last lines)
SKEW = timedelta(minutes=1)  # clocks that differ by less are no news to anybody


def counts_from(incoming: Incoming) -> datetime:
    """The platform's time of sending, when it is not in the future and less than a day old; else the receipt."""
    sent_at, received_at = incoming.sent_at, incoming.received_at
    if sent_at is None or sent_at > received_at or received_at - sent_at >= OLDEST:
        return received_at
    return sent_at


def in_its_time(session: Session, incoming: Incoming) -> Incoming:
    """A page that could not reach us says how long it waited. No platform vouches for that, so it is the time of
    sending only where our own heartbeat was missing.
    """
    said_at = incoming.said_at
    if said_at is None or not any(one.down_at <= said_at <= one.up_at for one in outages(session, said_at)):
        return incoming
    return replace(incoming, sent_at=said_at)


def accept(session: Session, incoming: Incoming, reader: Reader) -> Receipt:
    """Keep, converse, write what follows; one body for one transaction."""
    incoming = in_its_time(session, incoming)
    arrived = arrive(session, _row(incoming, "done"), OPEN)
    if arrived is None:
        return Receipt(reception=Reception.SEEN)
    converse(session, incoming, arrived, reader)
    return Receipt(reception=Reception.NEW)


def _row(incoming: Incoming, state: str) -> dict[str, object]:
    return talk.message_row(
        channel=incoming.channel,
        external_id=incoming.external_id,
        account=incoming.account,
        chat=incoming.chat,
        received_at=incoming.received_at,
        sent_at=incoming.sent_at,
        message=to_json(incoming),
        raw=incoming.raw,
        state=state,
    )


@dataclass(frozen=True)
class _Heard:
    """Whoever wrote, at the desk, and the line on which they are answered; `key` makes its tellings unique."""

    sitting: Sitting
    line: Line
    reachable: bool
    key: str


def _who_wrote(session: Session, incoming: Incoming) -> talk.Who:
    return talk.who_wrote(
        session,
        channel=incoming.channel,
        external=incoming.account,
        chat=incoming.chat,
        language="en" if incoming.language.startswith("en") else "zh",
        now=incoming.received_at,
    )


def _heard(session: Session, incoming: Incoming, arrived: Arrived, reader: Reader, attempt: int) -> _Heard:
    now = incoming.received_at
    who = arrived.met.who if arrived.met is not None else _who_wrote(session, incoming)
    at = counts_from(incoming)
    scanned_at = at if incoming.scan else who.scanned_at
    actor = replace(actor_of(who, now, arrived.inbox_id), scanned_at=scanned_at)
    return _Heard(
        Sitting(session=session, rulebook=reader.rulebook, actor=actor, at=at, now=now),
        Line(who.account_id, who.channel, incoming.chat, who.person_id, None, on_duty=False, reachable=True),
        who.is_reachable,
        f"r{arrived.inbox_id}" if attempt == 1 else f"r{arrived.inbox_id}.{attempt}",
    )


def converse(
    session: Session, incoming: Incoming, arrived: Arrived, reader: Reader, *, attempt: int = 1
) -> None:
    """The message of that inbox row. What a flow raises is the caller's: `fail` books it after the rollback."""
    heard = _heard(session, incoming, arrived, reader, attempt)
    sitting, account_id = heard.sitting, heard.line.account_id
    _reachability(session, incoming, heard)
    row = arrived.met.dialog if arrived.met is not None else talk.locked_dialog(session, account_id, incoming.chat)
    around = arrived.met.around if arrived.met is not None else None
    remembered = Remembered(Dialog.from_json(row.state), row.last_ticket_id, row.last_ticket_at, around)
    turnout = router.route(sitting, remembered, incoming, reader.signer)
    _say_that_it_counts_otherwise(incoming, sitting, turnout.replies)
    talk.put_down(
        session,
        row.id,
        state=turnout.dialog.to_json(),
        expires_at=expires_at(turnout.dialog),
        about=(turnout.ticket_id, sitting.at) if turnout.ticket_id is not None else None,
    )
    _drop_replaced(session, account_id, turnout.replies)
    turnout.replies.write(heard.line, heard.key)
    session.flush()


def _say_that_it_counts_otherwise(incoming: Incoming, sitting: Sitting, replies: Replies) -> None:
    """The first reply says so where a message does not count from when it was sent."""
    sent_at = incoming.sent_at
    if sent_at is not None and abs(sent_at - sitting.at) >= SKEW:
        replies.begin_with(say("list.counts_from_receipt", at=sent_at))


def _reachability(session: Session, incoming: Incoming, heard: _Heard) -> None:
    if incoming.contact is Contact.LEFT:
        talk.set_reachable(session, heard.line.account_id, reachable="no")
    elif not heard.reachable and incoming.contact in {Contact.MESSAGE, Contact.FOLLOWED}:
        talk.set_reachable(session, heard.line.account_id, reachable="yes")


def _drop_replaced(session: Session, account_id: int, replies: Replies) -> None:
    for one in replies.said:
        if one.replaces:
            outbox.drop_question(session, account_id, one.replaces)


def refuse(session: Session, incoming: Incoming, reader: Reader, error: Exception) -> Receipt:
    """Keep a message on which the flows failed; it was rolled back with them."""
    incoming = in_its_time(session, incoming)
    inbox_id = talk.keep(session, _row(incoming, "failed"))
    if inbox_id is None:  # repeated in between, and by now it may have been understood
        return Receipt(reception=Reception.SEEN)
    fail(session, incoming, inbox_id, reader, error)
    return Receipt(reception=Reception.FAILED)


def fail(
    session: Session, incoming: Incoming, inbox_id: int, reader: Reader, error: Exception, *, attempt: int = 1
) -> None:
    """The message stays as failed, the person reads an honest sentence, the desk an alarm."""
    log.error("inbox %s failed: %s", inbox_id, type(error).__name__, exc_info=error)
    heard = _heard(session, incoming, Arrived(inbox_id, None), reader, attempt)
    talk.mark_message(
        session, inbox_id, state="failed", release=reader.release, error=type(error).__name__[:200]
    )
    if attempt > 1:  # said and alarmed when it failed first
        return
    replies = Replies(heard.sitting, reader.signer)
    replies.say("list.failed")
    replies.write(heard.line, heard.key)
    alerting.alarm_desk(heard.sitting, "failed_inbox", {"inbox": inbox_id}, key=f"f{inbox_id}")


class Receiving:
    """The `Receiver` that channels hand their messages to."""

    def __init__(self, work: Work, clock: Clock, reader: Reader) -> None:
        self._work = work
        self._clock = clock
        self._reader = reader

    async def receive(self, incoming: Incoming, *, passive_until: datetime | None = None) -> Receipt:
        """See `bot.channel.Receiver`."""
        incoming = cleaned(incoming)
        try:
            return await self._work.run_in_turn(
                lambda session: self._with_passive(
                    session, incoming, passive_until, accept(session, incoming, self._reader)
                )
            )
        except Exception as error:
            if may_repeat(error) or is_away(error):  # no bug: the platform has no answer and repeats itself
                raise
            problem = error
        return await self._work.run(
            lambda session: self._with_passive(
                session, incoming, passive_until, refuse(session, incoming, self._reader, problem)
            )
        )

    def _with_passive(
        self, session: Session, incoming: Incoming, until: datetime | None, receipt: Receipt
    ) -> Receipt:
        """The receipt, with the first answer where the platform takes one in its own request."""
        if until is None:
            return receipt
        do_last(session)  # the answer says the number of what was filed
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
            row = talk.message_row(
                channel=channel,
                external_id=storable(external_id),
                account="",
                chat="",
                received_at=now,
                sent_at=None,
                message={},
                raw=storable(raw),
                state="unreadable",
                error=reason[:200],
            )
            kept = talk.keep(session, row)
            if kept is not None:
                log.error("inbox %s of %s cannot be read: %s", kept, channel, reason)
                alerting.alarm_desk(
                    alerting.sitting(session, self._reader.rulebook, now),
                    "failed_inbox",
                    {"inbox": kept},
                    key=f"f{kept}",
                )

        await self._work.run(keep)
