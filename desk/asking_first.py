"""Whether an act is possible now, asked before its words are: nobody types for nothing. Changes nothing."""

from agreement.words import Act
from desk.access import locked_for, require
from desk.agreeing import standing_in
from desk.handling import may_work
from desk.planning import latest
from desk.representing import reporter_stands_in
from desk.sitting import Sitting

WORK = frozenset(
    {
        Act.ASK,
        Act.ANSWER,
        Act.PROPOSE,
        Act.DECLINE,
        Act.DONE,
        Act.START,
        Act.DEPART,
        Act.ARRIVE,
        Act.CONTINGENCY,
        Act.FIX_PLAN,
        Act.TEST,
        Act.FINDING,
    }
)


def may(sitting: Sitting, ticket_id: int, act: Act) -> None:
    """Raise Refused, with what is possible instead, where the act itself would be refused now."""
    if act in WORK:
        may_work(sitting, ticket_id, act)
        return
    ticket = locked_for(sitting, ticket_id, act)
    extra = standing_in(sitting, ticket, latest(sitting, ticket)) if act is Act.DISCUSS else ()
    if act is Act.DISCUSS_REQUEST:
        extra = reporter_stands_in(sitting, ticket)
    require(sitting, act, ticket, *extra)
