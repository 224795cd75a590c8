"""Who speaks for a school where something must be agreed: its representative, and who stands in for one."""

from sqlalchemy import select

from agreement.words import Relation, Role
from desk.sitting import Sitting
from storage.tables import Membership, Ticket


def has_representative(sitting: Sitting, ticket: Ticket) -> bool:
    """Whether the ticket's school has named one. None named: the desk must get one named (acts)."""
    return ticket.school_id is not None and is_represented(sitting, ticket.school_id)


def is_represented(sitting: Sitting, school_id: int) -> bool:
    """Whether this school has named a representative."""
    named = select(Membership.id).where(
        Membership.school_id == school_id,
        Membership.role == Role.REPRESENTATIVE.value,
        Membership.until_at.is_(None),
    )
    return sitting.session.scalar(named.limit(1)) is not None


def reporter_stands_in(sitting: Sitting, ticket: Ticket) -> tuple[Relation, ...]:
    """The relation of a reporter who answers for a school without a representative; empty for anybody else."""
    if ticket.reporter_id is None or ticket.reporter_id != sitting.actor.person_id or ticket.school_id is None:
        return ()
    return () if has_representative(sitting, ticket) else (Relation.REPRESENTATIVE,)


def speaks_for_school(sitting: Sitting, ticket: Ticket) -> bool:
    """Whether the actor's own word is the school's: its representative, or the reporter who stands in for one."""
    if ticket.school_id is not None and sitting.actor.is_at(ticket.school_id, Role.REPRESENTATIVE):
        return True
    return bool(reporter_stands_in(sitting, ticket))
