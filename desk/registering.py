"""登记: the desk files a request that came by phone, on paper or in person, with its two times."""

from datetime import datetime

from agreement.promises import Keeping
from agreement.words import Cause, Harm, Kind, Relation, Role, State
from desk import watching
from desk.events import append
from desk.reporting import Matter, report
from desk.sitting import Sitting
from storage.tables import Ticket
from texts.refused import Refused

PHONE = "phone"


def register(
    sitting: Sitting,
    *,
    school_id: int,
    reporter_id: int,
    way: str,
    received_at: datetime,
    words: str,
    answered: str,
    urgent: str = "no",
    cause: Cause = Cause.UNSTATED,
    harm: Harm = Harm.UNSTATED,
    kind: Kind = Kind.FAULT,
    said_kind: Kind | None = None,
    says_urgent: bool = False,
) -> Ticket:
    """File on somebody's behalf: the clock starts when it was received, not when it was typed in.

    `way` is phone, paper or visit; `answered` is yes or no. 已当场答复 on the phone is the acknowledgement as of
    the time received, with the clerk as its author; a paper request never is one (acts, 登记).
    `said_kind` and `says_urgent` are what the customer's own words say: where the desk sorts against them, a later
    re-sorting counts from the report.
    """
    if Role.DESK not in sitting.actor.roles:
        raise Refused("refused.desk_only")
    if received_at > sitting.now:
        raise Refused("refused.received_in_future", again="received")
    received = sitting.as_of(received_at)
    matter = Matter(
        school_id=school_id,
        text=words,
        reported_at=received_at,
        kind=kind,
        urgent_at=received_at if urgent == "yes" else None,
        cause=cause,
        harm=harm,
        says_urgent=says_urgent,
        said_kind=said_kind if said_kind is not kind else None,
    )
    ticket = report(received, matter, reporter_id=reporter_id, reporter_account_id=None, channel=way)
    if way == PHONE and answered == "yes":
        _answered_at_once(received, ticket)
    return ticket


def _answered_at_once(received: Sitting, ticket: Ticket) -> None:
    ticket.state = State.ACKNOWLEDGED.value
    ticket.round_acknowledged = True
    event = append(received, ticket, "answered_at_once", acted_as=Relation.DESK)
    watching.keep(received, ticket, Keeping.ACKNOWLEDGED, event)
    watching.keep(received, ticket, Keeping.ANSWERED, event)
