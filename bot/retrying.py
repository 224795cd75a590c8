"""Messages on which an earlier release failed: this one tries again, and the person need not write anew."""

import logging
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.reader import Reader
from bot.receiving import converse, from_json
from storage import due, talk

log = logging.getLogger(__name__)


def retry_failed(session: Session, reader: Reader, now: datetime) -> int:
    """Converse them again, each in its own savepoint; what fails once more stays for the next release."""
    rows = due.failed_messages(session, reader.release)
    for row in rows:
        incoming = replace(from_json(row.message), raw=row.raw)
        talk.mark_message(session, row.id, state="done", release=reader.release, attempts=row.attempts + 1)
        converse(session, incoming, row.id, reader, attempt=row.attempts + 2)
        log.info("inbox %s tried again", row.id)
    session.flush()
    return len(rows)
