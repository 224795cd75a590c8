"""登记: the desk files a request that came by phone, on paper or in person, with its two times."""

from dataclasses import replace

from agreement.promises import Keeping
from agreement.words import Relation, Role, State
from desk import watching
from desk.events import append
from desk.numbers import number_now
from desk.reporting import Matter, report
from desk.sitting import Sitting
from desk.talk_unheard import unlisted
from desk.talking import TAKERS, in_hand
from storage.tables import Ticket
from texts.refused import Refused

PHONE = "phone"


def register(sitting: Sitting, matter: Matter, *, reporter_id: int, way: str, answered: str) -> Ticket:
    """File on somebody's behalf: the clock starts when it was received, not when it was typed in.

    `way` is phone, paper or visit; `answered` is yes or no. 已当场答复 on the phone is the acknowledgement as of
    the time received, with the clerk as its author; a paper request never is one (acts, 登记).
    `said_kind` and `urgency_said_at` are what the customer's own words say: where the desk sorts against them, a later
    re-sorting counts from the report.
    """
    if not TAKERS & sitting.actor.roles:
        raise Refused("refused.desk_only")
    if matter.reported_at > sitting.now:
        raise Refused("refused.received_in_future", again="received")
    received = sitting.as_of(matter.reported_at)
    matter = replace(matter, is_answered=way == PHONE and answered == "yes")
    ticket = report(received, matter, reporter_id=reporter_id, reporter_account_id=None, channel=way)
    number_now(received, ticket)
    talk = in_hand(sitting)
    if talk is not None and talk.person_id == reporter_id:
        unlisted(sitting, talk)
    if matter.is_answered:
        _answered_at_once(received, ticket)
    return ticket


def may_begin(sitting: Sitting) -> None:
    """The desk registers, and whoever stands in for it in a talk that they have taken over: what they began they may
    end, though the talk be over meanwhile. Raises Refused for anybody else.
    """
    if Role.DESK not in sitting.actor.roles and in_hand(sitting) is None:
        raise Refused("refused.desk_only")


def _answered_at_once(received: Sitting, ticket: Ticket) -> None:
    ticket.state = State.ACKNOWLEDGED.value
    ticket.round_acknowledged = True
    event = append(received, ticket, "answered_at_once", acted_as=Relation.DESK)
    watching.keep(received, ticket, Keeping.ACKNOWLEDGED, event)
    watching.keep(received, ticket, Keeping.ANSWERED, event)
