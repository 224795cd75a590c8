"""What receiving needs of the tables: the inbox's unique row, the account with its person, the locked dialog."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.tables import Account, Inbox, Membership, Person
from storage.tables import Dialog as DialogRow


@dataclass(frozen=True)
class Who:
    """Who wrote: the account, its person and roles."""

    account: Account
    person: Person | None
    memberships: list[Membership]


def insert(session: Session):  # type: ignore[no-untyped-def]  # the dialect's own insert, with ON CONFLICT
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert


def keep_message(
    session: Session,
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
) -> int | None:
    """Insert the message; None when it was here before (a platform's retry)."""
    new = (
        insert(session)(Inbox)
        .values(
            channel=channel,
            external_id=external_id,
            account=account,
            chat=chat,
            received_at=received_at,
            sent_at=sent_at,
            message=message,
            raw=raw,
            state=state,
            error=error,
            release="",
            attempts=0,
        )
        .on_conflict_do_nothing(index_elements=["channel", "external_id"])
        .returning(Inbox.id)
    )
    return session.scalar(new)  # type: ignore[no-any-return]


def who_wrote(
    session: Session, *, channel: str, external: str, chat: str, language: str, now: datetime
) -> Who:
    """The account, made at the first message, with its person and memberships."""
    found = _who(session, channel, external)
    if found is not None:
        return found
    session.execute(
        insert(session)(Account)
        .values(
            channel=channel,
            external=external,
            chat=chat,
            bound_how="",
            rank=0,
            is_reachable=True,
            language=language,
            scanned="",
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["channel", "external"])
    )
    made = _who(session, channel, external)
    if made is None:
        raise LookupError("an account just made is not there")
    return made


def _who(session: Session, channel: str, external: str) -> Who | None:
    rows = session.execute(
        select(Account, Person, Membership)
        .outerjoin(Person, Person.id == Account.person_id)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .where(Account.channel == channel, Account.external == external)
        .order_by(Membership.id)
    ).all()
    if not rows:
        return None
    return Who(rows[0][0], rows[0][1], [one for _, _, one in rows if one is not None])


def who_is(session: Session, account_id: int) -> Who:
    """The same by the account's id."""
    rows = session.execute(
        select(Account, Person, Membership)
        .outerjoin(Person, Person.id == Account.person_id)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .where(Account.id == account_id)
        .order_by(Membership.id)
    ).all()
    return Who(rows[0][0], rows[0][1], [one for _, _, one in rows if one is not None])


def locked_dialog(session: Session, account_id: int, chat: str) -> DialogRow:
    """The dialog of this person in this chat, locked: messages of one person run one after the other.

    One statement makes, locks and reads it: an update in place holds the row until the commit.
    """
    new = insert(session)(DialogRow).values(account_id=account_id, chat=chat, state={})
    made = new.on_conflict_do_update(
        index_elements=["account_id", "chat"], set_={"chat": new.excluded.chat}
    ).returning(DialogRow)
    row: DialogRow = session.scalars(
        select(DialogRow).from_statement(made).execution_options(populate_existing=True)
    ).one()
    return row


def mark_message(session: Session, inbox_id: int, **values: object) -> None:
    session.execute(update(Inbox).where(Inbox.id == inbox_id).values(**values))


def set_reachable(session: Session, account_id: int, *, reachable: str) -> None:
    """`reachable` is yes or no: the platform said that the person blocked us, or wrote to us again."""
    session.execute(update(Account).where(Account.id == account_id).values(is_reachable=reachable == "yes"))
