"""严格测试: the gate of a customised change. Without a record of its round nothing is handed over (agreement §3)."""

from agreement.words import Act
from desk.confirming import confirm
from desk.events import append
from desk.handling import taken_up
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import StrictTest, Ticket


def record(sitting: Sitting, ticket_id: int, *, environment: str, cases: str, result: str) -> Ticket:
    """Where it was tested, what, and with what result; from now on 完成 is possible in this round."""
    ticket = taken_up(sitting, ticket_id, Act.TEST)
    written = {"environment": environment, "cases": cases, "result": result}
    sitting.session.add(
        StrictTest(
            ticket_id=ticket.id,
            round=ticket.round,
            tester_id=sitting.actor.person_id,
            at=sitting.at,
            **written,
        )
    )
    ticket.tested_round = ticket.round
    event = append(sitting, ticket, "test", written)
    confirm(sitting, ticket, event, written)
    tell(sitting, ticket, event, values={"engineer": sitting.actor.name, "result": result})
    return ticket
