"""Two reports of one matter become one ticket; no clock is lost by merging (acts, 合并)."""

from sqlalchemy import select

from agreement.lifecycle import UNRESOLVED
from agreement.words import Act, Promise, State
from desk import catching_up, merged_clocks, reminding, watching
from desk.access import locked, require
from desk.events import append
from desk.follow_on import move
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Ticket
from texts.refused import Refused


def merge(sitting: Sitting, ticket_id: int, *, into_ordinal: int) -> Ticket:
    """The ticket goes on as another one of the same school, whose promises count from the earlier report."""
    goes_on_id = sitting.session.scalar(select(Ticket.id).where(Ticket.ordinal == into_ordinal))
    if goes_on_id is None:
        raise Refused("refused.no_such_ticket", again="into", number=into_ordinal)
    if goes_on_id == ticket_id:
        raise Refused("refused.into_itself", again="into", number=into_ordinal)
    # Both rows are locked in the order of their ids: two merges of the same pair never embrace.
    pair = {one: locked(sitting, one) for one in sorted({ticket_id, goes_on_id})}
    ticket, goes_on = pair[ticket_id], pair[goes_on_id]
    allowed = require(sitting, Act.MERGE, ticket)
    if goes_on.school_id != ticket.school_id:
        raise Refused("refused.other_school", again="into", number=into_ordinal)
    # Of what is done the promises are kept: a new report that went on as it would have none that runs.
    if State(goes_on.state) not in UNRESOLVED:
        raise Refused("refused.is_over", again="into", number=into_ordinal)
    ticket.state = allowed.to.value
    ticket.merged_into_id = goes_on.id
    ticket.waiting = ""
    event = append(sitting, ticket, "merge", {"into": goes_on.ordinal})
    held = merged_clocks.held_by(sitting, ticket)
    watching.withdraw(sitting, ticket, set(Promise), event)
    reminding.drop(sitting, ticket)
    own, since = catching_up.began_at(sitting, goes_on), catching_up.began_at(sitting, ticket)
    received = append(sitting, goes_on, "merged_from", {"from": ticket.ordinal, "since": since})
    if since < own:
        merged_clocks.count_from_earlier(sitting, goes_on, own, since, received, held)
    merged_clocks.pass_on_urgency(sitting, goes_on, ticket, received, held)
    merged_clocks.go_on(sitting, goes_on, received, held)
    move(sitting, ticket, goes_on)
    tell(sitting, ticket, event, values={"into": goes_on.ordinal, "by": sitting.actor.name})
    tell(sitting, goes_on, received, values={"from": ticket.ordinal})
    return goes_on
