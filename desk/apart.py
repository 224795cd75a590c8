"""One bad row never stops the others: a batch is tried as a whole, then row by row, each in its savepoint."""

import logging
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from storage.work import may_repeat

log = logging.getLogger(__name__)


def apart(
    session: Session,
    what: str,
    keys: Sequence[int],
    do: Callable[[Sequence[int]], None],
    put_off: Callable[[int], None],
) -> None:
    """`do` all these keys at once; where that fails, each by itself, and `put_off` those that fail again.

    `what` names the kind of row in the log. A deadlock is nobody's fault: it is raised, and the whole run again.
    """
    if len(keys) > 1 and _done(session, what, keys, do, logging.WARNING):
        return
    for key in keys:
        if not _done(session, what, [key], do, logging.ERROR):
            put_off(key)
            session.flush()


def _done(
    session: Session, what: str, keys: Sequence[int], do: Callable[[Sequence[int]], None], level: int
) -> bool:
    savepoint = session.begin_nested()
    try:
        do(keys)
        session.flush()
    except Exception as error:
        if may_repeat(error):
            raise
        savepoint.rollback()
        named = str(keys[0]) if len(keys) == 1 else f"{len(keys)} together"
        log.log(level, "%s: %s failed", what, named, exc_info=error)
        return False
    savepoint.commit()
    return True
