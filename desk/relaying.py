"""A photo or file has been fetched: everybody who was told of the message it came with is shown it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agreement.words import State
from desk.briefing import WITH_FILES
from desk.events import RECORDS
from desk.talk_lines import lines_across
from desk.telling import Line, Telling, file_question, put
from storage import media
from storage.tables import Attachment, Talk, Ticket
from storage.work import wake


def relay(session: Session, now: datetime, attachment_id: int) -> None:
    """One outbox row for each account that heard of it, but for the sender's own."""
    one = session.get_one(Attachment, attachment_id)
    if "talk" in one.facts:
        _across(session, now, one)
        return
    viewers = media.shown_to(session, attachment_id)
    has_it_now = media.assignee(session, attachment_id, WITH_FILES)
    if has_it_now is not None and has_it_now.person_id not in {viewer.person_id for viewer in viewers}:
        viewers.append(has_it_now)
    first: dict[int, media.Viewer] = {}
    for viewer in viewers:
        first.setdefault(viewer.account_id, viewer)
    tellings = [_telling(attachment_id, viewer) for viewer in first.values()]
    put(session, now, tellings)
    _to_be_sealed(session, now, attachment_id)


def _telling(attachment_id: int, viewer: media.Viewer) -> Telling:
    line = Line(
        viewer.account_id, viewer.channel, viewer.chat, viewer.person_id, None, on_duty=False, reachable=True
    )
    return Telling(
        line=line,
        key=f"m{attachment_id}:{viewer.account_id}",
        weight="courtesy",
        body={"file": attachment_id, "how": "quiet"},
        ticket_id=viewer.ticket_id,
        question=file_question(attachment_id),
    )


def _across(session: Session, now: datetime, one: Attachment) -> None:
    """Sent in a talk with a human: to the other side of it, whoever that is by now."""
    talk = session.get_one(Talk, int(one.facts["talk"]))
    tellings = [
        Telling(
            line=line,
            key=f"m{one.id}:{line.account_id}",
            weight="courtesy",
            body={"file": one.id, "how": "quiet"},
        )
        for line in lines_across(session, talk, int(one.facts["from_account"]))
    ]
    put(session, now, tellings)


def _to_be_sealed(session: Session, now: datetime, attachment_id: int) -> None:
    """What comes to an archived case stands on its cover and in the chain."""
    case = select(Attachment.ticket_id).where(Attachment.id == attachment_id).scalar_subquery()
    due = update(Ticket).where(Ticket.id == case, Ticket.state == State.ARCHIVED.value)
    session.execute(due.values(records_due_at=now))
    wake(session, RECORDS)
