"""Acceptance: two checks, two signatures by two people (agreement §2, step 4)."""

from sqlalchemy import select

from agreement.promises import Undoing
from agreement.words import Act, Record, Role
from desk import expiring, reminding, watching
from desk.access import locked, require
from desk.archiving import close_by_policy
from desk.confirming import confirm
from desk.events import append
from desk.implementing import implementers
from desk.numbers import issue
from desk.opinions import offer_closing
from desk.schedule import reopen_last_step
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Acceptance, Membership, Ticket
from texts.refused import Refused


def accept(sitting: Sitting, ticket_id: int) -> Ticket:
    """验收通过: the card shows both checks and the tap answers both; it is the lead's signature."""
    ticket = locked(sitting, ticket_id)
    allowed = require(sitting, Act.ACCEPT, ticket)
    row = _judged(sitting, ticket, "passed", "")
    ticket.state = allowed.to.value
    event = append(sitting, ticket, "accept", {"attempt": row.attempt})
    issue(sitting, ticket, Record.ACCEPTANCE, attempt=row.attempt)
    confirm(sitting, ticket, event, _signed(ticket, row))
    tell(sitting, ticket, event, values={"by": sitting.actor.name})
    if ticket.opinion == "silence":
        close_by_policy(sitting.by_the_clock(), ticket)
    else:
        offer_closing(sitting, ticket)
    return ticket


def reject(sitting: Sitting, ticket_id: int, *, words: str) -> Ticket:
    """验收不通过: back to step 3; what had kept the promises is undone and the clocks run on."""
    ticket = locked(sitting, ticket_id)
    allowed = require(sitting, Act.REJECT, ticket)
    row = _judged(sitting, ticket, "failed", words)
    ticket.state = allowed.to.value
    ticket.opinion = ""
    reminding.drop(sitting, ticket)
    reopen_last_step(sitting, ticket)
    event = append(sitting, ticket, "reject", {"attempt": row.attempt, "words": words})
    issue(sitting, ticket, Record.ACCEPTANCE, attempt=row.attempt)
    confirm(sitting, ticket, event, {**_signed(ticket, row), "words": words})
    watching.unkeep(sitting, ticket, Undoing.REJECTED, event)
    expiring.watch(sitting, ticket)
    tell(sitting, ticket, event, values={"by": sitting.actor.name, "words": words})
    return ticket


def _judged(sitting: Sitting, ticket: Ticket, verdict: str, words: str) -> Acceptance:
    row = sitting.session.scalar(
        select(Acceptance)
        .where(Acceptance.ticket_id == ticket.id, Acceptance.verdict == "")
        .order_by(Acceptance.attempt.desc())
        .limit(1)
    )
    if row is None:
        raise Refused("refused.nothing_to_accept", number=ticket.ordinal)
    did_it = implementers(sitting, ticket) | {row.implementer_id}
    if sitting.actor.person_id in did_it:
        raise Refused("refused.own_work", number=ticket.ordinal)
    if Role.LEAD not in sitting.actor.roles and _another_lead(sitting, did_it):
        raise Refused("refused.leads_first", number=ticket.ordinal)
    row.lead_id = sitting.actor.person_id
    row.verdict = verdict
    row.change_is_right = verdict == "passed"
    row.software_reconfirmed = verdict == "passed"
    row.words = f"{row.words}\n{words}".strip()
    row.at = sitting.at
    return row


def _signed(ticket: Ticket, row: Acceptance) -> dict[str, object]:
    """What the lead's signature is given to: this try, of this person's work, with both checks as they came out."""
    return {
        "case": ticket.number,
        "attempt": row.attempt,
        "implementer": row.implementer_id,
        "change_is_right": row.change_is_right,
        "software_reconfirmed": row.software_reconfirmed,
    }


def _another_lead(sitting: Sitting, but: frozenset[int]) -> bool:
    query = select(Membership.id).where(
        Membership.role == Role.LEAD.value,
        Membership.until_at.is_(None),
        Membership.person_id.not_in(sorted(but)),
    )
    return sitting.session.scalar(query.limit(1)) is not None
