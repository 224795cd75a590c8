"""Whether whoever confirmed something was entitled to it at that time: what they were then, not what they are now."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select

from agreement.words import Role
from desk.case_ground import CaseGround
from storage.tables import Event, Membership

CUSTOMERS: Final = frozenset({Role.TEACHER, Role.REPRESENTATIVE})
SCHOOLS_WORD: Final = frozenset({Role.REPRESENTATIVE})
# Event → the roles of which one must have been held: at the school of the case, of the vendor's words at the vendor.
ASKED: Final[Mapping[str, frozenset[Role]]] = {
    "agree": SCHOOLS_WORD,
    "confirm_request": SCHOOLS_WORD,
    "solved": CUSTOMERS,
    "no_objection": CUSTOMERS,
    "urgent": CUSTOMERS,
    "resort": CUSTOMERS,
    "done": frozenset({Role.ENGINEER}),
    "accept": frozenset({Role.LEAD, Role.MANAGER}),
    "reject": frozenset({Role.LEAD, Role.MANAGER}),
    "test": frozenset({Role.ENGINEER}),
    "close": frozenset({Role.DESK}),
    "archive": frozenset({Role.ARCHIVIST}),
    # A written request that whoever speaks for the school filed or wrote anew is confirmed by that very tap.
    "report": SCHOOLS_WORD,
    "revise_request": SCHOOLS_WORD,
    # The ledger's, which are confirmations on both sides.
    "penalty_claimed": SCHOOLS_WORD,
    "penalty_let_go": SCHOOLS_WORD,
    "penalty_agreed": frozenset({Role.MANAGER}),
    "penalty_disputed": frozenset({Role.MANAGER}),
    "penalty_explained": frozenset({Role.REPRESENTATIVE, Role.MANAGER}),
    "penalty_deducted": frozenset({Role.MANAGER}),
}


class Held:
    """The roles of those people at the school of a case and at the vendor, with their times."""

    def __init__(self, case: CaseGround, people: Sequence[int | None]) -> None:
        # Whoever reported it before an invite said who that was (desk/self_made.py) was its reporter then.
        before = (one.data.get("was") for one in case.events if one.name == "bound_later")
        self._reporter = case.ticket.reporter_id
        self._reporters = {self._reporter, *before} - {None}
        school = case.ticket.school_id
        at_school = (Membership.school_id == school) & (Membership.role == Role.REPRESENTATIVE.value)
        theirs = Membership.person_id.in_({one for one in people if one is not None})
        here = Membership.school_id.is_(None) | (Membership.school_id == school)
        query = select(Membership).where((theirs & here) | at_school)
        self._rows = list(case.session.scalars(query)) if people else []

    def may(self, event: Event) -> bool:
        """Whether its author may confirm that. The reporter is a customer, also of a school that is not known yet, and
        answers for a school that has named no representative."""
        asked = ASKED.get(event.name, frozenset())
        if asked & self._roles(event):
            return True
        if event.actor_id not in self._reporters:
            return False
        return asked == CUSTOMERS or (asked == SCHOOLS_WORD and not self._represented(event))

    def is_whose(self, event: Event, owner: int | None) -> bool:
        """Whether the account by which it was said belongs to its author, or to who the author turned out to be."""
        both_reported = owner == self._reporter and event.actor_id in self._reporters
        return owner in {None, event.actor_id} or both_reported

    def _roles(self, event: Event) -> frozenset[Role]:
        return frozenset(
            Role(one.role) for one in self._rows if one.person_id == event.actor_id and _held(one, event)
        )

    def _represented(self, event: Event) -> bool:
        return any(one.role == Role.REPRESENTATIVE.value and _held(one, event) for one in self._rows)


def _held(one: Membership, event: Event) -> bool:
    """When it was said or when it was written down: of a word of before the author may have become known since."""
    return one.since_at <= event.recorded_at and (one.until_at is None or one.until_at > event.at)
