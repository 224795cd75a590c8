"""Of one case: what came of it, for the customer, the promises and the ledger."""

from sqlalchemy import select

from agreement.chain import sha256
from agreement.clocks import derive
from agreement.segments import paused_in_all, segments_from_json
from agreement.words import Promise, PromiseState
from desk import clock_rows
from desk.case_ground import CaseGround
from desk.entitled import Held
from desk.outcome_facts import AcceptanceFact, ConfirmationFact, OpinionFact, PenaltyFact, PromiseFact
from desk.self_made import BOUND_HOW
from storage.tables import (
    Acceptance,
    Account,
    Confirmation,
    EarlierSelf,
    Inbox,
    Opinion,
    Penalty,
    PromiseRow,
)


def opinions(case: CaseGround) -> tuple[OpinionFact, ...]:
    """What the customer said of it."""
    found = case.session.scalars(
        select(Opinion).where(Opinion.ticket_id == case.ticket.id).order_by(Opinion.id)
    )
    return tuple(
        OpinionFact(
            round=one.round,
            by=case.person(one.person_id),
            answer=one.answer,
            mark=one.mark,
            words=one.words,
            channel=one.channel,
            at=one.at,
        )
        for one in found
    )


def acceptances(case: CaseGround) -> tuple[AcceptanceFact, ...]:
    """Each attempt at acceptance."""
    found = case.session.scalars(
        select(Acceptance).where(Acceptance.ticket_id == case.ticket.id).order_by(Acceptance.attempt)
    )
    return tuple(
        AcceptanceFact(
            round=one.round,
            attempt=one.attempt,
            implementer=case.somebody(one.implementer_id),
            implemented_at=one.implemented_at,
            lead=case.person(one.lead_id),
            change_is_right=one.change_is_right,
            software_reconfirmed=one.software_reconfirmed,
            words=one.words,
            at=one.at,
        )
        for one in found
    )


def confirmations(case: CaseGround) -> tuple[ConfirmationFact, ...]:
    """Each electronic confirmation, with how the account was bound and whether the words are intact."""
    events = {event.id: event for event in case.events}
    found = case.session.execute(
        select(Confirmation, Account.channel, BOUND_HOW, Account.person_id, Inbox.external_id)
        .outerjoin(Account, Account.id == Confirmation.account_id)
        .outerjoin(EarlierSelf, EarlierSelf.person_id == Confirmation.person_id)
        .outerjoin(Inbox, Inbox.id == Confirmation.inbox_id)
        .where(Confirmation.ticket_id == case.ticket.id)
        .order_by(Confirmation.id)
    ).all()
    held = Held(case, [one.person_id for one, *_ in found])
    return tuple(
        ConfirmationFact(
            number=one.number,
            event_id=one.event_id,
            event=events[one.event_id].name,
            by=case.person(one.person_id),
            channel=channel or "",
            bound_how=how or "",
            message=message or "",
            digest=one.digest,
            shown_digest=one.shown_digest,
            is_intact=sha256(one.content.encode()) == one.digest,
            at=one.at,
            is_entitled=held.is_whose(events[one.event_id], owner) and held.may(events[one.event_id]),
        )
        for one, channel, how, owner, message in found
    )


def promises(case: CaseGround) -> tuple[PromiseFact, ...]:
    """Each clock, as it stands and as it began."""
    found = case.session.scalars(
        select(PromiseRow).where(PromiseRow.ticket_id == case.ticket.id).order_by(PromiseRow.id)
    )
    return tuple(_promise(case, row) for row in found)


def _promise(case: CaseGround, row: PromiseRow) -> PromiseFact:
    promise, life = Promise(row.promise), clock_rows.life_of(case.sitting, row)
    policy = case.sitting.rulebook.policy(case.session, row.policy_id)
    workdays = case.sitting.rulebook.workdays(case.session, case.sitting.now)
    segments = segments_from_json(row.segments)
    first = derive(segments[:1], policy.terms.get(promise), workdays, policy.zone, case.sitting.now)
    return PromiseFact(
        id=row.id,
        promise=promise,
        round=row.round,
        step=row.step,
        plan=row.plan,
        state=life.state,
        started_at=life.started_at,
        first_due_at=first.due_at,
        due_at=life.due_at,
        kept_at=life.kept_at or life.fulfilled_at,
        is_breach=life.state is PromiseState.BROKEN and policy.is_agreements(promise),
        is_provisional=life.provisional,
        paused_for=paused_in_all(segments),
    )


def penalties(case: CaseGround) -> tuple[PenaltyFact, ...]:
    """The entries of the ledger."""
    found = case.session.scalars(
        select(Penalty).where(Penalty.ticket_id == case.ticket.id).order_by(Penalty.id)
    )
    return tuple(
        PenaltyFact(
            number=one.id,
            promise_id=one.promise_id,
            promise=Promise(one.promise),
            round=one.round,
            amount_fen=one.amount_fen,
            state=one.state,
        )
        for one in found
    )
