"""What happens when a reminder's moment comes: remind, let silence stand, end the objection days."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from desk import expiring, objections, other_dates, plan_unanswered
from desk.alerting import alarm_desk
from desk.apart import apart
from desk.archiving import close_by_policy
from desk.events import append
from desk.opinions import silence_stands
from desk.reminding import PLAN_WAITS
from desk.sitting import Sitting
from desk.telling import tell
from storage import due, falling_due
from storage.tables import Person, Reminder, Ticket

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=10)


def remember_what_is_due(sitting: Sitting, limit: int = 100) -> int:
    """Every reminder whose moment has come, the ticket locked first. Returns how many tickets were claimed."""
    tickets = due.tickets(sitting.session, falling_due.REMINDERS, sitting.now, limit)
    apart(
        sitting.session,
        "reminders of ticket",
        tickets,
        lambda some: _remember_of(sitting, some),
        lambda one: _put_off(sitting, one),
    )
    return len(tickets)


def _remember_of(sitting: Sitting, tickets: Sequence[int]) -> None:
    for row in due.reminders(sitting.session, tickets, sitting.now):
        row.done_at = sitting.now
        ticket = sitting.session.get_one(Ticket, row.ticket_id, populate_existing=True)
        if row.round == ticket.round:
            _remember(sitting.as_of(row.due_at), ticket, row)
        sitting.session.flush()


def _put_off(sitting: Sitting, ticket_id: int) -> None:
    """What failed is tried again in a while, and after some failures left for a human."""
    for row in due.reminders(sitting.session, [ticket_id], sitting.now):
        row.failures += 1
        row.due_at = sitting.now + AGAIN
        if row.failures == falling_due.SET_ASIDE_AFTER:
            log.error("reminder %s of ticket %s is set aside", row.id, ticket_id)
            alarm_desk(sitting, "set_aside_reminder", {}, key=f"r{row.id}", ticket_id=ticket_id)


def _remember(sitting: Sitting, ticket: Ticket, row: Reminder) -> None:
    if row.name.startswith("opinion_reminder") and not ticket.opinion and not _undisturbed(sitting, ticket):
        tell(sitting, ticket, append(sitting, ticket, "opinion_reminder"))
    elif row.name == "silence_closes" and not ticket.opinion:
        silence_stands(sitting, ticket)
        close_by_policy(sitting, ticket)
    elif row.name == expiring.NAME:
        expiring.look(sitting, ticket, row)
    elif row.name == other_dates.NAME:
        other_dates.look(sitting, ticket, row)
    elif row.name.startswith(PLAN_WAITS):
        plan_unanswered.look(sitting, ticket, row)
    elif row.name == objections.OVER and not ticket.objection_settled:
        ticket.objection_settled = True
        tell(sitting, ticket, append(sitting, ticket, objections.OVER))


def _undisturbed(sitting: Sitting, ticket: Ticket) -> bool:
    """A reminder of the opinion is a courtesy: who wishes none gets none, and silence closes all the same."""
    reporter = sitting.session.get(Person, ticket.reporter_id) if ticket.reporter_id is not None else None
    return reporter is not None and reporter.undisturbed
