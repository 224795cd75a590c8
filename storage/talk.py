"""What receiving needs of the tables: the inbox's unique row, the account with its person, the locked dialog."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Insert, Select, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.prepared import Found, Prepared, Row, upsert
from storage.tables import Account, Inbox, Membership, Person, School
from storage.tables import Dialog as DialogRow


@dataclass(frozen=True)
class Held:
    """A role that a person has or had; `school` is its name, where it is one at a school."""

    school_id: int | None
    school: str | None
    role: str
    until_at: datetime | None


@dataclass(frozen=True)
class Who:
    """Who wrote: the account, its person (None: a stranger) and the roles of theirs."""

    account_id: int
    channel: str
    is_reachable: bool
    language: str
    scanned_at: datetime | None  # when the account scanned a room's code last
    person_id: int | None
    name: str
    held: tuple[Held, ...]


@dataclass(frozen=True)
class LockedDialog:
    """Where a dialog stands, held until the commit."""

    id: int
    state: dict[str, Any]
    last_ticket_id: int | None
    last_ticket_at: datetime | None


def insert(session: Session):  # type: ignore[no-untyped-def]  # the dialect's own insert, with ON CONFLICT
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert


def message_row(
    *,
    channel: str,
    external_id: str,
    account: str,
    chat: str,
    received_at: datetime,
    sent_at: datetime | None,
    message: dict[str, Any],
    raw: str,
    state: str = "done",
    error: str = "",
) -> dict[str, object]:
    """The inbox's row of a message."""
    return {
        "channel": channel,
        "external_id": external_id,
        "account": account,
        "chat": chat,
        "received_at": received_at,
        "sent_at": sent_at,
        "message": message,
        "raw": raw,
        "state": state,
        "error": error,
        "release": "",
        "attempts": 0,
    }


def keep(session: Session, row: Row) -> int | None:
    """Insert the message; None when it was here before (a platform's retry)."""
    kept = KEPT.first(session, row)
    return None if kept is None else int(kept[0])


def kept_once(new: Any) -> Insert:
    """The id of a message that was not here before."""
    return cast("Insert", new.on_conflict_do_nothing(index_elements=["channel", "external_id"]).returning(Inbox.id))


KEPT = upsert(Inbox.__table__, kept_once)


def who_wrote(
    session: Session, *, channel: str, external: str, chat: str, language: str, now: datetime
) -> Who:
    """The account, made at the first message, with its person and memberships."""
    here = known(session, channel, external)
    if here is not None:
        return here
    row = {
        "channel": channel,
        "external": external,
        "chat": chat,
        "bound_how": "",
        "rank": 0,
        "is_reachable": True,
        "language": language,
        "scanned": "",
        "created_at": now,
    }
    FIRST_HEARD.run(session, row)
    made = known(session, channel, external)
    if made is None:
        raise LookupError("an account just made is not there")
    return made


FIRST_HEARD = upsert(
    Account.__table__, lambda new: new.on_conflict_do_nothing(index_elements=["channel", "external"])
)
OF_THE_ACCOUNT = (Account.id, Account.channel, Account.is_reachable, Account.language, Account.scanned_at)
OF_THE_PERSON = (Person.id, Person.name, Person.language)
OF_THE_ROLE = (Membership.school_id, School.name, Membership.role, Membership.until_at)
OF_EVERYTHING = (*OF_THE_ACCOUNT, *OF_THE_PERSON, *OF_THE_ROLE)


def with_roles(accounts: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A row for each role of the account's person, the oldest first; one without where there is none."""
    return (
        accounts.outerjoin(Person, Person.id == Account.person_id)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(School, School.id == Membership.school_id)
        .order_by(Membership.id)
    )


EVERYTHING = with_roles(select(*OF_EVERYTHING))
BY_NAME = Prepared(
    EVERYTHING.where(Account.channel == bindparam("on_channel"), Account.external == bindparam("known_as"))
)
BY_ID = Prepared(EVERYTHING.where(Account.id == bindparam("account")))


def known(session: Session, channel: str, external: str) -> Who | None:
    """The same for whoever only looks; None for an account that never wrote."""
    return found(BY_NAME.rows(session, {"on_channel": channel, "known_as": external}))


def found(rows: Sequence[Found]) -> Who | None:
    """Whoever these rows of account, person and role are about."""
    if not rows:
        return None
    account, channel, reachable, language, scanned_at, person, name, persons_language, *_ = rows[0]
    held = tuple(Held(*row[-len(OF_THE_ROLE) :]) for row in rows if row[-2] is not None)
    return Who(account, channel, reachable, persons_language or language, scanned_at, person, name or "", held)


def who_is(session: Session, account_id: int) -> Who:
    """The same by the account's id. Raises LookupError for one that is not there."""
    who = found(BY_ID.rows(session, {"account": account_id}))
    if who is None:
        raise LookupError(f"no account {account_id}")
    return who


def locked_dialog(session: Session, account_id: int, chat: str) -> LockedDialog:
    """The dialog of this person in this chat, locked: messages of one person run one after the other.

    One statement makes, locks and reads it: an update in place holds the row until the commit.
    """
    key = {"account_id": account_id, "chat": chat, "state": {}, "turns": 0}
    return LockedDialog(*LOCKED.rows(session, key)[0])


def locking(new: Any, *besides: Any) -> Insert:
    """The dialog, made where it is not there yet, and what is told of it."""
    by_key = new.on_conflict_do_update(index_elements=["account_id", "chat"], set_={"turns": DIALOGS.c.turns + 1})
    return cast("Insert", by_key.returning(*OF_THE_DIALOG, *besides))


DIALOGS = cast("Table", DialogRow.__table__)
OF_THE_DIALOG = (DIALOGS.c.id, DIALOGS.c.state, DIALOGS.c.last_ticket_id, DIALOGS.c.last_ticket_at)
LOCKED = upsert(DIALOGS, locking)
PUT_DOWN = Prepared(update(DIALOGS).where(DIALOGS.c.id == bindparam("dialog")))


def put_down(
    session: Session,
    dialog_id: int,
    *,
    state: Mapping[str, object],
    expires_at: datetime | None,
    about: tuple[int, datetime] | None,
) -> None:
    """Store the dialog as the message left it. `about`: the ticket that was talked about, and when."""
    values: dict[str, object] = {"dialog": dialog_id, "state": dict(state), "expires_at": expires_at}
    if about is not None:
        values |= {"last_ticket_id": about[0], "last_ticket_at": about[1]}
    PUT_DOWN.run_later(session, values)


def mark_message(session: Session, inbox_id: int, **values: object) -> None:
    session.execute(update(Inbox).where(Inbox.id == inbox_id).values(**values))


def set_reachable(session: Session, account_id: int, *, reachable: str) -> None:
    """`reachable` is yes or no: the platform said that the person blocked us, or wrote to us again."""
    session.execute(update(Account).where(Account.id == account_id).values(is_reachable=reachable == "yes"))
