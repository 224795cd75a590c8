"""From an event and the table of notices to outbox rows: who, on which line, what, how.

A row names the notice and its values, not its text: delivery renders the card of the moment it leaves, in the
reader's language. The unique `telling` key lets nobody be told the same thing twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desk import calls
from desk.crew import Line, crew_of
from desk.notices import Audience, How, Notice, notices_of
from desk.queueing import Telling, lines_of_people, put
from desk.sitting import Sitting
from storage.outbox import DELIVERY
from storage.tables import Event, Ticket
from texts.say import say, to_json

__all__ = ["DELIVERY", "Line", "Telling", "as_json", "lines_of_people", "put", "tell"]


def tell(
    sitting: Sitting,
    ticket: Ticket,
    event: Event,
    *,
    named: Iterable[int] = (),
    values: Mapping[str, object] | None = None,
    occasion: str = "",
    first: int | None = None,
) -> None:
    """Write the outbox rows of one event. `named` are the people that the event itself names.

    `occasion` picks other rows of the table than the event's own: an acknowledgement that another act implies
    is told by that act. `first` is whose phone rings among those on duty; the others get it quietly.
    """
    rows = [row for row in notices_of(occasion or event.name) if row.audience is not Audience.NOBODY]
    if not rows:
        return
    crew = crew_of(sitting, ticket, rows, frozenset(named))
    told: set[int] = set()
    messages: list[tuple[Line, Notice]] = []
    to_be_called: list[tuple[Sequence[Line], Notice]] = []
    for row in rows:
        for person_key, lines in crew.audience(row.audience, told):
            told.add(person_key)
            line = next((one for one in lines if one.reachable), None)
            if line is None:
                to_be_called.append((lines, row))
            else:
                messages.append((line, row))
    called = [_ask_to_call(sitting, ticket, lines, row, values or {}) for lines, row in to_be_called]
    tellings = [
        Telling(
            line=line,
            key=f"e{event.id}:{line.account_id}",
            weight=row.weight.value,
            ticket_id=ticket.id,
            event_id=event.id,
            question=entry_question((values or {}).get("entry")),
            body=_body(ticket, _as_told(row, any(called)), _how(row, line, first), values or {}),
        )
        for line, row in messages
    ]
    put(sitting.session, sitting.now, [*_taking_back(tellings), *tellings])


def _taking_back(tellings: Sequence[Telling]) -> list[Telling]:
    """What was told last of an entry of the ledger loses its acts: they stand below what is told of it now."""
    return [
        replace(one, key=f"{one.key}:before", body={**one.body, "how": How.CARD.value})
        for one in tellings
        if one.question
    ]


def _as_told(row: Notice, by_call: bool) -> Notice:
    """Whoever did it does not read that it was passed on while a human has yet to do that by phone."""
    return replace(row, name=row.by_call) if by_call and row.by_call else row


def _how(row: Notice, line: Line, first: int | None) -> str:
    """Every engineer on duty holds the card of a new ticket; one phone rings (desk/routing.py)."""
    rings = row.audience is not Audience.ON_DUTY or first in {None, line.person_id}
    return row.how.value if rings else How.QUIET.value


def _body(ticket: Ticket, row: Notice, how: str, values: Mapping[str, object]) -> dict[str, object]:
    body: dict[str, object] = {"notice": row.name, "how": how, "values": as_json(values)}
    if row.papers:
        body["papers"] = {"ticket": ticket.id, "records": [[one.value, 1] for one in row.papers]}
    return body


def entry_question(entry: object) -> str:
    """Marks a message about an entry of the ledger: an edit of the ticket's card must not take its place."""
    return f"entry{entry}" if entry else ""


def file_question(attachment_id: int) -> str:
    """The same of a photo or file of a ticket."""
    return f"file{attachment_id}"


def as_json(values: Mapping[str, object]) -> dict[str, object]:
    """What fills the sentence. Whoever came by a room's QR has done something before they have a name."""
    named = {**values, "by": say("join.nameless")} if values.get("by") == "" else values
    return {name: to_json(value) for name, value in named.items()}


def _ask_to_call(
    sitting: Sitting, ticket: Ticket, lines: Sequence[Line], row: Notice, values: Mapping[str, object]
) -> bool:
    """Nobody is silently left out: a person without a line that takes messages becomes a call for a human, with what
    they would have read. Whether it did."""
    person_id = next((line.person_id for line in lines if line.person_id is not None), None)
    if person_id is None or not row.is_worth_a_call:
        return False
    calls.book_for_desk(
        sitting,
        person_id=person_id,
        reason="no_line",
        ticket_id=ticket.id,
        school_id=ticket.school_id,
        untold=calls.untold(row.name, ticket.ordinal, as_json(values)),
    )
    return True
