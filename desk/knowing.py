"""What questions offer and guesses rest on: schools, people, rooms, systems, steps, the fee. Ids with names."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, select

from agreement.coverage import fee_proposal
from agreement.words import SCHOOL_ROLES, Kind, Role, State
from desk.scanned_rooms import scanned_room
from desk.schedule import steps_open
from desk.showing import OPEN, open_for
from desk.sitting import Sitting
from desk.vocabulary import Known, Names
from storage.around import OPENING, OwnTicket
from storage.prepared import Prepared
from storage.rosters import leaves
from storage.tables import (
    Contract,
    Invite,
    Membership,
    Person,
    PlanStep,
    School,
    Ticket,
    Visit,
)


def schools(sitting: Sitting) -> list[Known]:
    """The actor's schools; a stranger's is that of the room whose QR they scanned."""
    mine = sitting.actor.schools()
    if not mine:
        room = scanned_room(sitting)
        mine = (room.school_id,) if room is not None else ()
    by_name = dict(sitting.actor.schools_by_name)
    if by_name.keys() >= set(mine):
        return [Known(school, by_name[school]) for school in sorted(mine)]
    rows = sitting.session.execute(SCHOOLS, {"these": list(mine)})
    return [Known(school, name) for school, name in rows]


SCHOOLS = (
    select(School.id, School.name)
    .where(School.id.in_(bindparam("these", expanding=True)))
    .order_by(School.id)
)


def all_schools(sitting: Sitting) -> list[Known]:
    """Every school of this vendor, for the desk."""
    rows = sitting.session.execute(select(School.id, School.name).order_by(School.id))
    return [Known(school, name) for school, name in rows]


def usual_school(sitting: Sitting) -> int | None:
    """The school of the actor's last report."""
    return sitting.session.scalar(
        select(Ticket.school_id)
        .where(Ticket.reporter_id == sitting.actor.person_id, Ticket.reporter_id.is_not(None))
        .order_by(Ticket.id.desc())
        .limit(1)
    )


def school_of(sitting: Sitting, person_id: int) -> int | None:
    """The person's school, where there is but one."""
    found = sitting.session.scalars(
        select(Membership.school_id)
        .where(
            Membership.person_id == person_id,
            Membership.school_id.is_not(None),
            Membership.until_at.is_(None),
        )
        .distinct()
    ).all()
    return found[0] if len(found) == 1 else None


def people_of(sitting: Sitting, school_id: int) -> list[Known]:
    """The school's staff."""
    rows = sitting.session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.school_id == school_id,
            Membership.until_at.is_(None),
            Membership.role.in_([role.value for role in SCHOOL_ROLES]),
        )
        .distinct()
        .order_by(Person.id)
    )
    return [Known(person, name) for person, name in rows]


def colleagues(sitting: Sitting, first: Sequence[int]) -> list[Known]:
    """Other engineers, these first and in this order."""
    rows = sitting.session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.role == Role.ENGINEER.value,
            Membership.until_at.is_(None),
            Person.id != (sitting.actor.person_id or 0),
        )
        .distinct()
    )
    rank = {person: place for place, person in enumerate(first)}
    known = [Known(person, name) for person, name in rows]
    return sorted(known, key=lambda one: (rank.get(one.id, len(rank)), one.id))


def on_leave(sitting: Sitting) -> dict[int, datetime]:
    """Who is away now, and until when."""
    return {one.person_id: one.ends_at for one in leaves(sitting.session, sitting.now, sitting.now)}


def names_of(sitting: Sitting, school_id: int) -> Names:
    """The school's rooms and the systems delivered to it, with the other names that people use."""
    return sitting.rulebook.vocabulary.of(sitting.session, school_id, sitting.now)


def of_their_school(sitting: Sitting) -> list[OwnTicket]:
    """What is open at the schools that this person represents, as their own would be told; none for anybody else."""
    if Role.REPRESENTATIVE not in sitting.actor.roles:
        return []
    found = open_for(sitting)
    return [OwnTicket(one.id, one.ordinal, one.text[:OPENING], waiting="", is_solved=False) for one in found]


def in_hand(sitting: Sitting) -> dict[int, bool]:
    """The open tickets that this engineer has, the newest first; whether they set out to one and did not arrive yet."""
    values = {"engineer": sitting.actor.person_id, "states": list(OPEN)}
    return {ticket: bool(on_the_way) for ticket, on_the_way in IN_HAND.rows(sitting.session, values)}


_ME = bindparam("engineer", type_=Ticket.id.type)
IN_HAND = Prepared(
    select(
        Ticket.id,
        exists().where(Visit.ticket_id == Ticket.id, Visit.person_id == _ME, Visit.arrived_at.is_(None)),
    )
    .where(Ticket.assignee_id == _ME, Ticket.state.in_(bindparam("states", expanding=True)))
    .order_by(Ticket.id.desc())
)


def is_withdrawn(sitting: Sitting, ticket_id: int) -> bool:
    """Whether the reporter took it back."""
    return bool(sitting.session.get_one(Ticket, ticket_id).state == State.CANCELLED.value)


def open_steps(sitting: Sitting, ticket_id: int) -> list[PlanStep]:
    """Steps of the agreed plan that are not done."""
    ticket = sitting.session.get_one(Ticket, ticket_id)
    return steps_open(sitting, ticket)


def fee(sitting: Sitting, ticket_id: int) -> tuple[str, str]:
    """(free or paid, key of the clause) as the school's contract proposes it."""
    ticket = sitting.session.get_one(Ticket, ticket_id)
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    contract = sitting.session.get(Contract, ticket.contract_id) if ticket.contract_id else None
    proposal = fee_proposal(
        Kind(ticket.kind),
        ticket.reported_at.astimezone(policy.zone).date(),
        contract.accepted_on if contract else None,
        policy.warranty_days,
    )
    return proposal.mode.value, proposal.clause


def invited_name(sitting: Sitting, code_hash: str) -> str:
    """The name of the person an invite is for; empty when it makes a new one."""
    return (
        sitting.session.scalar(
            select(Person.name).join(Invite, Invite.person_id == Person.id).where(Invite.code == code_hash)
        )
        or ""
    )
