"""A photo or file has been fetched: everybody who was told of the message it came with is shown it."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.telling import Line, Telling, put
from storage import media


def relay(session: Session, now: datetime, attachment_id: int) -> None:
    """One outbox row for each account that heard of it, but for the sender's own."""
    seen: set[int] = set()
    tellings = []
    for account, channel, chat, person, ticket in media.shown_to(session, attachment_id):
        if account in seen:
            continue
        seen.add(account)
        line = Line(account, channel, chat, person, None, on_duty=False, reachable=True)
        tellings.append(
            Telling(
                line=line,
                key=f"m{attachment_id}:{account}",
                weight="courtesy",
                body={"file": attachment_id, "how": "quiet"},
                ticket_id=ticket,
            )
        )
    put(session, now, tellings)
