"""Erasing a person from what was said and sent: messages in, messages out, talks and their files, open dialogs.

Rows stay, so that counts and keys hold; their words go. None of it is under the archive's chain.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, or_, select, update

from desk.calls import UNTOLD
from desk.redacting import Redaction
from desk.sitting import Sitting
from storage.tables import Account, Attachment, Call, Dialog, Inbox, Outbox, Talk

WAITING = ("queued", "sending")


def forget(sitting: Sitting, person_id: int, words: Redaction, ticket_ids: Sequence[int]) -> list[str]:
    """Blank what the person wrote and read; take `words` out of what others read. The digests of files let go."""
    accounts = sitting.session.scalars(select(Account).where(Account.person_id == person_id)).all()
    mine = [one.id for one in accounts]
    for one in accounts:
        _came_in(sitting, one)
    talks = sitting.session.scalars(select(Talk).where(Talk.account_id.in_(mine))).all()
    for talk in talks:
        talk.words = []
    sitting.session.execute(delete(Dialog).where(Dialog.account_id.in_(mine)))
    _went_out(sitting, mine)
    _told_others(sitting, mine, ticket_ids, [f"t{talk.id}:" for talk in talks], words)
    _calls(sitting, person_id)
    return _files(sitting, person_id)


def _came_in(sitting: Sitting, account: Account) -> None:
    """One that failed is not tried again: there is nothing left of it."""
    theirs = Inbox.channel == account.channel, Inbox.account == account.external
    changed = update(Inbox).where(*theirs)
    sitting.session.execute(changed.where(Inbox.state == "failed").values(state="set_aside"))
    sitting.session.execute(changed.values(message={}, raw="", error=""))


def _went_out(sitting: Sitting, accounts: Sequence[int]) -> None:
    theirs = update(Outbox).where(Outbox.account_id.in_(accounts))
    sitting.session.execute(theirs.where(Outbox.state.in_(WAITING)).values(state="dropped", reason="erased"))
    sitting.session.execute(theirs.values(body={}, rendered=None))


def _told_others(
    sitting: Sitting,
    accounts: Sequence[int],
    ticket_ids: Sequence[int],
    tellings: Sequence[str],
    words: Redaction,
) -> None:
    """Cards of the person's cases lose the name; what was relayed from their talks is blanked whole."""
    relayed = [Outbox.telling.startswith(one, autoescape=True) for one in tellings]
    query = select(Outbox).where(Outbox.account_id.not_in(accounts), or_(Outbox.ticket_id.in_(ticket_ids), *relayed))
    for row in sitting.session.scalars(query):
        if row.telling.startswith(tuple(tellings)):
            row.body, row.rendered = {}, None
            row.state = "dropped" if row.state in WAITING else row.state
        else:
            row.body = _without(row.body, words)
            row.rendered = _without(row.rendered, words) if row.rendered is not None else None


def _without(kept: Mapping[str, object], words: Redaction) -> dict[str, object]:
    return {key: words.value(one) for key, one in kept.items()}


def _calls(sitting: Sitting, person_id: int) -> None:
    for call in sitting.session.scalars(select(Call).where(Call.person_id == person_id)):
        call.words = ""
        kept = [entry for entry in call.log or [] if entry["what"] != UNTOLD]
        call.log = [{key: value for key, value in entry.items() if key != "words"} for entry in kept]


def _files(sitting: Sitting, person_id: int) -> list[str]:
    """What was sent in talks, about no case: a case's own files are the archive's to erase."""
    found = []
    query = select(Attachment).where(Attachment.person_id == person_id, Attachment.ticket_id.is_(None))
    for sent in sitting.session.scalars(query):
        found.append(sent.digest)
        sent.path = sent.digest = sent.name = sent.reference = ""
        sent.state, sent.facts, sent.next_at = "erased", {}, None
    return [one for one in found if one]
