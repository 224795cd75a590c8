"""What every message begins with: its row in the inbox, who wrote, their dialog locked. PostgreSQL does it in one go.

There each statement is a way to the server and back; SQLite takes them one after the other (`storage/talk.py`), and
so does whoever writes for the first time. Of a bound account it knows what held before it waited for the dialog's lock;
a stranger is looked at again, and the dialog is as the message before left it.
"""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, select, true
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from storage import talk
from storage.prepared import Prepared, Row
from storage.tables import Account, Inbox

INBOX = cast("Table", Inbox.__table__)
WRITTEN = tuple(column.key for column in INBOX.columns if column.key != "id")
NEW = "new_dialog"  # the state of a dialog that is not there yet


@dataclass(frozen=True)
class Met:
    """Who wrote, and their dialog, held until the commit."""

    who: talk.Who
    dialog: talk.LockedDialog


@dataclass(frozen=True)
class Arrived:
    """The message's number in the inbox; `met` is None where that is still to be asked."""

    inbox_id: int
    met: Met | None


def arrive(session: Session, message: Row) -> Arrived | None:
    """`message` has the columns of the inbox. None when it was here before (a platform's retry)."""
    if session.get_bind().dialect.name != "postgresql":
        inbox_id = talk.keep(session, message)
        return None if inbox_id is None else Arrived(inbox_id, None)
    rows = ARRIVED.rows(session, {**message, NEW: {}})
    if not rows:
        return None
    inbox_id, *dialog = rows[0][: 1 + len(talk.OF_THE_DIALOG)]
    if dialog[0] is None:
        return Arrived(inbox_id, None)
    who = talk.found([row[1 + len(talk.OF_THE_DIALOG) :] for row in rows])
    if who is not None and who.person_id is None:  # the message before may have bound them while this one waited
        who = talk.who_is(session, who.account_id)
    return Arrived(inbox_id, Met(who, talk.LockedDialog(*dialog)) if who is not None else None)


def _in_one() -> Select[*tuple[Any, ...]]:
    values = {name: bindparam(name, type_=INBOX.c[name].type) for name in WRITTEN}
    kept = talk.kept_once(postgresql.insert(INBOX).values(values)).cte("kept")
    theirs = (
        select(Account.id, bindparam("chat", type_=INBOX.c.chat.type), bindparam(NEW, type_=talk.DIALOGS.c.state.type))
        .join_from(Account, kept, true())
        .where(Account.channel == bindparam("channel"), Account.external == bindparam("account"))
    )
    new = postgresql.insert(talk.DIALOGS).from_select(["account_id", "chat", "state"], theirs, include_defaults=False)
    dialog = talk.locking(new, talk.DIALOGS.c.account_id).cte("dialog")
    theirs_now = (
        select(kept.c.id, *[dialog.c[one.key] for one in talk.OF_THE_DIALOG], *talk.OF_EVERYTHING)
        .select_from(kept)
        .outerjoin(dialog, true())
        .outerjoin(Account, Account.id == dialog.c.account_id)
    )
    return talk.with_roles(theirs_now)


ARRIVED = Prepared({"postgresql": _in_one()})
