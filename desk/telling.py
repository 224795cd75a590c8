"""From an event and the table of notices to outbox rows: who, on which line, what, how.

A row names the notice and its values, not its text: delivery renders the card of the moment it leaves, in the
reader's language. The unique `telling` key lets nobody be told the same thing twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from agreement.words import Role
from desk.notices import Audience, How, Notice, notices_of
from desk.sitting import Actor, Sitting
from storage.tables import Account, Call, Event, Follower, Lane, Membership, Outbox, Person, Shift, Ticket
from storage.work import wake
from texts.say import to_json

ROLE_OF = {
    Audience.REPRESENTATIVE: Role.REPRESENTATIVE,
    Audience.LEAD: Role.LEAD,
    Audience.DESK: Role.DESK,
    Audience.ARCHIVIST: Role.ARCHIVIST,
    Audience.MANAGER: Role.MANAGER,
}
DELIVERY = "delivery"


@dataclass(frozen=True)
class Line:
    """One account to write to, and what its person is."""

    account_id: int
    channel: str
    chat: str
    person_id: int | None
    role: Role | None
    on_duty: bool
    reachable: bool
    follows: bool = False  # the ticket: the reporter of one that was merged into it
    holds: bool = False  # an engineer with a card of it


def tell(
    sitting: Sitting,
    ticket: Ticket,
    event: Event,
    *,
    named: Iterable[int] = (),
    values: Mapping[str, object] | None = None,
    occasion: str = "",
) -> None:
    """Write the outbox rows of one event. `named` are the people that the event itself names.

    `occasion` picks other rows of the table than the event's own: an acknowledgement that another act implies
    is told by that act.
    """
    rows = [row for row in notices_of(occasion or event.name) if row.audience is not Audience.NOBODY]
    if not rows:
        return
    crew = _crew(sitting, ticket, rows, frozenset(named))
    told: set[int] = set()
    messages: list[tuple[Line, Notice]] = []
    for row in rows:
        for person_key, lines in crew.audience(row.audience, told):
            told.add(person_key)
            line = next((one for one in lines if one.reachable), None)
            if line is None:
                _ask_to_call(sitting, ticket, lines, row)
            else:
                messages.append((line, row))
    put(
        sitting.session,
        sitting.now,
        [
            Telling(
                line=line,
                key=f"e{event.id}:{line.account_id}",
                weight=row.weight.value,
                ticket_id=ticket.id,
                event_id=event.id,
                body={"notice": row.name, "how": row.how.value, "values": _as_json(values or {})},
            )
            for line, row in messages
        ],
    )


def _as_json(values: Mapping[str, object]) -> dict[str, object]:
    return {name: to_json(value) for name, value in values.items()}


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One outbox row to be."""

    line: Line
    key: str
    weight: str
    body: Mapping[str, object]
    ticket_id: int | None = None
    event_id: int | None = None
    question: str = ""


def put(session: Session, now: datetime, tellings: Sequence[Telling]) -> None:
    """Queue messages in the lanes of their chats. Lanes are touched in one order: two writers never embrace."""
    if not tellings:
        return
    chats = sorted({(one.line.channel, one.line.chat) for one in tellings})
    lanes = _open_lanes(session, now, chats)
    rows = [
        {
            "lane_id": lanes[(one.line.channel, one.line.chat)],
            "account_id": one.line.account_id,
            "person_id": one.line.person_id,
            "telling": one.key,
            "weight": one.weight,
            "body": dict(one.body),
            "ticket_id": one.ticket_id,
            "event_id": one.event_id,
            "question": one.question,
            "state": "queued",
            "attempts": 0,
            "created_at": now,
            "message_id": "",
            "reason": "",
        }
        for one in tellings
    ]
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(make(Outbox).values(rows).on_conflict_do_nothing(index_elements=["telling"]))
    wake(session, DELIVERY)


def _open_lanes(session: Session, now: datetime, chats: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = make(Lane).values([{"channel": channel, "chat": chat, "next_at": now} for channel, chat in chats])
    # A lane that waits out a platform's "later" keeps its own moment; an empty one starts now.
    kept = new.on_conflict_do_update(
        index_elements=["channel", "chat"],
        set_={"next_at": _earlier(new.excluded.next_at)},
    ).returning(Lane.id, Lane.channel, Lane.chat)
    return {(channel, chat): lane for lane, channel, chat in session.execute(kept)}


def _earlier(new: ColumnElement[datetime]) -> ColumnElement[datetime]:
    return func.coalesce(Lane.next_at, new)


class Crew:
    """The people around one ticket, each with their lines, the preferred first."""

    def __init__(self, ticket: Ticket, actor: Actor, named: frozenset[int], lines: Sequence[Line]) -> None:
        self._ticket = ticket
        self._actor = actor
        self._named = named
        self._holders = {line.person_id for line in lines if line.holds and line.person_id is not None}
        self._followers = {line.person_id for line in lines if line.follows and line.person_id is not None}
        self._lines: dict[int, list[Line]] = {}
        self._roles: dict[int, set[Role]] = {}
        self._on_duty: set[int] = set()
        for line in lines:
            key = line.person_id if line.person_id is not None else -line.account_id
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
            case Audience.AGREEING:
                return self._having(Role.REPRESENTATIVE) or [*reporters, *self._having(Role.DESK)]
            case Audience.ASSIGNEE:
                return assignee
            case Audience.ASSIGNEE_ELSE_DESK:
                return assignee or self._having(Role.DESK) or self._duty()
            case Audience.ON_DUTY:
                return self._duty() or [*self._having(Role.LEAD), *self._having(Role.DESK)]
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


def _crew(sitting: Sitting, ticket: Ticket, rows: Sequence[Notice], named: frozenset[int]) -> Crew:
    people = {ticket.reporter_id, ticket.assignee_id, sitting.actor.person_id, *named}
    accounts = {sitting.actor.account_id, ticket.reporter_account_id if ticket.reporter_id is None else None}
    lines = _lines(
        sitting,
        ticket,
        roles=_roles_needed({row.audience for row in rows}),
        people=sorted(one for one in people if one is not None),
        accounts=sorted(one for one in accounts if one is not None),
    )
    return Crew(ticket, sitting.actor, named, lines)


def _roles_needed(audiences: set[Audience]) -> set[Role]:
    needed = {ROLE_OF[one] for one in audiences if one in ROLE_OF}
    if audiences & {Audience.CUSTOMER, Audience.AGREEING}:
        needed.add(Role.REPRESENTATIVE)
    if audiences & {Audience.ASSIGNEE_ELSE_DESK, Audience.AGREEING}:
        needed |= {Role.DESK, Role.ENGINEER}
    if Audience.ON_DUTY in audiences:
        needed |= {Role.ENGINEER, Role.LEAD, Role.DESK}
    return needed


def _lines(
    sitting: Sitting, ticket: Ticket, *, roles: set[Role], people: list[int], accounts: list[int]
) -> list[Line]:
    """Accounts of these people, of everybody in these roles, of followers and holders; one statement."""
    duty = (
        select(Shift.id)
        .where(
            Shift.person_id == Account.person_id, Shift.starts_at <= sitting.now, Shift.ends_at > sitting.now
        )
        .exists()
    )
    follows = (
        select(Follower.person_id)
        .where(Follower.ticket_id == ticket.id, Follower.person_id == Account.person_id)
        .exists()
    )
    held = and_(
        Membership.role.in_([role.value for role in roles]),
        or_(Membership.school_id.is_(None), Membership.school_id == ticket.school_id),
        Membership.until_at.is_(None),
    )
    holds = _holds(ticket)
    query = (
        select(
            Account.id,
            Account.channel,
            Account.chat,
            Account.person_id,
            Membership.role,
            duty,
            Account.is_reachable,
            follows,
            holds,
        )
        .outerjoin(Membership, and_(Membership.person_id == Account.person_id, held))
        .where(
            or_(
                Account.person_id.in_(people),
                Account.id.in_(accounts),
                Membership.id.is_not(None),
                follows,
                holds,
            )
        )
        .order_by(Account.person_id, Account.rank, Account.id)
    )
    return [
        Line(
            account,
            channel,
            chat,
            person,
            Role(role) if role else None,
            bool(on_duty),
            reachable,
            bool(follow),
            bool(hold),
        )
        for account, channel, chat, person, role, on_duty, reachable, follow, hold in sitting.session.execute(
            query
        )
    ]


def _holds(ticket: Ticket) -> ColumnElement[bool]:
    """Whether this account's person is an engineer who was given a card of the ticket."""
    engineer = aliased(Membership)
    return (
        select(Outbox.id)
        .join(engineer, and_(engineer.person_id == Outbox.person_id, engineer.role == Role.ENGINEER.value))
        .where(Outbox.ticket_id == ticket.id, Outbox.person_id == Account.person_id)
        .exists()
    )


def _ask_to_call(sitting: Sitting, ticket: Ticket, lines: Sequence[Line], row: Notice) -> None:
    """Nobody is silently left out: a person without a line that takes messages becomes a call for a human."""
    person_id = next((line.person_id for line in lines if line.person_id is not None), None)
    if person_id is not None and row.how is How.RING:
        call_needed(sitting.session, sitting.now, person_id, ticket.id, "no_line")


def call_needed(session: Session, now: datetime, person_id: int, ticket_id: int | None, reason: str) -> bool:
    """Book a call unless one is open for this person and ticket. True if it is new."""
    open_call = select(Call.id).where(
        Call.person_id == person_id, Call.ticket_id == ticket_id, Call.done_at.is_(None)
    )
    if session.scalar(open_call) is not None:
        return False
    session.execute(
        insert(Call).values(person_id=person_id, ticket_id=ticket_id, reason=reason, created_at=now)
    )
    return True


def lines_of_people(session: Session, people: Sequence[int]) -> dict[int, Line]:
    """The preferred reachable line of each of these people."""
    query = (
        select(Account.id, Account.channel, Account.chat, Account.person_id)
        .join(Person, Person.id == Account.person_id)
        .where(Account.person_id.in_(people), Account.is_reachable.is_(True))
        .order_by(Account.rank.desc(), Account.id.desc())
    )
    return {
        person_id: Line(account_id, channel, chat, person_id, None, on_duty=False, reachable=True)
        for account_id, channel, chat, person_id in session.execute(query)
        if person_id is not None
    }
