"""What an act has written is taken back when it says no: by a savepoint, or by running everything again with one.

Acts of a message nearly always say yes, and a savepoint costs two ways to the server: a message is tried without.
Where an act raises all the same, the transaction is given up and its body runs again, this time with savepoints.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.orm import Session

from storage.work import Body, Work, is_away, may_repeat

T = TypeVar("T")
HOPEFUL = "hopeful"  # key of Session.info


class AgainError(Exception):
    """An act raised where there was no savepoint: the body is to run again."""


async def run_hopefully(work: Work, body: Body[T]) -> T:
    """Run and commit. The body may run twice; what it raises the second time is raised."""

    def hopefully(session: Session) -> T:
        session.info[HOPEFUL] = True
        return body(session)

    try:
        return await work.run(hopefully)
    except AgainError:
        return await work.run(body)


@contextmanager
def undoable(session: Session) -> Iterator[None]:
    """What is written in the block is taken back when it raises. Raises AgainError where that takes another run."""
    if HOPEFUL not in session.info:
        with session.begin_nested():
            yield
        return
    try:
        yield
        session.flush()
    except Exception as error:
        if may_repeat(error) or is_away(error):
            raise
        raise AgainError from error
