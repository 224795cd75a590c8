"""A ticket as one person may see it now: what cards, lists and pages are made of."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from agreement.lifecycle import possible
from agreement.words import Act, Promise, PromiseState, Relation, Role, State
from desk import clock_rows, declared, handing_out, requests, resorting, reviewing, urgent_plans
from desk.access import all_relations, facts_of, name_and_phone, name_of
from desk.agreeing import standing_in
from desk.asked_for import Open, asked_for
from desk.planning import latest
from desk.representing import reporter_stands_in
from desk.routing import why
from desk.sitting import Actor, Sitting
from storage import sight
from storage.prepared import Prepared
from storage.sight import Viewer
from storage.tables import Attachment, Plan, PromiseRow, School, Ticket
from texts.say import Say, say

OVERSEEING = frozenset({Relation.LEAD, Relation.DESK, Relation.MANAGER})
VENDOR = frozenset({Relation.ENGINEER, Relation.DESK, Relation.LEAD, Relation.ARCHIVIST, Relation.MANAGER})
CUSTOMERS = frozenset({Relation.REPORTER, Relation.FOLLOWER, Relation.COLLEAGUE, Relation.REPRESENTATIVE})
OVER = frozenset({State.CLOSED, State.ARCHIVED, State.DECLINED, State.CANCELLED, State.MERGED})


REQUEST_ACTS = (Act.CONFIRM_REQUEST, Act.DISCUSS_REQUEST)
OPEN = ("registered", "acknowledged", "proposed", "in_progress", "resolved", "accepted")
ARCHIVABLE = ("closed", "declined")


@dataclass(frozen=True)
class Brief:
    """One ticket in a list."""

    id: int
    ordinal: int
    state: str
    text: str


@dataclass(frozen=True)
class Clock:
    """One promise as shown: due times are UTC."""

    promise: Promise
    state: PromiseState
    due_at: datetime
    step: int
    is_provisional: bool
    is_unmet: bool  # its ladder still goes on


@dataclass(frozen=True, kw_only=True)
class TicketView:
    """What a card shows. `acts` are the buttons this person has now, in the order of the lifecycle's table."""

    id: int
    ordinal: int
    number: str
    state: State
    kind: str
    text: str
    school: str
    place: str
    system: str
    reporter: str
    reporter_phone: str  # for the vendor alone, who may have to call
    assignee: str
    reported_at: datetime
    is_unconfirmed: bool
    is_urgent: bool
    is_complaint: bool
    waiting: str
    round: int
    photos: int
    clocks: tuple[Clock, ...]
    owed: frozenset[Promise]  # of both urgent plans, what some round still waits for
    acts: tuple[Act, ...]
    relations: frozenset[Relation]
    plan_version: int
    request: str  # what the school said to the newest written request; empty where there is none
    request_version: int
    is_deep: bool
    asked_for: tuple[Say, ...]  # what each of the acts that confirm would confirm, with its digits
    finding: int  # of the receipt that is open to their word; 0 for none
    asks: str  # which question about kind or urgency this person may answer; empty for none
    has_opinion: bool
    has_papers: bool  # records that this person may have
    routed: Say | None = None  # whose phone rang and why, for lead, desk and manager

    @property
    def offered(self) -> tuple[str, ...]:
        """The names of everything that this person can do now."""
        return (*self.acts, *(("consent", "dissent") if self.asks else ()))


def viewer(actor: Actor) -> Viewer:
    """The actor as `sight` knows a reader."""
    return Viewer(person_id=actor.person_id, account_id=actor.account_id, memberships=actor.memberships)


def show(sitting: Sitting, ticket_id: int) -> TicketView | None:
    """The ticket for the sitting's actor; None where it is not theirs to see."""
    ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ticket_id=ticket_id)
    return None if ticket is None else view_of(sitting, ticket)


def view_of(sitting: Sitting, ticket: Ticket) -> TicketView:
    """The ticket with the buttons that the sitting's actor has now."""
    plan = latest(sitting, ticket) if ticket.state == State.PROPOSED.value else None
    request = requests.latest(sitting, ticket) if ticket.request else None
    held = all_relations(sitting, ticket)
    reporter, phone = name_and_phone(sitting, ticket.reporter_id)
    acts = _acts(sitting, ticket, held, plan)
    finding = reviewing.newest(sitting, ticket) if Act.NO_OBJECTION in acts else None
    asked = resorting.open_question(sitting, ticket) if held & resorting.CUSTOMERS else None
    return TicketView(
        id=ticket.id,
        ordinal=ticket.ordinal,
        number=ticket.number,
        state=State(ticket.state),
        kind=ticket.kind,
        text=ticket.text,
        school=school_name(sitting, ticket.school_id),
        place=ticket.place,
        system=ticket.system,
        reporter=reporter,
        reporter_phone=phone if held & VENDOR else "",
        assignee=name_of(sitting, ticket.assignee_id),
        reported_at=ticket.reported_at,
        is_unconfirmed=ticket.is_unconfirmed,
        is_urgent=ticket.is_urgent,
        is_complaint=ticket.is_complaint,
        waiting=ticket.waiting,
        round=ticket.round,
        photos=_photos(sitting, ticket),
        acts=acts,
        relations=held,
        clocks=tuple(_clock(row) for row in clock_rows.seen(sitting, ticket)),
        owed=urgent_plans.owed(sitting, ticket),
        plan_version=plan.version if plan else 0,
        request=ticket.request,
        request_version=request.version if request else 0,
        is_deep=ticket.is_deep,
        asks=str(asked.id) if asked else "",
        asked_for=asked_for(sitting, ticket, acts, Open(plan=plan, request=request, finding=finding)),
        finding=finding.id if finding else 0,
        has_opinion=bool(ticket.opinion),
        has_papers=bool(handing_out.theirs(sitting, ticket, held)),
        routed=_routed(sitting, ticket) if held & OVERSEEING else None,
    )


def _acts(
    sitting: Sitting, ticket: Ticket, held: frozenset[Relation], plan: Plan | None
) -> tuple[Act, ...]:
    """Their own, and before them those in which they stand in for a representative whom the school has not named."""
    acts = possible(facts_of(ticket), held)
    if plan is not None and standing_in(sitting, ticket, plan):
        acts = (Act.AGREE, Act.DISCUSS, *acts)
    if ticket.request == requests.OPEN and reporter_stands_in(sitting, ticket):
        mine = possible(facts_of(ticket), frozenset({Relation.REPRESENTATIVE}))
        acts = (*(one for one in mine if one in REQUEST_ACTS), *acts)
    if Relation.FOLLOWER in held and declared.of_own_word(sitting, ticket):
        acts = (*acts, Act.NOT_URGENT)
    return acts


def _clock(row: PromiseRow) -> Clock:
    return Clock(
        promise=Promise(row.promise),
        state=PromiseState(row.state),
        due_at=row.due_at,
        step=row.step,
        is_provisional=row.is_provisional,
        is_unmet=row.next_alarm_at is not None,
    )


def _photos(sitting: Sitting, ticket: Ticket) -> int:
    counted = PHOTOS.first(sitting.session, {"ticket": ticket.id})
    return int(counted[0]) if counted is not None else 0


PHOTOS = Prepared(
    select(func.count())
    .select_from(Attachment)
    .where(Attachment.ticket_id == bindparam("ticket"), Attachment.kind == "photo")
)


def _routed(sitting: Sitting, ticket: Ticket) -> Say | None:
    """Only while nobody has answered yet: afterwards it is of no use."""
    found = why(sitting, ticket) if not ticket.round_acknowledged else None
    return say("card.routed", engineer=name_of(sitting, found[0]), reason=found[1]) if found else None


def school_name(sitting: Sitting, school_id: int | None) -> str:
    """The school's name, empty for none."""
    if school_id is None:
        return ""
    found = SCHOOL.first(sitting.session, {"school": school_id})
    return str(found[0]) if found is not None else ""


SCHOOL = Prepared(select(School.name).where(School.id == bindparam("school")))


def open_for(sitting: Sitting) -> list[Brief]:
    """What 进度 shows: own and followed tickets, a representative's school, an engineer's queue, newest first."""
    session, mine, roles = sitting.session, viewer(sitting.actor), sitting.actor.roles
    if Role.ARCHIVIST in roles:
        rows = sight.tickets_of(session, mine, states=ARCHIVABLE)
    elif roles & {Role.DESK, Role.LEAD, Role.MANAGER} or Role.ENGINEER not in roles:
        rows = sight.tickets_of(session, mine, states=OPEN)
    else:
        rows = sight.queue_of(session, mine, OPEN)[::-1]
    return [Brief(row.id, row.ordinal, row.state, row.text) for row in rows]
