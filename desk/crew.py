"""The people around one ticket and the lines to them: what the table of notices is turned into addresses by."""

from collections.abc import Sequence
from dataclasses import dataclass

from agreement.escalation import ROLE_OF as ROLE_OF_RUNG
from agreement.words import Role
from desk.crew_found import WITH_HOLDERS, WITHOUT_HOLDERS
from desk.notices import Audience, Notice
from desk.sitting import Actor, Sitting
from storage.tables import Ticket

ROLE_OF = {
    Audience.REPRESENTATIVE: Role.REPRESENTATIVE,
    Audience.LEAD: Role.LEAD,
    Audience.DESK: Role.DESK,
    Audience.ARCHIVIST: Role.ARCHIVIST,
    Audience.MANAGER: Role.MANAGER,
}


@dataclass(frozen=True)
class Line:
    """One account to write to, and what its person is; account 0 is that of a person who has none."""

    account_id: int
    channel: str
    chat: str
    person_id: int | None
    role: Role | None
    on_duty: bool
    reachable: bool
    follows: bool = False  # the ticket: the reporter of one that was merged into it
    holds: bool = False  # a card of it


def _key(line: Line) -> int:
    """Whoever the line is of: a person, or a stranger known by the account only."""
    return line.person_id if line.person_id is not None else -line.account_id


class Crew:
    """The people around one ticket, each with their lines, the preferred first."""

    def __init__(
        self,
        ticket: Ticket,
        actor: Actor,
        named: frozenset[int],
        lines: Sequence[Line],
        *,
        without_shift: Sequence[Role],
    ) -> None:
        """`without_shift`: who hears of a new matter while nobody is on duty."""
        self._ticket = ticket
        self._actor = actor
        self._named = named
        self._without_shift = without_shift
        self._holders = {line.person_id for line in lines if line.holds and line.person_id is not None}
        self._followers = {_key(line) for line in lines if line.follows}
        self._lines: dict[int, list[Line]] = {}
        self._roles: dict[int, set[Role]] = {}
        self._on_duty: set[int] = set()
        for line in lines:
            key = _key(line)
            if line.account_id not in {one.account_id for one in self._lines.setdefault(key, [])}:
                self._lines[key].append(line)
            if line.role is not None:
                self._roles.setdefault(key, set()).add(line.role)
            if line.on_duty:
                self._on_duty.add(key)

    def audience(self, audience: Audience, told: set[int]) -> list[tuple[int, list[Line]]]:
        """(key of the person, lines) of everybody in this audience who was not told yet."""
        wanted = self._wanted(audience)
        actor = self._actor_key()
        return [
            (key, self._ordered(key))
            for key in wanted
            if key not in told and key in self._lines and (audience is Audience.ACTOR or key != actor)
        ]

    def _ordered(self, key: int) -> list[Line]:
        # An actor is answered where they wrote from.
        if key == self._actor_key():
            return sorted(self._lines[key], key=lambda line: line.account_id != self._actor.account_id)
        return self._lines[key]

    def _actor_key(self) -> int | None:
        if self._actor.person_id is not None:
            return self._actor.person_id
        return -self._actor.account_id if self._actor.account_id is not None else None

    def _wanted(self, audience: Audience) -> list[int]:
        ticket = self._ticket
        reporter = (
            ticket.reporter_id if ticket.reporter_id is not None else -(ticket.reporter_account_id or 0)
        )
        reporters = [reporter, *sorted(self._followers)]
        assignee = [ticket.assignee_id] if ticket.assignee_id is not None else []
        actor = self._actor_key()
        match audience:
            case Audience.ACTOR:
                return [actor] if actor is not None else []
            case Audience.REPORTER:
                return reporters
            case Audience.CUSTOMER:
                return [*reporters, *self._having(Role.REPRESENTATIVE)]
            case Audience.REPRESENTATIVE_ELSE_DESK:
                return self._having(Role.REPRESENTATIVE) or self._having(Role.DESK)
            case Audience.AGREEING:
                return self._having(Role.REPRESENTATIVE) or reporters
            case Audience.ASSIGNEE:
                return assignee
            case Audience.ASSIGNEE_ELSE_DESK:
                return assignee or self._having(Role.DESK) or self._duty()
            case Audience.ON_DUTY:
                return self._duty() or [key for role in self._without_shift for key in self._having(role)]
            case Audience.HOLDERS:
                return sorted(self._holders)
            case Audience.NAMED:
                return sorted(self._named)
            case _:
                return self._having(ROLE_OF[audience])

    def _duty(self) -> list[int]:
        return [key for key in sorted(self._on_duty) if Role.ENGINEER in self._roles.get(key, ())]

    def _having(self, role: Role) -> list[int]:
        return sorted(key for key, roles in self._roles.items() if role in roles)


def crew_of(sitting: Sitting, ticket: Ticket, rows: Sequence[Notice], named: frozenset[int]) -> Crew:
    """Everybody whom these rows of the table may mean, and the people that the event names."""
    people = {ticket.reporter_id, ticket.assignee_id, sitting.actor.person_id, *named}
    accounts = {sitting.actor.account_id, ticket.reporter_account_id if ticket.reporter_id is None else None}
    audiences = {row.audience for row in rows}
    without_shift = _without_shift(sitting, ticket)
    query = WITH_HOLDERS if Audience.HOLDERS in audiences else WITHOUT_HOLDERS
    found = query.rows(
        sitting.session,
        {
            "ticket": ticket.id,
            "school": ticket.school_id,
            "now": sitting.now,
            "roles": sorted(role.value for role in _roles_needed(audiences, without_shift)),
            "people": sorted(one for one in people if one is not None),
            "accounts": sorted(one for one in accounts if one is not None),
        },
    )
    lines = [
        Line(
            account or 0,
            channel or "",
            chat or "",
            person,
            Role(role) if role else None,
            bool(on_duty),
            bool(reachable),
            bool(follows),
            bool(holds),
        )
        for account, channel, chat, person, role, on_duty, reachable, follows, holds, _rank in found
    ]
    return Crew(ticket, sitting.actor, named, lines, without_shift=without_shift)


def _without_shift(sitting: Sitting, ticket: Ticket) -> tuple[Role, ...]:
    """By the contract's ladder; the desk besides, for it watches the clocks in any case."""
    ladder = sitting.rulebook.policy(sitting.session, ticket.policy_id).ladder
    return tuple(dict.fromkeys([*(ROLE_OF_RUNG[one] for one in ladder.nobody_on_duty), Role.DESK]))


def _roles_needed(audiences: set[Audience], without_shift: Sequence[Role]) -> set[Role]:
    needed = {ROLE_OF[one] for one in audiences if one in ROLE_OF}
    if audiences & {Audience.CUSTOMER, Audience.AGREEING, Audience.REPRESENTATIVE_ELSE_DESK}:
        needed.add(Role.REPRESENTATIVE)
    if audiences & {Audience.ASSIGNEE_ELSE_DESK, Audience.REPRESENTATIVE_ELSE_DESK}:
        needed |= {Role.DESK, Role.ENGINEER}
    if Audience.ON_DUTY in audiences:
        needed |= {Role.ENGINEER, *without_shift}
    return needed
