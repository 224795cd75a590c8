"""The end of a case: the desk confirms, or silence by policy does; the archivist seals what is complete."""

from datetime import date, datetime

from agreement.archive import Reason, explainable, kept_until
from agreement.coverage import on_site_until, warranty_until
from agreement.lifecycle import Allowed, decide
from agreement.words import Act, Promise, Record, Relation, State
from desk import following_up, reminding
from desk.access import facts_of, locked, require
from desk.archive_checks import checked
from desk.case_file import CaseFile
from desk.case_reading import case_file
from desk.confirming import confirm
from desk.events import append
from desk.numbers import issue, next_numbers
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Archived, Contract, Ticket
from texts.refused import Refused


def close(sitting: Sitting, ticket_id: int) -> Ticket:
    """办结: records and opinion pass; this maintenance ends. Raises Refused for whoever may not, or not now."""
    ticket = locked(sitting, ticket_id)
    allowed = require(sitting, Act.CLOSE, ticket)
    return _close(sitting, ticket, allowed)


def close_by_policy(sitting: Sitting, ticket: Ticket) -> None:
    """The same by silence; a ticket whose acceptance is still due stays open."""
    decision = decide(Act.CLOSE, facts_of(ticket), frozenset({Relation.SYSTEM}))
    if isinstance(decision, Allowed):
        _close(sitting, ticket, decision)


def _close(sitting: Sitting, ticket: Ticket, allowed: Allowed) -> Ticket:
    ticket.state = allowed.to.value
    ticket.closed_at = sitting.at
    reminding.drop(sitting, ticket)
    event = append(sitting, ticket, "close", {"opinion": ticket.opinion})
    if sitting.actor.person_id is not None:  # silence signs nothing
        confirm(sitting, ticket, event, {"case": ticket.number, "round": ticket.round, "opinion": ticket.opinion})
    following_up.after_closing(sitting, ticket)
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    tell(sitting, ticket, event, values={"days": policy.reopen_days, "by": sitting.actor.name})
    return ticket


def archive(sitting: Sitting, ticket_id: int, *, occasion: str = "archive") -> Ticket:
    """归档: refused, with the list, while a record that this case needs is missing or a check stops it.

    `occasion` picks other rows of `notices.py`: of many at once the archivist hears in one message.
    """
    ticket = locked(sitting, ticket_id)
    refuse_while_objectable(ticket)
    allowed = require(sitting, Act.ARCHIVE, ticket)
    case = case_file(sitting, ticket)
    refuse_while_stopped(ticket, case)
    ticket.state = allowed.to.value
    event = append(sitting, ticket, "archive")
    issue(sitting, ticket, Record.ARCHIVE)
    filed = _filed(sitting, ticket, case)
    sitting.session.add(filed)
    sitting.session.flush()
    confirm(sitting, ticket, event, {"case": ticket.number, "file_number": filed.file_number})
    tell(sitting, ticket, event, occasion=occasion)
    return ticket


def explain(sitting: Sitting, ticket_id: int, *, words: str) -> Ticket:
    """缺项说明: the document manager says in writing why the case is archived although a check found something.

    It stands on 《归档记录》 beside what was found. Raises Refused for anybody else, for no words and for nothing to
    explain: what no words lift stays refused (`agreement/archive.py`).
    """
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.ARCHIVE, ticket)
    if not words.strip() or not may_explain(case_file(sitting, ticket)):
        raise Refused("refused.nothing_to_explain", number=ticket.ordinal)
    append(sitting, ticket, "explained", {"words": words.strip()})
    return ticket


def may_explain(case: CaseFile) -> bool:
    """Whether a check stops the case that a written word would let pass."""
    return any(explainable(one.check, one.result) for one in checked(case))


def refuse_while_objectable(ticket: Ticket) -> None:
    """Raise Refused, with the last moment for it, while the customer may still object to the receipt."""
    if ticket.state == State.DECLINED.value and not ticket.objection_settled:
        raise Refused("refused.may_be_objected", number=ticket.ordinal, until_at=ticket.objection_until_at)


def refuse_while_stopped(ticket: Ticket, case: CaseFile) -> None:
    """Raise Refused, with everything that is missing and who owes it, while a check stops the case."""
    missing = [one.said for one in checked(case) if one.stops]
    if missing:
        raise Refused("refused.records_missing", number=ticket.ordinal, missing=missing)


def _filed(sitting: Sitting, ticket: Ticket, case: CaseFile) -> Archived:
    """The case with its 档号 and how long it is kept."""
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    rules = policy.archive
    ended_on = _ended_at(sitting, case).astimezone(policy.zone).date()
    term = rules.term_of(_reasons(case))
    series = (rules.series(term), ended_on.year)
    number = next_numbers(sitting, [series])[series]
    return Archived(
        ticket_id=ticket.id,
        person_id=sitting.actor.person_id,
        remark=case.explanation,
        at=sitting.at,
        file_number=rules.file_number(ended_on.year, term, number),
        term=term,
        kept_until=kept_until(ended_on, term, _contract_until(sitting, ticket), rules),
        secrecy=rules.secrecy,
    )


def _ended_at(sitting: Sitting, case: CaseFile) -> datetime:
    """办结; of a case that needed no maintenance when nobody could object any more."""
    settled = case.happened("no_objection", "objection_over")
    return case.closed_at or (settled[-1].at if settled else sitting.at)


def _reasons(case: CaseFile) -> frozenset[Reason]:
    found = {
        Reason.PAID: any(one.fee == "paid" and one.answer == "agreed" for one in case.plans),
        Reason.BREACH: any(one.is_breach for one in case.promises),
        Reason.URGENT: any(one.promise is Promise.URGENT_DISPATCH for one in case.promises),
        Reason.ACCEPTANCE: bool(case.acceptances),
    }
    return frozenset(reason for reason, holds in found.items() if holds)


def _contract_until(sitting: Sitting, ticket: Ticket) -> date | None:
    """The last day of what the contract covers."""
    contract = sitting.session.get(Contract, ticket.contract_id) if ticket.contract_id else None
    if contract is None:
        return None
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    return max(
        warranty_until(contract.accepted_on, policy.warranty_days),
        on_site_until(contract.delivered_on, policy.on_site_years),
    )
