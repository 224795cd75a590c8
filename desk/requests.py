"""The written request of a customised change: a text that is frozen, and confirmed for the school (agreement §3).

Its clocks run from the first words either way; what is confirmed, or discussed, is exactly one version of the text.
"""

import hashlib

from sqlalchemy import select

from agreement.lifecycle import UNRESOLVED
from agreement.words import Act, Kind, Relation
from desk.access import locked, require
from desk.confirming import asked, confirm, given
from desk.events import append
from desk.numbers import number_now
from desk.representing import has_representative, reporter_stands_in, speaks_for_school
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Confirmation, Event, Ticket, WrittenRequest
from texts.refused import Refused

OPEN, CONFIRMED, DISCUSSED, SUPERSEDED = "open", "confirmed", "discussed", "superseded"
UNCONFIRMED = frozenset({OPEN, DISCUSSED})


def state_at_filing(sitting: Sitting, ticket: Ticket, event: Event, text: str) -> None:
    """Freeze the text of a request just filed: the own summary tap of whoever speaks for the school confirms it.

    A text that silence filed was tapped by nobody, and is passed on like a reporter's.
    """
    if ticket.kind != Kind.CUSTOMISED.value:
        return
    request = _freeze(sitting, ticket, text)
    if not ticket.is_unconfirmed and speaks_for_school(sitting, ticket):
        _confirmed(sitting, ticket, request, event)


def pass_on_filed(sitting: Sitting, ticket: Ticket) -> None:
    """Whoever may confirm what was frozen at filing reads it, after whoever filed it was answered."""
    if ticket.kind != Kind.CUSTOMISED.value:
        return
    request = latest(sitting, ticket)
    if request is not None and request.answer == OPEN:
        pass_on(sitting, ticket, request)
    _want_representative(sitting, ticket)


def state(sitting: Sitting, ticket: Ticket) -> None:
    """Freeze what the ticket says: by a re-sorting it has become a customised change."""
    pass_on(sitting, ticket, _freeze(sitting, ticket, ticket.text))
    _want_representative(sitting, ticket)


def _freeze(sitting: Sitting, ticket: Ticket, text: str) -> WrittenRequest:
    last = latest(sitting, ticket)
    if last is not None and last.answer == OPEN:
        last.answer = SUPERSEDED
    request = WrittenRequest(
        ticket_id=ticket.id,
        version=last.version + 1 if last is not None else 1,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        author_id=sitting.actor.person_id,
        at=sitting.at,
        answer=OPEN,
        words="",
    )
    ticket.request = OPEN
    sitting.session.add(request)
    sitting.session.flush()
    return request


def pass_on(sitting: Sitting, ticket: Ticket, request: WrittenRequest) -> None:
    """Show the frozen text to whoever may confirm it: to nobody before the school is known."""
    if ticket.school_id is None:
        return
    number_now(sitting, ticket)  # the message names the case
    clock = sitting.by_the_clock()
    event = append(clock, ticket, "request", _named(request))
    tell(clock, ticket, event, values=to_confirm(ticket, request))


def _want_representative(sitting: Sitting, ticket: Ticket) -> None:
    """None named: the desk must get one named; meanwhile the reporter stands in (acts, as for plans)."""
    if ticket.school_id is not None and not has_representative(sitting, ticket):
        clock = sitting.by_the_clock()
        tell(clock, ticket, append(clock, ticket, "no_representative", visibility="internal"))


def offer_open(sitting: Sitting, *, school_id: int, person_id: int) -> None:
    """A representative has been named: the requests of the school that wait are put before them."""
    clock = sitting.by_the_clock()
    waiting = select(Ticket).where(
        Ticket.school_id == school_id,
        Ticket.request == OPEN,
        Ticket.state.in_([one.value for one in UNRESOLVED]),
    )
    for ticket in sitting.session.scalars(waiting.order_by(Ticket.id)).all():
        request = latest(sitting, ticket)
        if request is not None:
            event = append(clock, ticket, "request_offered", {"person": person_id, **_named(request)})
            tell(clock, ticket, event, named=[person_id], values=to_confirm(ticket, request))


def latest(sitting: Sitting, ticket: Ticket) -> WrittenRequest | None:
    """The newest version of the ticket's written request."""
    query = select(WrittenRequest).where(WrittenRequest.ticket_id == ticket.id)
    return sitting.session.scalar(query.order_by(WrittenRequest.version.desc()).limit(1))


def confirm_request(sitting: Sitting, ticket_id: int, *, version: int = 0) -> Ticket:
    """确认提交 on the card of the frozen text. An older version is never confirmed by mistake."""
    ticket, request = _open(sitting, ticket_id, Act.CONFIRM_REQUEST, version)
    event = append(sitting, ticket, "confirm_request", _named(request), acted_as=Relation.REPRESENTATIVE)
    kept = _confirmed(sitting, ticket, request, event)
    tell(
        sitting,
        ticket,
        event,
        values={"by": sitting.actor.name, "version": request.version, **given(kept)},
    )
    return ticket


def _confirmed(sitting: Sitting, ticket: Ticket, request: WrittenRequest, event: Event) -> Confirmation:
    _answered(sitting, ticket, request, CONFIRMED)
    number_now(sitting, ticket)
    return confirm(sitting, ticket, event, _content(ticket, request))


def _content(ticket: Ticket, request: WrittenRequest) -> dict[str, object]:
    """Exactly what is confirmed with a written request."""
    return {"case": ticket.number, "request": request.text, **_named(request)}


def discuss_request(sitting: Sitting, ticket_id: int, *, words: str, version: int = 0) -> Ticket:
    """商议: not what the school means; whoever stated it writes it anew, as the next version."""
    ticket, request = _open(sitting, ticket_id, Act.DISCUSS_REQUEST, version)
    _answered(sitting, ticket, request, DISCUSSED)
    request.words = words
    event = append(
        sitting,
        ticket,
        "discuss_request",
        {"words": words, **_named(request)},
        acted_as=Relation.REPRESENTATIVE,
    )
    tell(sitting, ticket, event, values={"by": sitting.actor.name, "words": words})
    return ticket


def revise(sitting: Sitting, ticket_id: int, *, text: str) -> Ticket:
    """修改: the next version, confirmed by this tap where the school's own voice wrote it, else passed on."""
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.REVISE_REQUEST, ticket)
    request = _freeze(sitting, ticket, text)
    event = append(sitting, ticket, "revise_request", _named(request))
    if speaks := speaks_for_school(sitting, ticket):
        _confirmed(sitting, ticket, request, event)
    tell(sitting, ticket, event, values={"version": request.version, "by": sitting.actor.name})
    if not speaks:
        pass_on(sitting, ticket, request)
    return ticket


def _open(sitting: Sitting, ticket_id: int, act: Act, version: int) -> tuple[Ticket, WrittenRequest]:
    ticket = locked(sitting, ticket_id)
    require(sitting, act, ticket, *reporter_stands_in(sitting, ticket))
    request = latest(sitting, ticket)
    if request is None or version not in {0, request.version}:
        raise Refused(
            "refused.other_request", number=ticket.ordinal, version=request.version if request else 0
        )
    return ticket, request


def _answered(sitting: Sitting, ticket: Ticket, request: WrittenRequest, how: str) -> None:
    ticket.request = request.answer = how
    request.answered_at = sitting.at
    request.answered_by = sitting.actor.person_id


def to_confirm(ticket: Ticket, request: WrittenRequest) -> dict[str, object]:
    """The request as values of the sentence that asks for the word on it."""
    return {"version": request.version, "text": request.text, **asked(ticket, _content(ticket, request))}


def _named(request: WrittenRequest) -> dict[str, object]:
    return {"version": request.version, "digest": request.digest}


def put_aside(sitting: Sitting, ticket: Ticket) -> None:
    """By a re-sorting it is no customised change any more."""
    request = latest(sitting, ticket) if ticket.request else None
    if request is not None and request.answer == OPEN:
        request.answer = SUPERSEDED
    ticket.request = ""
