"""One case read whole from the tables, as the plain values that records are written from. Writes nothing."""

from dataclasses import replace

from sqlalchemy import select

from agreement.records import missing_for_archive
from desk import case_outcome, case_papers, case_work
from desk.case_facts import case_facts
from desk.case_file import CaseFile
from desk.case_ground import CaseGround
from desk.happened import Happened
from desk.requests import UNCONFIRMED
from desk.sitting import Sitting
from storage.tables import Contract, Event, Membership, Project, School, Ticket


def case_file(sitting: Sitting, ticket: Ticket) -> CaseFile:
    """Everything of this case as it stands now. Who may see it is asked before (storage/sight.py)."""
    case, facts = CaseGround(sitting, ticket), case_facts(sitting, ticket)
    return replace(
        _on_the_ticket(case),
        numbers=case_papers.numbers(case),
        events=tuple(_happened(case, event) for event in case.events),
        reviews=case_work.reviews(case),
        plans=case_work.plans(case),
        orders=case_work.orders(case),
        visits=case_work.visits(case),
        opinions=case_outcome.opinions(case),
        acceptances=case_outcome.acceptances(case),
        confirmations=case_outcome.confirmations(case),
        promises=case_outcome.promises(case),
        penalties=case_outcome.penalties(case),
        attached=case_papers.attached(case),
        sent=case_papers.sent(case),
        editions=case_papers.editions(case),
        seals=case_papers.seals(case),
        missing=missing_for_archive(facts),
        outcome=facts.outcome,
        archived=case_papers.archived(case),
        may_see=_may_see(case),
    )


def _on_the_ticket(case: CaseGround) -> CaseFile:
    """What stands on the ticket itself and on what it names: its people, school, contract and policy."""
    one = case.ticket
    policy = case.sitting.rulebook.policy(case.session, one.policy_id)
    contract = case.session.get(Contract, one.contract_id) if one.contract_id else None
    return CaseFile(
        number=one.number,
        state=one.state,
        kind=one.kind,
        round=one.round,
        zone=policy.zone,
        text=one.text,
        place=one.place,
        system=one.system,
        channel=one.channel,
        school=_school(case),
        project=_project(case, contract),
        contract=contract.number if contract else "",
        reporter=case.person(one.reporter_id),
        reported_at=one.reported_at,
        registered_at=one.registered_at,
        is_unconfirmed=one.is_unconfirmed,
        is_urgent=one.is_urgent,
        has_request_unconfirmed=one.request in UNCONFIRMED,
        cause=one.cause,
        harm=one.harm,
        objection_until_at=one.objection_until_at,
        objection_settled=one.objection_settled,
        closed_at=one.closed_at,
        low_mark=policy.low_mark,
        secrecy=policy.archive.secrecy,
    )


def _school(case: CaseGround) -> str:
    """Empty while the ticket's school is not known."""
    school = case.session.get(School, case.ticket.school_id) if case.ticket.school_id else None
    return school.name if school else ""


def _may_see(case: CaseGround) -> bool:
    """Whether somebody of the school or of the vendor has a role now by which they see it."""
    here = Membership.school_id.is_(None) | (Membership.school_id == case.ticket.school_id)
    query = select(Membership.id).where(here, Membership.until_at.is_(None)).limit(1)
    return case.session.scalar(query) is not None


def _project(case: CaseGround, contract: Contract | None) -> str:
    project = case.session.get(Project, contract.project_id) if contract and contract.project_id else None
    return project.name if project else ""


def _happened(case: CaseGround, event: Event) -> Happened:
    return Happened(
        id=event.id,
        at=event.at,
        recorded_at=event.recorded_at,
        name=event.name,
        round=event.round,
        by=case.person(event.actor_id),
        data=event.data,
        is_internal=event.is_internal,
    )
