"""Whoever a ticket comes to reads what its school has added since it was filed, and sees what was sent along.

Only what they were not told already: a file goes under the key under which everybody else had it. What was merged into
the ticket is read on its own page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.crew import Line
from desk.notices import How, Weight
from desk.queueing import Telling, lines_of_people, put
from desk.sitting import Sitting
from desk.telling import file_question
from storage.tables import Account, Attachment, Event, Outbox, Person, Ticket

MOST = 10  # of each, the newest: a case that is longer is read on its page
WITH_WORDS = ("add", "edited")
WITH_FILES = ("report", "add")
NEVER_CAME = ("refused", "dropped")  # states of a message


def brief(sitting: Sitting, ticket: Ticket, person_id: int) -> None:
    """Tell this person, quietly: they have just read that the ticket is theirs."""
    line = lines_of_people(sitting.session, [person_id]).get(person_id)
    if line is None:
        return
    tellings = _words(ticket, line, _added(sitting.session, ticket, person_id))
    tellings += [_file(ticket, line, one) for one in _sent(sitting.session, ticket, person_id)]
    put(sitting.session, sitting.now, tellings)


@dataclass(frozen=True)
class Added:
    """Words that came later, and who said them."""

    event: int
    said: str


def _words(ticket: Ticket, line: Line, added: Sequence[Added]) -> list[Telling]:
    """One message, however often something was added; none where nothing was."""
    if not added:
        return []
    newest = added[-1].event
    values = {"words": "\n".join(one.said for one in added)}
    return [
        Telling(
            line=line,
            key=f"b{newest}:{line.account_id}",
            weight=Weight.CARD.value,
            ticket_id=ticket.id,
            event_id=newest,
            body={"notice": "added_before", "how": How.QUIET.value, "values": values},
        )
    ]


def _file(ticket: Ticket, line: Line, attachment: int) -> Telling:
    return Telling(
        line=line,
        key=f"m{attachment}:{line.account_id}",
        weight=Weight.COURTESY.value,
        ticket_id=ticket.id,
        question=file_question(attachment),
        body={"file": attachment, "how": How.QUIET.value},
    )


def _added(session: Session, ticket: Ticket, person_id: int) -> list[Added]:
    """What was added since this person was told of anything added, the oldest first; a photo alone has no words."""
    told = (
        select(func.max(Outbox.event_id))
        .join(Event, Event.id == Outbox.event_id)
        .where(
            Outbox.account_id.in_(select(Account.id).where(Account.person_id == person_id)),
            Outbox.ticket_id == ticket.id,
            Outbox.state.not_in(NEVER_CAME),
            Event.name.in_(WITH_WORDS),
        )
        .scalar_subquery()
    )
    said = Event.data["words"].as_string()
    query = (
        select(Event.id, Person.name, said)
        .outerjoin(Person, Person.id == Event.actor_id)
        .where(
            Event.ticket_id == ticket.id,
            Event.name.in_(WITH_WORDS),
            Event.id > func.coalesce(told, 0),
            said != "",
        )
        .order_by(Event.id.desc())
        .limit(MOST)
    )
    found = [(event, name, words) for event, name, words in session.execute(query)]
    return [Added(event, f"{name}：{words}" if name else words) for event, name, words in found[::-1]]


def _sent(session: Session, ticket: Ticket, person_id: int) -> list[int]:
    """What came along with the report or was added to it and is here; what is still fetched is shown when it is."""
    query = (
        select(Attachment.id)
        .join(Event, Event.id == Attachment.event_id)
        .where(
            Attachment.ticket_id == ticket.id,
            Attachment.state == "stored",
            Attachment.person_id.is_distinct_from(person_id),
            Event.name.in_(WITH_FILES),
        )
        .order_by(Attachment.id.desc())
        .limit(MOST)
    )
    return list(session.scalars(query))[::-1]
