"""How often a session has written: whoever refuses before the first write has nothing to take back."""

from sqlalchemy.orm import Session

WRITES = "writes"  # key of Session.info


def wrote(session: Session) -> None:
    """It writes, now or with its next statement."""
    session.info[WRITES] = writes(session) + 1


def writes(session: Session) -> int:
    """So far, but for what its rows still have to write."""
    return int(session.info.get(WRITES, 0))


def has_written_since(session: Session, before: int) -> bool:
    """Whether anything was written, or changed in its rows, since there were so many. It may say so of a value set
    to what it was, and of what a savepoint took back."""
    return writes(session) != before or bool(session.new or session.dirty or session.deleted)
