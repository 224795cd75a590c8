"""What every part of a case is read with: its ticket, what happened to it, and the people in it."""

from sqlalchemy import select

from agreement.words import Role
from desk.happened import Somebody
from desk.sitting import Sitting
from storage.tables import Event, Membership, Person, Ticket


class CaseGround:
    """One case in one transaction. People are read once."""

    def __init__(self, sitting: Sitting, ticket: Ticket) -> None:
        self.sitting = sitting
        self.session = sitting.session
        self.ticket = ticket
        self.events = list(
            self.session.scalars(select(Event).where(Event.ticket_id == ticket.id).order_by(Event.id))
        )
        self._people: dict[int, Somebody] = {}

    def somebody(self, person_id: int) -> Somebody:
        """Read once per case; roles are those at this school and at the vendor, past ones too."""
        if person_id not in self._people:
            row = self.session.get_one(Person, person_id)
            held = self.session.scalars(
                select(Membership.role).where(
                    Membership.person_id == person_id,
                    Membership.school_id.is_(None) | (Membership.school_id == self.ticket.school_id),
                )
            )
            roles = frozenset(Role(role) for role in held)
            self._people[person_id] = Somebody(id=row.id, name=row.name, phone=row.phone, roles=roles)
        return self._people[person_id]

    def person(self, person_id: int | None) -> Somebody | None:
        """The same, where there may be nobody."""
        return self.somebody(person_id) if person_id is not None else None
