"""A plan that nobody has answered: silence never stands for it (acts, 办结), so whoever may agree is reminded of it.

Handing it over has kept what a plan keeps: no promise's alarm would ever ask. After the last reminder the desk and the
engineer hear that the school must be asked by phone.
"""

from agreement.words import State
from desk import other_dates, reminding
from desk.events import append
from desk.planning import latest
from desk.reminding import PLAN_WAITS
from desk.representing import has_representative
from desk.schedule import steps_of
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Reminder, Ticket


def look(sitting: Sitting, ticket: Ticket, row: Reminder) -> None:
    """Nobody has agreed to this version or discussed it: it is put before them once more."""
    plan = latest(sitting, ticket)
    if plan is None or plan.id != row.about or plan.answer or ticket.state != State.PROPOSED.value:
        return
    clock = sitting.by_the_clock()
    if any(one.due_at < sitting.now for one in steps_of(sitting, plan)):
        # Nobody could agree to it: other dates are asked for, unless they are already.
        reminding.at(sitting, ticket, other_dates.NAME, sitting.now, plan.id)
        return
    if plan.fee != "paid" or has_representative(sitting, ticket):  # else nobody is named who could agree
        event = append(clock, ticket, "plan_reminder", {"version": plan.version}, visibility="internal")
        tell(clock, ticket, event, values={"version": plan.version})
    if row.name == _last(sitting, ticket):
        event = append(clock, ticket, "plan_unanswered", {"version": plan.version}, visibility="internal")
        tell(clock, ticket, event, values={"version": plan.version, "handed_at": plan.handed_at})


def _last(sitting: Sitting, ticket: Ticket) -> str:
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    return f"{PLAN_WAITS}_{max(policy.opinion_reminder_days)}"
