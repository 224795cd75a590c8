"""Messages on which an earlier release failed: this one tries again, and the person need not write anew."""

import logging
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.reader import Reader
from bot.receiving import converse, fail
from bot.stored_messages import from_json
from conversations.engine.messages import Incoming
from storage import due, talk
from storage.arriving import Arrived
from storage.waiting import settle
from storage.work import is_away, may_repeat

log = logging.getLogger(__name__)


def retry_failed(session: Session, reader: Reader, now: datetime) -> int:
    """Converse them again, each in its own savepoint; what fails once more stays for the next release."""
    rows = due.failed_messages(session, reader.release)
    for row in rows:
        inbox_id, tried = row.id, row.attempts + 1
        incoming = replace(from_json(row.message), raw=row.raw)
        talk.mark_message(session, inbox_id, state="done", release=reader.release, attempts=tried)
        _again(session, incoming, inbox_id, reader, attempt=tried + 1)
        log.info("inbox %s tried again", inbox_id)
    session.flush()
    return len(rows)


def _again(session: Session, incoming: Incoming, inbox_id: int, reader: Reader, *, attempt: int) -> None:
    savepoint = session.begin_nested()
    try:
        converse(session, incoming, Arrived(inbox_id, None), reader, attempt=attempt)
        settle(session)
    except Exception as error:
        if may_repeat(error) or is_away(error):
            raise
        savepoint.rollback()
        fail(session, incoming, inbox_id, reader, error, attempt=attempt)
    else:
        savepoint.commit()
