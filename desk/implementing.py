"""Who carried out the work of a round: whoever did a step of it accepts none of it (agreement §2, two signatures)."""

from sqlalchemy import bindparam, select

from desk.sitting import Sitting
from storage.prepared import Prepared
from storage.tables import Event, Ticket

WORK = ("step_done", "done")


def implementers(sitting: Sitting, ticket: Ticket) -> frozenset[int]:
    """Everybody who finished a step, or all of it, in the ticket's present round."""
    found = FINISHED.rows(sitting.session, {"ticket": ticket.id, "of_round": ticket.round})
    return frozenset(person for (person,) in found if person is not None)


FINISHED = Prepared(
    select(Event.actor_id)
    .where(
        Event.ticket_id == bindparam("ticket"), Event.round == bindparam("of_round"), Event.name.in_(WORK)
    )
    .distinct()
)
