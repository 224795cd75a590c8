"""Who may do what: every act asks here, with the ticket locked, before it writes.

The rows stand in `agreement/lifecycle.py`; this file says what a person is to a ticket.
"""

from dataclasses import replace

from sqlalchemy import bindparam, null, select, union_all

from agreement.lifecycle import NOT_NOW, SAID_OF_THE_MATTER, Allowed, Facts, NotAllowed, decide, possible
from agreement.words import Act, Cause, Harm, Kind, Relation, Role, State
from desk.sitting import Actor, Sitting
from storage.born import EVENTS, reserve
from storage.entities import Entities, table_of
from storage.prepared import Prepared
from storage.tables import Event, Follower, FollowingStranger, Person, Ticket
from texts.refused import Refused
from texts.say import say

VENDOR: dict[Role, Relation] = {
    Role.ENGINEER: Relation.ENGINEER,
    Role.DESK: Relation.DESK,
    Role.LEAD: Relation.LEAD,
    Role.ARCHIVIST: Relation.ARCHIVIST,
    Role.MANAGER: Relation.MANAGER,
}


DECLINED = frozenset({State.DECLINED.value, State.ARCHIVED.value})  # what the receipt of the last round ended
# Registered as not urgent and declared so later, both are empty until then.
UNSTATED = frozenset({Cause.UNSTATED.value, Harm.UNSTATED.value, ""})


def relations(actor: Actor, ticket: Ticket) -> frozenset[Relation]:
    """What this person is to this ticket.

    An engineer is its assignee also while nobody has it: whoever begins the work takes it.
    """
    if actor.person_id is None and actor.account_id is None:
        return frozenset({Relation.SYSTEM})
    found = {VENDOR[role] for school, role in actor.memberships if school is None and role in VENDOR}
    if Relation.ENGINEER in found and ticket.assignee_id in {None, actor.person_id}:
        found.add(Relation.ASSIGNEE)
    if _reported(actor, ticket):
        found.add(Relation.REPORTER)
    if ticket.school_id is not None and actor.is_at(ticket.school_id, Role.REPRESENTATIVE):
        found.add(Relation.REPRESENTATIVE)
    if ticket.school_id is not None and actor.is_at(ticket.school_id, Role.TEACHER):
        found.add(Relation.COLLEAGUE)
    return frozenset(found)


def all_relations(sitting: Sitting, ticket: Ticket) -> frozenset[Relation]:
    """The same, with what stands in rows of its own: whether theirs was merged into this one."""
    found = relations(sitting.actor, ticket)
    if found & REPORTS_OR_WORKS or not _follows(sitting, ticket):
        return found
    return found | {Relation.FOLLOWER}


def _follows(sitting: Sitting, ticket: Ticket) -> bool:
    me = {"ticket": ticket.id, "person": sitting.actor.person_id, "account": sitting.actor.account_id}
    return bool(FOLLOWS.rows(sitting.session, me))


REPORTS_OR_WORKS = frozenset({Relation.REPORTER, Relation.SYSTEM, *VENDOR.values()})
_PERSON, _ACCOUNT = (bindparam(name, type_=Ticket.id.type) for name in ("person", "account"))
FOLLOWS = Prepared(
    union_all(
        select(Follower.ticket_id).where(Follower.ticket_id == bindparam("ticket"), Follower.person_id == _PERSON),
        select(FollowingStranger.ticket_id).where(
            FollowingStranger.ticket_id == bindparam("ticket"), FollowingStranger.account_id == _ACCOUNT
        ),
    )
)


def _reported(actor: Actor, ticket: Ticket) -> bool:
    if ticket.reporter_id is not None:
        return ticket.reporter_id == actor.person_id
    return ticket.reporter_account_id is not None and ticket.reporter_account_id == actor.account_id


def facts_of(ticket: Ticket) -> Facts:
    """The ticket as the lifecycle's table sees it."""
    return Facts(
        state=State(ticket.state),
        has_assignee=ticket.assignee_id is not None,
        is_urgent=ticket.is_urgent,
        is_unstated=ticket.is_urgent and bool(UNSTATED & {ticket.cause, ticket.harm}),
        was_urgent=ticket.was_urgent,
        is_deep=ticket.is_deep,
        has_opinion=bool(ticket.opinion),
        round_acknowledged=ticket.round_acknowledged,
        has_school=ticket.school_id is not None,
        objection_settled=ticket.objection_settled,
        is_performance=ticket.kind == Kind.PERFORMANCE.value,
        is_customised=ticket.kind == Kind.CUSTOMISED.value,
        request_open=ticket.request == "open",
        request_discussed=ticket.request == "discussed",
        is_tested=ticket.tested_round == ticket.round,
        is_aware=ticket.aware_round == ticket.round,
    )


def locked(sitting: Sitting, ticket_id: int) -> Ticket:
    """The ticket, locked for this transaction: another act on it waits, then sees what this one did.

    Raises Refused for a ticket that is not there or that this person may not even see.
    """
    found = LOCKED.rows(sitting.session, {"ticket": ticket_id})
    ticket = next(iter(TICKET.read(sitting.session, [one[:-1] for one in found])), None)
    if ticket is None or not (relations(sitting.actor, ticket) or _follows(sitting, ticket)):
        raise Refused("refused.no_ticket")
    reserve(sitting.session, ticket.id, found[0][-1])
    return ticket


def locked_for(sitting: Sitting, ticket_id: int, act: Act) -> Ticket:
    """The same, or the one that it was merged into, where that is what this act is said of."""
    ticket = locked(sitting, ticket_id)
    while ticket.merged_into_id is not None and act in SAID_OF_THE_MATTER:
        ticket = locked(sitting, ticket.merged_into_id)
    return ticket


TICKET = Entities(Ticket, lambda rows: rows.where(Ticket.id == bindparam("ticket")))
# With the id of the event that most acts then write, so that it need not be asked for. Given in the order of the locks,
# not of who began to wait for one: it is asked for a row of `held`, which is there once it is locked.
_held = select(*table_of(Ticket).columns).where(Ticket.id == bindparam("ticket")).with_for_update()
_in_lock = _held.cte("held")
LOCKED = Prepared(
    {
        "sqlite": select(*_held.subquery("held").columns, null()),
        "postgresql": select(*_in_lock.columns, EVENTS.next_id).select_from(_in_lock),
    }
)


def require(sitting: Sitting, act: Act, ticket: Ticket, *extra: Relation) -> Allowed:
    """Raise Refused, with what is possible instead, unless this act is allowed now."""
    decision = decide(act, _facts_at(sitting, ticket), all_relations(sitting, ticket) | frozenset(extra))
    if isinstance(decision, NotAllowed):
        raise _too_late(sitting, act, ticket, decision) or refusal(sitting, ticket, decision)
    return decision


def _too_late(sitting: Sitting, act: Act, ticket: Ticket, decision: NotAllowed) -> Refused | None:
    """有异议 of somebody who might have said it until then: that the days are over, and when they ended."""
    until = ticket.objection_until_at
    is_theirs = act is Act.OBJECT and decision.reason == NOT_NOW and ticket.state in DECLINED
    if not is_theirs or until is None or sitting.at <= until:
        return None
    return Refused("refused.objection_over", number=ticket.ordinal, until_at=until)


def _facts_at(sitting: Sitting, ticket: Ticket) -> Facts:
    """As they stood when the act was done: a word of before is not too late for being read after the clock's."""
    facts, until = facts_of(ticket), ticket.objection_until_at
    is_over = facts.state is State.DECLINED and facts.objection_settled
    if not is_over or until is None or sitting.at > until or _was_agreed_to(sitting, ticket):
        return facts
    return replace(facts, objection_settled=False)


def _was_agreed_to(sitting: Sitting, ticket: Ticket) -> bool:
    said = select(Event.id).where(
        Event.ticket_id == ticket.id, Event.round == ticket.round, Event.name == "no_objection"
    )
    return sitting.session.scalar(said.limit(1)) is not None


def refusal(sitting: Sitting, ticket: Ticket, decision: NotAllowed) -> Refused:
    """The sentence for a "no": what is the case, and what can be done."""
    return Refused(
        decision.reason,
        number=ticket.ordinal,
        state=say(f"state.{ticket.state}"),
        assignee=name_of(sitting, ticket.assignee_id),
        possible=_listed(decision.possible),
    )


def _listed(acts: tuple[Act, ...]) -> object:
    labels = [say(f"label.{act.value}") for act in acts if act is not Act.RATE]
    return labels or say("refused.nothing_possible")


def name_of(sitting: Sitting, person_id: int | None) -> str:
    """A person's name, empty for nobody."""
    return name_and_phone(sitting, person_id)[0]


def name_and_phone(sitting: Sitting, person_id: int | None) -> tuple[str, str]:
    """The same with their number, empty where none is known."""
    found = NAME.first(sitting.session, {"person": person_id}) if person_id is not None else None
    return (str(found[0]), str(found[1])) if found is not None else ("", "")


def ordinal_of(sitting: Sitting, ticket_id: int) -> int:
    """A ticket's short number. Raises LookupError for one that is not there."""
    found = ORDINAL.first(sitting.session, {"ticket": ticket_id})
    if found is None:
        raise LookupError(f"no ticket {ticket_id}")
    return int(found[0])


ORDINAL = Prepared(select(Ticket.ordinal).where(Ticket.id == bindparam("ticket")))
NAME = Prepared(select(Person.name, Person.phone).where(Person.id == bindparam("person")))


def open_acts(sitting: Sitting, ticket: Ticket) -> tuple[Act, ...]:
    """What the sitting's actor can do with this ticket now: the buttons of the card."""
    return possible(facts_of(ticket), all_relations(sitting, ticket))
