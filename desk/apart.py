"""One bad row never stops the others: a batch is tried as a whole, then row by row, each in its savepoint."""

import logging
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from storage.waiting import settle
from storage.work import do_last, is_away, may_repeat

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
    together = f"{what}: {len(keys)} together"
    if len(keys) > 1 and by_itself(session, together, lambda: do(keys), logging.WARNING):
        return
    for key in keys:
        if not by_itself(session, f"{what}: {key}", lambda: do([key])):  # noqa: B023 - called before the next
            put_off(key)
            session.flush()


def by_itself(session: Session, what: str, do: Callable[[], None], level: int = logging.ERROR) -> bool:
    """`do` this in a savepoint. False if it failed, which is named in the log.

    What is nobody's mistake, a deadlock or a database that is away, is raised: the whole run comes again.
   """
    savepoint = session.begin_nested()
    try:
        do()
        session.flush()
        do_last(session)  # what it tells is as much its own as the rest
        settle(session)
    except Exception as error:
        if may_repeat(error) or is_away(error):
            raise
        savepoint.rollback()
        log.log(level, "%s failed", what, exc_info=error)
        return False
    savepoint.commit()
    return True
