"""A matter becomes a ticket: reported in chat, filed from a silent draft, or registered by the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert

from agreement.promises import KEPT_BY, PROMISES_OF_KIND, PROMISES_OF_URGENCY, Keeping
from agreement.segments import Segment, SegmentKind
from agreement.words import Cause, Harm, Kind, State
from desk import requests, watching
from desk.before_filing import Beforehand, known_of
from desk.due_words import due_said
from desk.events import append
from desk.numbers import no_numbers_yet, number_last
from desk.routing import was_rung
from desk.sitting import Sitting
from desk.telling import tell
from storage.born import TICKETS
from storage.search import bigrams
from storage.tables import Attachment, Event, Ticket
from texts.say import Say, say

AN_ANSWER = frozenset({Keeping.ACKNOWLEDGED, Keeping.ANSWERED})


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Something sent along, not fetched yet."""

    channel: str
    kind: str
    reference: str
    name: str = ""
    media_type: str = ""
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What is reported. `reported_at` starts the clocks; `urgent_at` is when urgency was first stated."""

    school_id: int | None
    text: str
    reported_at: datetime
    kind: Kind = Kind.FAULT
    place: str = ""
    system: str = ""
    room_id: int | None = None
    sent: Sequence[Sent] = ()
    urgent_at: datetime | None = None
    cause: Cause = Cause.UNSTATED
    harm: Harm = Harm.UNSTATED
    is_unconfirmed: bool = False
    urgency_said_at: datetime | None = None  # the words said so; until the customer's own tap or consent it waits
    said_kind: Kind | None = None  # what the customer's words say, where the desk sorted it otherwise
    follows_id: int | None = None
    is_answered: bool = False  # 已当场答复: what it still waits for is not a first response


def report(
    sitting: Sitting,
    matter: Matter,
    *,
    reporter_id: int | None,
    reporter_account_id: int | None,
    channel: str,
) -> Ticket:
    """File a matter: ticket, event, clocks from the first words, the engineers told (agreement §2, step 1).

    Its numbers come with the commit; an act that says one of them asks for it (`desk.numbers.number_now`).
    """
    known = known_of(sitting, matter.school_id)
    ticket = _ticket(sitting, matter, reporter_id, reporter_account_id, channel, known)
    number_last(sitting, ticket)
    routed = was_rung(sitting, ticket, known.choice)
    event = append(sitting, ticket, "report", _evidence(ticket, matter), behind=routed, ids=known.event_ids)
    attach(sitting, ticket, event, matter.sent)
    by_when = _by_when(sitting, ticket, matter, event)
    requests.state_at_filing(sitting, ticket, event, matter.text)
    tell(sitting, ticket, event, values={"by_when": by_when}, first=ticket.rung_id)
    requests.pass_on_filed(sitting, ticket)
    if matter.school_id is None:
        tell(sitting.by_the_clock(), ticket, append(sitting.by_the_clock(), ticket, "to_be_sorted"))
    return ticket


def _evidence(ticket: Ticket, matter: Matter) -> dict[str, object]:
    """What anyone needs who counts the clocks of this ticket again from its events alone."""
    return {
        "text": matter.text,
        "unconfirmed": matter.is_unconfirmed,
        "kind": matter.kind.value,
        "reported_at": matter.reported_at,
        "urgent_at": matter.urgent_at,
        "contract": ticket.contract_id,
        "policy": ticket.policy_id,
    }


def _by_when(sitting: Sitting, ticket: Ticket, matter: Matter, event: Event) -> Say:
    """Begin the clocks; what the first of them promises, and by when."""
    first = Segment(SegmentKind.STARTED, matter.reported_at, event=event.id)
    wanted = [watching.Beginning(promise=one, first=first) for one in PROMISES_OF_KIND[matter.kind]]
    if matter.urgent_at is not None:
        since = Segment(SegmentKind.STARTED, matter.urgent_at, event=event.id)
        wanted += [watching.Beginning(promise=one, first=since) for one in PROMISES_OF_URGENCY]
    lives = watching.begin(sitting, ticket, wanted)
    ahead = [
        (life, one)
        for life, one in zip(lives, wanted, strict=True)
        if not (matter.is_answered and KEPT_BY[one.promise] & AN_ANSWER)
    ]
    if not ahead:
        return say("by_when.none")
    life, soonest = min(ahead, key=lambda pair: pair[0].due_at)
    due_at = due_said(life.due_at, provisional=life.provisional)
    promised = say(f"by_when.{soonest.promise.value}", due_at=due_at)
    return promised if life.due_at >= sitting.now else say("by_when.passed", promised=promised)


def _ticket(
    sitting: Sitting,
    matter: Matter,
    reporter_id: int | None,
    reporter_account_id: int | None,
    channel: str,
    known: Beforehand,
) -> Ticket:
    ordinal, number = no_numbers_yet()
    ticket = {
        "ordinal": ordinal,
        "number": number,
        "school_id": matter.school_id,
        "contract_id": known.contract_id,
        "policy_id": known.policy_id,
        "reporter_id": reporter_id,
        "reporter_account_id": reporter_account_id,
        "channel": channel,
        "kind": matter.kind.value,
        "state": State.REGISTERED.value,
        "text": matter.text,
        "place": matter.place,
        "system": matter.system,
        "room_id": matter.room_id,
        "reported_at": matter.reported_at,
        "received_at": sitting.at,
        "registered_at": sitting.now,
        "is_unconfirmed": matter.is_unconfirmed,
        "is_urgent": matter.urgent_at is not None,
        "urgent_at": matter.urgent_at,
        "urgency_said_at": matter.urgency_said_at if matter.urgent_at is None else None,
        "said_kind": matter.said_kind.value if matter.said_kind else "",
        "cause": matter.cause.value if matter.urgent_at or matter.urgency_said_at else "",
        "harm": matter.harm.value if matter.urgent_at else "",
        "round": 1,
        "round_acknowledged": False,
        "is_deep": False,
        "opinion": "",
        "waiting": "",
        "objection_settled": False,
        "rung_id": known.choice.person_id if known.choice else None,
        "follows_id": matter.follows_id,
        "updated_at": sitting.now,
        "search": bigrams(f"{matter.text} {matter.place} {matter.system}"),
    }
    return TICKETS.insert(sitting.session, ticket, ids=known.ticket_ids)


def attach(sitting: Sitting, ticket: Ticket, event: Event, sent: Sequence[Sent]) -> None:
    """Keep what was sent along with words on a ticket."""
    keep_sent(sitting, sent, ticket_id=ticket.id, event_id=event.id)


LOCATION = "location"  # a kind of what is sent


def _is_fetched(one: Sent) -> bool:
    return bool(one.reference) or one.kind == LOCATION


def keep_sent(
    sitting: Sitting,
    sent: Sequence[Sent],
    *,
    ticket_id: int | None = None,
    event_id: int | None = None,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Keep what was sent along; the bytes are fetched outside the transaction. `facts`: what else is known.

    A location has none: it waits for its turn all the same, to be shown to whom it concerns.
    """
    if not sent:
        return
    sitting.session.execute(
        insert(Attachment),
        [
            {
                "ticket_id": ticket_id,
                "event_id": event_id,
                "person_id": sitting.actor.person_id,
                "channel": one.channel,
                "kind": one.kind,
                "name": one.name,
                "media_type": one.media_type,
                "reference": one.reference,
                "facts": {**one.facts, **(facts or {})},
                "state": "wanted" if _is_fetched(one) else "stored",
                "attempts": 0,
                "next_at": sitting.now if _is_fetched(one) else None,
                "created_at": sitting.now,
                "path": "",
                "digest": "",
                "size": 0,
            }
            for one in sent
        ],
    )
