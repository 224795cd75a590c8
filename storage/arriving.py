"""What every message begins with: its row in the inbox, who wrote, their dialog locked. PostgreSQL does it in one go.

There each statement is a way to the server and back; SQLite takes them one after the other (`storage/talk.py`), and
so does whoever writes for the first time. The dialog is as whoever had it before left it, but all else as it was before
this message waited for them: `turns` tells that it may have, and then it is looked at again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import Select, Table, bindparam, or_, select, true
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from storage import talk
from storage.around import STATES, Around, as_columns, of_columns
from storage.prepared import Prepared, Row
from storage.tables import Account, Inbox, Person

INBOX = cast("Table", Inbox.__table__)
WRITTEN = tuple(column.key for column in INBOX.columns if column.key != "id")
NEW = "new_dialog"  # the state of a dialog that is not there yet
BEFORE_WHO: Final = 4 + len(talk.OF_THE_DIALOG)  # columns of a row that are the message's own


@dataclass(frozen=True)
class Met:
    """Who wrote, and their dialog, held until the commit. `around` None: it is to be looked at again."""

    who: talk.Who
    dialog: talk.LockedDialog
    around: Around | None


@dataclass(frozen=True)
class Arrived:
    """The message's number in the inbox; `met` is None where that is still to be asked."""

    inbox_id: int
    met: Met | None


def arrive(session: Session, message: Row, states: Sequence[str]) -> Arrived | None:
    """`message` has the columns of the inbox; a ticket is open in these states. None when the message was here before
    (a platform's retry)."""
    if session.get_bind().dialect.name != "postgresql":
        inbox_id = talk.keep(session, message)
        return None if inbox_id is None else Arrived(inbox_id, None)
    rows = ARRIVED.rows(session, {**message, NEW: {}, STATES: list(states)})
    if not rows:
        return None
    inbox_id, may_be_old, talk_id, own, *dialog = rows[0][:BEFORE_WHO]
    who = talk.found([row[BEFORE_WHO:] for row in rows])
    if dialog[0] is None or who is None:
        return Arrived(inbox_id, None)
    # The message before may have bound them, filed or ended something. A stranger is looked at in any case: a release
    # that does not count turns may have bound them.
    if may_be_old or who.person_id is None:
        return Arrived(inbox_id, Met(talk.who_is(session, who.account_id), talk.LockedDialog(*dialog), None))
    return Arrived(inbox_id, Met(who, talk.LockedDialog(*dialog), of_columns(talk_id, own)))


def _in_one() -> Select[*tuple[Any, ...]]:
    values = {name: bindparam(name, type_=INBOX.c[name].type) for name in WRITTEN}
    kept = talk.kept_once(postgresql.insert(INBOX).values(values)).cte("kept")
    theirs = (
        select(Account.id, bindparam("chat", type_=INBOX.c.chat.type), bindparam(NEW, type_=talk.DIALOGS.c.state.type))
        .join_from(Account, kept, true())
        .where(Account.channel == bindparam("channel"), Account.external == bindparam("account"))
    )
    new = postgresql.insert(talk.DIALOGS).from_select(["account_id", "chat", "state"], theirs, include_defaults=False)
    dialog = talk.locking(new, talk.DIALOGS.c.account_id, talk.DIALOGS.c.turns).cte("dialog")
    seen = select(talk.DIALOGS.c.turns).where(talk.DIALOGS.c.id == dialog.c.id).scalar_subquery()
    # One that was not there before was just made, or made anew after whoever held it had erased it.
    may_be_old = or_(seen.is_(None), dialog.c.turns != seen + 1)
    of_the_dialog = [dialog.c[one.key] for one in talk.OF_THE_DIALOG]
    theirs_now = (
        select(kept.c.id, may_be_old, *as_columns(Person.id, Account.id), *of_the_dialog, *talk.OF_EVERYTHING)
        .select_from(kept)
        .outerjoin(dialog, true())
        .outerjoin(Account, Account.id == dialog.c.account_id)
    )
    return talk.with_roles(theirs_now)


ARRIVED = Prepared({"postgresql": _in_one()})
