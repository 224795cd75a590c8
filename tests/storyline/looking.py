"""The lines that ask the tables: `= ticket …`, `= promise …`, `= penalty …`, `= record …`."""

from collections.abc import Callable

from agreement.words import Kind, State
from tests.storyline.moments import written
from tests.storyline.play_state import Play, UnmetError
from tests.storyline.script import (
    Assignee,
    CanMake,
    PenaltySum,
    Photos,
    PromiseDue,
    PromiseIs,
    Reported,
    Round,
    TicketCount,
    TicketIs,
    Unconfirmed,
    Urgent,
    Waiting,
)
from tests.storyline.stage import PromiseFacts, TicketFacts

Fact = State | Kind | Reported | Unconfirmed | Round | Photos | Waiting | Assignee | Urgent

# For each fact: what the tables have, in the words of the line.
REALLY: dict[type, Callable[[TicketFacts], Fact | None]] = {
    State: lambda ticket: ticket.state,
    Kind: lambda ticket: ticket.kind,
    Reported: lambda ticket: Reported(ticket.reported_at),
    Unconfirmed: lambda ticket: Unconfirmed() if ticket.is_unconfirmed else None,
    Urgent: lambda ticket: Urgent() if ticket.is_urgent else None,
    Waiting: lambda ticket: Waiting() if ticket.is_waiting else None,
    Round: lambda ticket: Round(ticket.round),
    Photos: lambda ticket: Photos(ticket.photos),
    Assignee: lambda ticket: Assignee(ticket.assignee),
}


async def check_ticket(play: Play, line: TicketIs) -> None:
    """Raises UnmetError when the tables say otherwise."""
    really = REALLY[type(line.fact)](await play.ticket(line.ticket))
    if really != line.fact:
        raise UnmetError(f"ticket {line.ticket} to be {_words(line.fact)}; it is {_words(really)}")


async def check_count(play: Play, line: TicketCount) -> None:
    """Raises UnmetError when there are more or fewer tickets."""
    count = len(await play.stage.facts.tickets())
    if count != line.count:
        raise UnmetError(f"{line.count} tickets in all; there are {count}")


async def check_promise(play: Play, line: PromiseIs) -> None:
    """Raises UnmetError when the promise is in another state or not there."""
    facts = await _promise(play, line)
    if facts.state != line.state:
        raise UnmetError(f"{line.promise} of ticket {line.ticket} {line.state}; it is {facts.state}")


async def check_due(play: Play, line: PromiseDue) -> None:
    """Raises UnmetError when the promise is due at another moment or not there."""
    facts = await _promise(play, line)
    if facts.due_at != line.at:
        due = f"due {written(line.at)}; it is due {written(facts.due_at)}"
        raise UnmetError(f"{line.promise} of ticket {line.ticket} {due}")


async def _promise(play: Play, line: PromiseIs | PromiseDue) -> PromiseFacts:
    ticket = await play.ticket(line.ticket)
    facts = await play.stage.facts.promise(ticket.shown, line.promise, line.step)
    if facts is None:
        raise UnmetError(f"a promise {line.promise} {line.step} of ticket {line.ticket}; there is none")
    return facts


async def check_penalty(play: Play, line: PenaltySum) -> None:
    """Raises UnmetError when the ledger has another sum in that state."""
    sum_fen = await play.stage.facts.penalties_fen(line.school, line.state)
    if sum_fen != line.sum_fen:
        raise UnmetError(
            f"{line.sum_fen / 100:.2f} {line.state} for {line.school}; the ledger has {sum_fen / 100:.2f}"
        )


async def check_record(play: Play, line: CanMake) -> None:
    """Raises UnmetError with what is missing when the record cannot be made."""
    ticket = await play.ticket(line.ticket)
    if missing := await play.stage.facts.missing_for(ticket.shown, line.record):
        raise UnmetError(f"《{line.record}》 of ticket {line.ticket} from the tables; missing: {missing}")


def _words(fact: Fact | None) -> str:
    match fact:
        case None:
            return "not"
        case Reported(at):
            return f"reported {written(at)}"
        case State() | Kind():
            return fact.value
        case Round(number) | Photos(number):
            return f"{type(fact).__name__.lower()} {number}"
        case Assignee(person):
            return f"assigned to {person or 'nobody'}"
        case _:
            return type(fact).__name__.lower()
