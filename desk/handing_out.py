"""单据: a person asks for the records of a ticket and is sent those that are theirs to have (agreement/records.py)."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select

from agreement.records import given_to
from agreement.words import Record, Relation
from desk.access import all_relations, locked
from desk.crew import Line
from desk.events import append
from desk.sitting import Sitting
from desk.telling import Telling, put
from storage.prepared import Prepared
from storage.tables import Account, Number, Ticket
from texts.refused import Refused

Papers = tuple[tuple[Record, int], ...]  # (record, attempt)
ORDER = tuple(Record)


def theirs(sitting: Sitting, ticket: Ticket, held: frozenset[Relation]) -> Papers:
    """The records that somebody in these relations may have, among those that the ticket has a number for."""
    may_have = given_to(held)
    if not may_have:
        return ()
    numbered = NUMBERED.rows(sitting.session, {"ticket": ticket.id})
    issued = [(Record.REGISTER, 1), *((Record(record), attempt) for record, attempt in numbered)]
    return tuple(
        sorted({one for one in issued if one[0] in may_have}, key=lambda one: (ORDER.index(one[0]), one[1]))
    )


NUMBERED = Prepared(select(Number.record, Number.attempt).where(Number.ticket_id == bindparam("ticket")))


def hand_out(sitting: Sitting, ticket_id: int) -> Ticket:
    """Send them to whoever asked, where they asked. They are set when the message leaves (bot/papers.py)."""
    ticket = locked(sitting, ticket_id)
    held = all_relations(sitting, ticket)
    papers = theirs(sitting, ticket, held)
    if not papers:
        why = "refused.no_records_yet" if given_to(held) else "refused.no_records_for_you"
        raise Refused(why, number=ticket.ordinal)
    event = append(sitting, ticket, "records_given", {"papers": as_json(papers)}, visibility="internal")
    actor = sitting.actor
    line = Line(
        actor.account_id or 0,
        actor.channel,
        _chat(sitting),
        actor.person_id,
        None,
        on_duty=False,
        reachable=True,
    )
    body = {"papers": {"ticket": ticket.id, "records": as_json(papers)}}
    put(
        sitting.session,
        sitting.now,
        [Telling(line=line, key=f"e{event.id}:{line.account_id}", weight="reply", body=body)],
    )
    return ticket


def _chat(sitting: Sitting) -> str:
    return sitting.session.scalar(select(Account.chat).where(Account.id == sitting.actor.account_id)) or ""


def as_json(papers: Papers) -> list[list[object]]:
    """As a row of the outbox names them."""
    return [[record.value, attempt] for record, attempt in papers]


def from_json(kept: Mapping[str, object]) -> Papers:
    """The inverse."""
    rows = kept.get("records")
    return tuple(
        (Record(str(one[0])), int(str(one[1])))
        for one in (rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ())
    )
