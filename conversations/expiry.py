"""What silence does to dialogs: a draft is filed, a question put away. Called by the clock, answered like a message."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from agreement.policy_file import DEFAULT
from conversations.buttons import Signer
from conversations.engine.kept import Dialog
from conversations.engine.silence import Patience, after_silence, next_due
from conversations.following import follow
from conversations.playing import FLOWS, HouseStage
from conversations.replies import Replies
from desk.alerting import alarm_desk
from desk.alerting import sitting as sitting_of_the_house
from desk.apart import by_itself
from desk.joining import actor_of
from desk.rulebook import Rulebook
from desk.sitting import Sitting
from desk.telling import Line
from storage import due, talk

# Agreement §3, Start: a draft that states the matter and stays silent for so long is filed as it is.
PATIENCE = Patience(
    file_after=timedelta(minutes=DEFAULT.draft_silence_minutes),
    remind_after=timedelta(hours=2),
    drop_after=timedelta(days=DEFAULT.dialog_expires_days),
)
AGAIN = timedelta(minutes=10)  # after a failure: a release may mend it, and a human reads the log
STEPS = 20  # frames that one dialog can have to put away at once


def expires_at(dialog: Dialog) -> datetime | None:
    """The next moment at which silence does something; None where nothing is open."""
    coming = next_due(dialog, FLOWS, PATIENCE)
    return coming.at if coming is not None else None


def expire_what_is_due(session: Session, rulebook: Rulebook, signer: Signer, now: datetime) -> int:
    """Every dialog whose moment has come, each in a savepoint. Returns how many there were."""
    rows = due.dialogs(session, now)
    for row in rows:
        _expire_safely(session, row, rulebook, signer, now)
    return len(rows)


def _expire_safely(
    session: Session, row: due.DueDialog, rulebook: Rulebook, signer: Signer, now: datetime
) -> None:
    """One dialog that breaks is put off, named in the log, and keeps its answers; the others go on."""
    key = row.id
    if by_itself(session, f"the silence of dialog {key}", lambda: expire(session, row, rulebook, signer, now)):
        return
    session.refresh(row)
    row.turns += 1  # it was held all the same, and others of its batch may have filed something
    row.expires_at = now + AGAIN
    session.flush()
    house = sitting_of_the_house(session, rulebook, now)
    alarm_desk(house, "failed_draft", {"dialog": key}, key=f"d{key}")


def expire(session: Session, row: due.DueDialog, rulebook: Rulebook, signer: Signer, now: datetime) -> None:
    """One dialog: do what silence brings until nothing is due, then write what is to be said."""
    who = talk.who_is(session, row.account_id)
    actor = actor_of(who, now)
    sitting = Sitting(session=session, rulebook=rulebook, actor=actor, at=now, now=now)
    replies = Replies(sitting, signer)
    dialog = Dialog.from_json(row.state)
    for _ in range(STEPS):
        turn = after_silence(dialog, HouseStage(sitting), PATIENCE)
        if turn is None:
            break
        dialog = turn.dialog
        follow(turn, sitting, replies)
    row.state = dict(dialog.to_json())
    row.expires_at = expires_at(dialog)
    row.turns += 1
    line = Line(who.account_id, who.channel, row.chat, actor.person_id, None, on_duty=False, reachable=True)
    replies.write(line, f"x{row.id}:{now.isoformat()}")
