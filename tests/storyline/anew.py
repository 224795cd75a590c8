"""Which messages only show a card again, on a platform that cannot edit: told from what the house meant.

The screen alone cannot tell; the outbox keeps for each message whether it was to replace an earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Account, Outbox
from tests.doubles.platform import Shown

WITHOUT_EDITS = ("wechat",)


@dataclass(frozen=True)
class Meant:
    """One message as the house sent it."""

    text: str
    is_edit: bool


def meant(session: Session, channel: str, account: str) -> list[Meant]:
    """What was sent to this account, in order."""
    rows = session.scalars(
        select(Outbox.rendered)
        .join(Account, Account.id == Outbox.account_id)
        .where(
            Account.channel == channel,
            Account.external == account,
            Outbox.state.in_(("sent", "unsure")),
            Outbox.rendered.is_not(None),
        )
        .order_by(Outbox.id)
    )
    return [Meant(str(row["text"]).strip(), bool(row["edits"])) for row in rows if row is not None]


def shown_anew(screen: Sequence[Shown], sent: Sequence[Meant]) -> frozenset[int]:
    """Sequence numbers of the messages on this screen that were meant as edits."""
    anew: set[int] = set()
    after = 0
    for shown in screen:
        at = next((index for index in range(after, len(sent)) if _is(shown, sent[index])), None)
        if at is None:
            continue  # a photo, a second part of a long text
        after = at + 1
        if sent[at].is_edit:
            anew.add(shown.sequence)
    return frozenset(anew)


def _is(shown: Shown, one: Meant) -> bool:
    """A channel may add a numbered list below, or cut a long text."""
    text = shown.text.strip()
    return bool(text) and (text.startswith(one.text) or one.text.startswith(text))
