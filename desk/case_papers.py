"""Of one case: its numbers, what was sent along and handed out, its closed records and where it is filed."""

from collections.abc import Mapping

from sqlalchemy import select

from agreement.chain import Sealed
from agreement.printed import Fault
from agreement.words import Record
from desk.case_ground import CaseGround
from desk.paper_facts import ArchivedFact, AttachedFact, EditionFact, SealFact, SentFact
from storage.tables import Account, Archived, Attachment, ChainLink, Membership, Number, Outbox, RecordEdition


def numbers(case: CaseGround) -> Mapping[tuple[Record, int], str]:
    """The number of each record that has one."""
    found = case.session.execute(
        select(Number.record, Number.attempt, Number.number)
        .where(Number.ticket_id == case.ticket.id)
        .order_by(Number.id)
    )
    numbers = {(Record.REGISTER, 1): case.ticket.number}
    return numbers | {(Record(record), attempt): number for record, attempt, number in found}


def attached(case: CaseGround) -> tuple[AttachedFact, ...]:
    """What was sent along."""
    found = case.session.scalars(
        select(Attachment).where(Attachment.ticket_id == case.ticket.id).order_by(Attachment.id)
    )
    return tuple(
        AttachedFact(
            event_id=one.event_id,
            kind=one.kind,
            name=one.name,
            digest=one.digest,
            state=one.state,
            media_type=one.media_type,
        )
        for one in found
    )


def sent(case: CaseGround) -> tuple[SentFact, ...]:
    """How the receipts left: by the accounts of those they were for, which an index finds."""
    receipts = [event.id for event in case.events if event.name == "decline"]
    if not receipts:
        return ()
    ticket = case.ticket
    at_school = select(Membership.person_id).where(Membership.school_id == ticket.school_id)
    accounts = select(Account.id).where(
        (Account.person_id == ticket.reporter_id)
        | (Account.id == ticket.reporter_account_id)
        | Account.person_id.in_(at_school)
    )
    found = case.session.execute(
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
            to=case.person(one.person_id),
            state=one.state,
            sent_at=one.sent_at,
        )
        for one, channel in found
    )


def editions(case: CaseGround) -> tuple[EditionFact, ...]:
    """Each closed edition of each record."""
    found = case.session.scalars(
        select(RecordEdition).where(RecordEdition.ticket_id == case.ticket.id).order_by(RecordEdition.id)
    )
    return tuple(
        EditionFact(
            id=one.id,
            record=Record(one.record),
            attempt=one.attempt,
            number=one.number,
            edition=one.edition,
            content=one.content,
            digest=one.digest,
            print_digest=one.print_digest,
            left_open=tuple(str(label) for label in one.left_open),
            pages=one.pages,
            print_faults=tuple(map(Fault, one.print_faults)) if one.print_faults is not None else None,
            reason=one.reason,
            by=case.person(one.author_id),
            made_at=one.made_at,
            event_id=one.event_id,
        )
        for one in found
    )


def seals(case: CaseGround) -> tuple[SealFact, ...]:
    """Its links of the chain."""
    found = case.session.scalars(
        select(ChainLink).where(ChainLink.ticket_id == case.ticket.id).order_by(ChainLink.n)
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


def archived(case: CaseGround) -> ArchivedFact | None:
    """Where it is filed; None before 归档."""
    one = case.session.scalar(select(Archived).where(Archived.ticket_id == case.ticket.id))
    if one is None or not one.file_number:
        return None
    return ArchivedFact(
        file_number=one.file_number,
        term=one.term,
        kept_until=one.kept_until,
        secrecy=one.secrecy,
        at=one.at,
    )
