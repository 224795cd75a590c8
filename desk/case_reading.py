"""One case read whole from the tables, as the plain values that records are written from. Writes nothing."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from agreement.chain import Sealed, sha256
from agreement.clocks import derive
from agreement.records import missing_for_archive
from agreement.segments import segments_from_json
from agreement.words import Promise, PromiseState, Record, Role
from desk import watching
from desk.case_facts import case_facts
from desk.case_file import (
    AcceptanceFact,
    ArchivedFact,
    AttachedFact,
    CaseFile,
    ConfirmationFact,
    EditionFact,
    Happened,
    OpinionFact,
    OrderFact,
    PenaltyFact,
    PlanFact,
    PromiseFact,
    ReviewFact,
    SealFact,
    SentFact,
    Somebody,
    StepFact,
    VisitFact,
)
from desk.sitting import Sitting
from storage.tables import (
    Acceptance,
    Account,
    Archived,
    Attachment,
    ChainLink,
    Confirmation,
    Contract,
    Event,
    Inbox,
    Membership,
    Number,
    Opinion,
    Outbox,
    Penalty,
    Person,
    Plan,
    PlanStep,
    Project,
    PromiseRow,
    RecordEdition,
    Review,
    School,
    Ticket,
    Visit,
    WorkOrder,
)


def case_file(sitting: Sitting, ticket: Ticket) -> CaseFile:
    """Everything of this case as it stands now. Who may see it is asked before (storage/sight.py)."""
    return _Reading(sitting, ticket).whole()


class _Reading:
    """The tables of one case, read subject by subject."""

    def __init__(self, sitting: Sitting, ticket: Ticket) -> None:
        self._sitting = sitting
        self._session = sitting.session
        self._ticket = ticket
        self._events = list(
            self._session.scalars(select(Event).where(Event.ticket_id == ticket.id).order_by(Event.id))
        )
        self._people: dict[int, Somebody] = {}

    def whole(self) -> CaseFile:
        one = self._ticket
        policy = self._sitting.rulebook.policy(self._session, one.policy_id)
        school, project, contract = self._place()
        return CaseFile(
            ticket_id=one.id,
            ordinal=one.ordinal,
            number=one.number,
            state=one.state,
            kind=one.kind,
            round=one.round,
            zone=policy.zone,
            text=one.text,
            place=one.place,
            system=one.system,
            channel=one.channel,
            school=school,
            project=project,
            contract=contract.number if contract else "",
            accepted_on=contract.accepted_on if contract else None,
            reporter=self._person(one.reporter_id),
            assignee=self._person(one.assignee_id),
            reported_at=one.reported_at,
            received_at=one.received_at,
            registered_at=one.registered_at,
            is_unconfirmed=one.is_unconfirmed,
            is_urgent=one.is_urgent,
            cause=one.cause,
            harm=one.harm,
            is_deep=one.is_deep,
            opinion=one.opinion,
            objection_until_at=one.objection_until_at,
            objection_settled=one.objection_settled,
            closed_at=one.closed_at,
            follows=self._number_of(one.follows_id),
            merged_into=self._number_of(one.merged_into_id),
            low_mark=policy.low_mark,
            numbers=self._numbers(),
            events=tuple(self._happened(event) for event in self._events),
            reviews=self._reviews(),
            plans=self._plans(),
            orders=self._orders(),
            visits=self._visits(),
            opinions=self._opinions(),
            acceptances=self._acceptances(),
            confirmations=self._confirmations(),
            promises=self._promises(),
            penalties=self._penalties(),
            attached=self._attached(),
            sent=self._sent(),
            editions=self._editions(),
            seals=self._seals(),
            missing=missing_for_archive(case_facts(self._sitting, one)),
            secrecy=policy.archive.secrecy,
            archived=self._archived(),
        )

    def _place(self) -> tuple[str, str, Contract | None]:
        one = self._ticket
        contract = self._session.get(Contract, one.contract_id) if one.contract_id else None
        project = (
            self._session.get(Project, contract.project_id) if contract and contract.project_id else None
        )
        school = self._session.get(School, one.school_id) if one.school_id else None
        return school.name if school else "", project.name if project else "", contract

    def _person(self, person_id: int | None) -> Somebody | None:
        return self._somebody(person_id) if person_id is not None else None

    def _somebody(self, person_id: int) -> Somebody:
        """Read once per case; roles are those at this school and at the vendor, past ones too."""
        if person_id not in self._people:
            row = self._session.get_one(Person, person_id)
            held = self._session.scalars(
                select(Membership.role).where(
                    Membership.person_id == person_id,
                    Membership.school_id.is_(None) | (Membership.school_id == self._ticket.school_id),
                )
            )
            roles = frozenset(Role(role) for role in held)
            self._people[person_id] = Somebody(id=row.id, name=row.name, phone=row.phone, roles=roles)
        return self._people[person_id]

    def _number_of(self, ticket_id: int | None) -> str:
        if ticket_id is None:
            return ""
        return self._session.scalar(select(Ticket.number).where(Ticket.id == ticket_id)) or ""

    def _numbers(self) -> Mapping[tuple[Record, int], str]:
        found = self._session.execute(
            select(Number.record, Number.attempt, Number.number)
            .where(Number.ticket_id == self._ticket.id)
            .order_by(Number.id)
        )
        numbers = {(Record.REGISTER, 1): self._ticket.number}
        return numbers | {(Record(record), attempt): number for record, attempt, number in found}

    def _happened(self, event: Event) -> Happened:
        return Happened(
            id=event.id,
            at=event.at,
            recorded_at=event.recorded_at,
            name=event.name,
            round=event.round,
            by=self._person(event.actor_id),
            acted_as=event.actor_as,
            data=event.data,
            is_internal=event.is_internal,
        )

    def _reviews(self) -> tuple[ReviewFact, ...]:
        found = self._session.scalars(
            select(Review).where(Review.ticket_id == self._ticket.id).order_by(Review.id)
        )
        return tuple(
            ReviewFact(
                round=one.round,
                outcome=one.outcome,
                reason=one.reason,
                by=self._somebody(one.reviewer_id),
                at=one.at,
            )
            for one in found
        )

    def _plans(self) -> tuple[PlanFact, ...]:
        found = self._session.scalars(
            select(Plan).where(Plan.ticket_id == self._ticket.id).order_by(Plan.version)
        ).all()
        steps = self._session.scalars(
            select(PlanStep)
            .where(PlanStep.plan_id.in_([one.id for one in found]))
            .order_by(PlanStep.plan_id, PlanStep.step)
        ).all()
        return tuple(
            PlanFact(
                round=one.round,
                version=one.version,
                fee=one.fee,
                fee_clause=one.fee_clause,
                fee_fen=one.fee_fen,
                by=self._somebody(one.author_id),
                handed_at=one.handed_at,
                answer=one.answer,
                answered_at=one.answered_at,
                answered_by=self._person(one.answered_by),
                steps=tuple(
                    StepFact(step=step.step, what=step.what, due_at=step.due_at, done_at=step.done_at)
                    for step in steps
                    if step.plan_id == one.id
                ),
            )
            for one in found
        )

    def _orders(self) -> tuple[OrderFact, ...]:
        found = self._session.execute(
            select(WorkOrder, Plan.version)
            .outerjoin(Plan, Plan.id == WorkOrder.plan_id)
            .where(WorkOrder.ticket_id == self._ticket.id)
            .order_by(WorkOrder.id)
        )
        return tuple(
            OrderFact(
                round=one.round,
                plan_version=version or 0,
                by=self._somebody(one.implementer_id),
                opened_at=one.opened_at,
                done_at=one.done_at,
                words=one.words,
            )
            for one, version in found
        )

    def _visits(self) -> tuple[VisitFact, ...]:
        found = self._session.scalars(
            select(Visit).where(Visit.ticket_id == self._ticket.id).order_by(Visit.id)
        )
        return tuple(
            VisitFact(
                round=self._round_at(one.departed_at),
                by=self._somebody(one.person_id),
                departed_at=one.departed_at,
                arrived_at=one.arrived_at,
                place=one.place or {},
            )
            for one in found
        )

    def _round_at(self, departed_at: datetime) -> int:
        """A visit has no round of its own: that of the event which it began with."""
        begun = (
            one.round for one in self._events if one.at == departed_at and one.name in {"depart", "arrive"}
        )
        return next(begun, self._ticket.round)

    def _opinions(self) -> tuple[OpinionFact, ...]:
        found = self._session.scalars(
            select(Opinion).where(Opinion.ticket_id == self._ticket.id).order_by(Opinion.id)
        )
        return tuple(
            OpinionFact(
                round=one.round,
                by=self._person(one.person_id),
                answer=one.answer,
                mark=one.mark,
                words=one.words,
                channel=one.channel,
                at=one.at,
            )
            for one in found
        )

    def _acceptances(self) -> tuple[AcceptanceFact, ...]:
        found = self._session.scalars(
            select(Acceptance).where(Acceptance.ticket_id == self._ticket.id).order_by(Acceptance.attempt)
        )
        return tuple(
            AcceptanceFact(
                round=one.round,
                attempt=one.attempt,
                implementer=self._somebody(one.implementer_id),
                implemented_at=one.implemented_at,
                lead=self._person(one.lead_id),
                change_is_right=one.change_is_right,
                software_reconfirmed=one.software_reconfirmed,
                verdict=one.verdict,
                words=one.words,
                at=one.at,
            )
            for one in found
        )

    def _confirmations(self) -> tuple[ConfirmationFact, ...]:
        names = {event.id: (event.name, event.actor_as) for event in self._events}
        found = self._session.execute(
            select(Confirmation, Account.channel, Account.bound_how, Inbox.external_id)
            .outerjoin(Account, Account.id == Confirmation.account_id)
            .outerjoin(Inbox, Inbox.id == Confirmation.inbox_id)
            .where(Confirmation.ticket_id == self._ticket.id)
            .order_by(Confirmation.id)
        )
        return tuple(
            ConfirmationFact(
                number=one.number,
                event_id=one.event_id,
                event=names[one.event_id][0],
                by=self._person(one.person_id),
                acted_as=names[one.event_id][1],
                channel=channel or "",
                bound_how=how or "",
                message=message or "",
                digest=one.digest,
                shown_digest=one.shown_digest,
                is_intact=sha256(one.content.encode()) == one.digest,
                at=one.at,
            )
            for one, channel, how, message in found
        )

    def _promises(self) -> tuple[PromiseFact, ...]:
        found = self._session.scalars(
            select(PromiseRow).where(PromiseRow.ticket_id == self._ticket.id).order_by(PromiseRow.id)
        )
        return tuple(self._promise(row) for row in found)

    def _promise(self, row: PromiseRow) -> PromiseFact:
        promise, life = Promise(row.promise), watching.life_of(self._sitting, row)
        policy = self._sitting.rulebook.policy(self._session, row.policy_id)
        workdays = self._sitting.rulebook.workdays(self._session, self._sitting.now)
        begun = segments_from_json(row.segments)[:1]
        first = derive(begun, policy.terms.get(promise), workdays, policy.zone, self._sitting.now)
        return PromiseFact(
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
        )

    def _penalties(self) -> tuple[PenaltyFact, ...]:
        found = self._session.scalars(
            select(Penalty).where(Penalty.ticket_id == self._ticket.id).order_by(Penalty.id)
        )
        return tuple(
            PenaltyFact(
                promise=Promise(one.promise),
                round=one.round,
                amount_fen=one.amount_fen,
                taken_fen=one.taken_fen,
                state=one.state,
            )
            for one in found
        )

    def _attached(self) -> tuple[AttachedFact, ...]:
        found = self._session.scalars(
            select(Attachment).where(Attachment.ticket_id == self._ticket.id).order_by(Attachment.id)
        )
        return tuple(
            AttachedFact(
                event_id=one.event_id, kind=one.kind, name=one.name, digest=one.digest, state=one.state
            )
            for one in found
        )

    def _sent(self) -> tuple[SentFact, ...]:
        """How the receipts left: by the accounts of those they were for, which an index finds."""
        receipts = [event.id for event in self._events if event.name == "decline"]
        if not receipts:
            return ()
        ticket = self._ticket
        at_school = select(Membership.person_id).where(Membership.school_id == ticket.school_id)
        accounts = select(Account.id).where(
            (Account.person_id == ticket.reporter_id)
            | (Account.id == ticket.reporter_account_id)
            | Account.person_id.in_(at_school)
        )
        found = self._session.execute(
            select(Outbox, Account.channel)
            .join(Account, Account.id == Outbox.account_id)
            .where(
                Outbox.account_id.in_(accounts),
                Outbox.ticket_id == ticket.id,
                Outbox.event_id.in_(receipts),
            )
            .order_by(Outbox.id)
        )
        return tuple(
            SentFact(
                event_id=one.event_id or 0,
                channel=channel,
                to=self._person(one.person_id),
                state=one.state,
                sent_at=one.sent_at,
            )
            for one, channel in found
        )

    def _editions(self) -> tuple[EditionFact, ...]:
        found = self._session.scalars(
            select(RecordEdition).where(RecordEdition.ticket_id == self._ticket.id).order_by(RecordEdition.id)
        )
        return tuple(
            EditionFact(
                id=one.id,
                record=Record(one.record),
                attempt=one.attempt,
                number=one.number,
                edition=one.edition,
                form_number=one.form_number,
                form_version=one.form_version,
                content=one.content,
                digest=one.digest,
                print_digest=one.print_digest,
                left_open=tuple(str(label) for label in one.left_open),
                pages=one.pages,
                reason=one.reason,
                by=self._person(one.author_id),
                made_at=one.made_at,
                event_id=one.event_id,
            )
            for one in found
        )

    def _seals(self) -> tuple[SealFact, ...]:
        found = self._session.scalars(
            select(ChainLink).where(ChainLink.ticket_id == self._ticket.id).order_by(ChainLink.n)
        )
        return tuple(
            SealFact(
                n=one.n,
                kind=Sealed(one.kind),
                previous=one.previous,
                digest=one.digest,
                edition_id=one.edition_id,
            )
            for one in found
        )

    def _archived(self) -> ArchivedFact | None:
        one = self._session.scalar(select(Archived).where(Archived.ticket_id == self._ticket.id))
        if one is None or not one.file_number:
            return None
        return ArchivedFact(
            file_number=one.file_number,
            term=one.term,
            kept_until=one.kept_until,
            secrecy=one.secrecy,
            at=one.at,
        )
