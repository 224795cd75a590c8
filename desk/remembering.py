"""What happens when a reminder's moment comes: remind, let silence stand, end the objection days."""

from desk.archiving import close_by_policy
from desk.events import append
from desk.opinions import silence_stands
from desk.sitting import Sitting
from desk.telling import tell
from storage import due
from storage.tables import Person, Reminder, Ticket


def remember_what_is_due(sitting: Sitting, limit: int = 100) -> int:
    """Every reminder whose moment has come, the ticket locked first. Returns how many there were."""
    rows = due.reminders(sitting.session, sitting.now, limit)
    for row in rows:
        row.done_at = sitting.now
        ticket = sitting.session.get_one(Ticket, row.ticket_id, with_for_update=True, populate_existing=True)
        if row.round == ticket.round:
            _remember(sitting.as_of(row.due_at), ticket, row)
    return len(rows)


def _remember(sitting: Sitting, ticket: Ticket, row: Reminder) -> None:
    if row.name.startswith("opinion_reminder") and not ticket.opinion and not _undisturbed(sitting, ticket):
        tell(sitting, ticket, append(sitting, ticket, "opinion_reminder"))
    elif row.name == "silence_closes" and not ticket.opinion:
        silence_stands(sitting, ticket)
        close_by_policy(sitting, ticket)
    elif row.name == "objection_over" and not ticket.objection_settled:
        ticket.objection_settled = True
        tell(sitting, ticket, append(sitting, ticket, "objection_over"))


def _undisturbed(sitting: Sitting, ticket: Ticket) -> bool:
    """A reminder of the opinion is a courtesy: who wishes none gets none, and silence closes all the same."""
    reporter = sitting.session.get(Person, ticket.reporter_id) if ticket.reporter_id is not None else None
    return reporter is not None and reporter.undisturbed
