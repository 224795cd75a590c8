"""The clocks' tick: claim the tickets on which a clock has reached a rung, ring, move the clocks on.

Any number of workers may tick at once: a ticket is locked to one of them. A ticket that cannot be rung is put off,
and set aside after some failures, named in the log and told to the desk; the others are rung all the same.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from desk import breaching, clock_rows, rungs
from desk.alerting import alarm_desk
from desk.apart import apart
from desk.duty import on_duty
from desk.ringing import ring
from desk.sitting import Sitting
from storage import due, falling_due

__all__ = ["on_duty", "ring_tickets", "ring_what_is_due"]

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=1)
TOGETHER = 250  # tickets of one transaction: more holds the chats of that many people for longer than a message waits


def ring_what_is_due(sitting: Sitting, limit: int = TOGETHER) -> int:
    """Tell whom the ladders name for every rung reached, oldest first. Returns how many tickets were claimed."""
    tickets = due.tickets(sitting.session, falling_due.PROMISES, sitting.now, limit)
    apart(
        sitting.session,
        "alarms of ticket",
        tickets,
        lambda some: ring_tickets(sitting, some),
        lambda one: _put_off(sitting, one),
    )
    return len(tickets)


def ring_tickets(sitting: Sitting, tickets: Sequence[int]) -> None:
    """Ring every rung that the clocks of these locked tickets have reached."""
    clocks = [rungs.reached(sitting, one) for one in due.clocks(sitting.session, tickets, sitting.now)]
    if clocks:
        _settle_books(sitting, clocks)
        rungs.move_on(sitting, clocks)
        ring(sitting, [one for clock in clocks for one in clock.rings])


def _settle_books(sitting: Sitting, clocks: Sequence[rungs.Reached]) -> None:
    """Breaches go into the books, or out of them, before anybody reads the rows again."""
    unsettled = [one.clock.id for one in clocks if not breaching.is_settled(sitting, one.clock, one.life)]
    for row in rungs.rows_of(sitting, unsettled):
        breaching.settle(sitting, row, clock_rows.life_of(sitting, row))
    sitting.session.flush()


def _put_off(sitting: Sitting, ticket_id: int) -> None:
    for clock, failures in rungs.put_off(sitting, ticket_id, sitting.now + AGAIN):
        if failures == falling_due.SET_ASIDE_AFTER:
            log.error("promise %s of ticket %s is set aside after %s failures", clock, ticket_id, failures)
            alarm_desk(sitting, "set_aside_promise", {"promise": clock}, key=f"p{clock}", ticket_id=ticket_id)
