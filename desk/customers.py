"""What the school does with its ticket: add, nudge, declare urgent or not, withdraw, object to a receipt."""

from collections.abc import Sequence
from datetime import timedelta

from agreement.promises import PROMISES_OF_URGENCY, Undoing
from agreement.words import Act, Cause, Harm, Promise
from desk import catching_up, expiring, pausing, reminding, reviewing, watching
from desk.access import locked, locked_for, require
from desk.confirming import confirm, given
from desk.declared import of_own_word
from desk.events import append
from desk.follow_on import is_followed
from desk.reporting import Sent, attach
from desk.said_by_phone import named, noted, whose
from desk.sitting import Actor, Sitting
from desk.telling import tell
from storage.tables import Review, Ticket
from texts.refused import Refused
from texts.say import say


def add(
    sitting: Sitting, ticket_id: int, *, words: str, sent: tuple[Sent, ...] = (), speaker: Actor | None = None
) -> Ticket:
    """补充: relayed to the assignee, else to the desk. An unanswered 提问 is answered by it.

    `speaker` is who said it on the phone to the sitting's actor.
    """
    theirs = whose(sitting, speaker)
    ticket = locked_for(theirs, ticket_id, Act.ADD)
    require(theirs, Act.ADD, ticket)
    answered = ticket.waiting
    data = {"words": words, "answers": answered, "sent": len(sent), **noted(speaker)}
    event = append(sitting, ticket, "add", data)
    pausing.waits_no_more(sitting, ticket, event)
    attach(sitting, ticket, event, sent)
    said = words or say("card.attached")
    tell(sitting, ticket, event, values={"by": named(sitting, speaker), "words": said, "sent": len(sent)})
    return ticket


def correct(sitting: Sitting, ticket_id: int, *, words: str) -> Ticket:
    """The person edited the message that a ticket was made of: the history gains a line, nothing is rewritten."""
    ticket = locked_for(sitting, ticket_id, Act.ADD)
    require(sitting, Act.ADD, ticket)
    event = append(sitting, ticket, "edited", {"words": words})
    tell(sitting, ticket, event, values={"by": sitting.actor.name, "words": words})
    return ticket


def nudge(sitting: Sitting, ticket_id: int) -> Ticket:
    """催办: at most once in the policy's minutes, else the person reads when."""
    ticket = locked_for(sitting, ticket_id, Act.NUDGE)
    require(sitting, Act.NUDGE, ticket)
    policy = sitting.rulebook.policy(sitting.session, ticket.policy_id)
    again_at = ticket.nudged_at + timedelta(minutes=policy.nudge_minutes) if ticket.nudged_at else None
    if again_at is not None and sitting.at < again_at:
        raise Refused("refused.nudged_already", number=ticket.ordinal, at=again_at)
    ticket.nudged_at = sitting.at
    event = append(sitting, ticket, "nudge")
    tell(sitting, ticket, event, values={"by": sitting.actor.name})
    return ticket


def declare_urgent(sitting: Sitting, ticket_id: int, *, named: Sequence[int] = ()) -> Ticket:
    """紧急: the customer's word makes it so at once; cause and harm may follow. `named` asked for that word.

    Words that said so and waited (a draft filed by silence, a call registered as not urgent) count from then.
    """
    ticket = locked_for(sitting, ticket_id, Act.URGENT)
    if ticket.is_urgent:
        raise Refused("refused.urgent_already", number=ticket.ordinal)
    require(sitting, Act.URGENT, ticket)
    ticket.is_urgent = True
    ticket.urgent_at = ticket.urgency_said_at or sitting.at
    ticket.urgency_said_at = None
    ticket.cause = Cause.UNSTATED.value
    ticket.harm = Harm.UNSTATED.value
    event = append(sitting, ticket, "urgent", {"since": ticket.urgent_at})
    catching_up.begin(sitting, ticket, PROMISES_OF_URGENCY, ticket.urgent_at, event)
    confirm(sitting, ticket, event, {"urgent": True, "since": ticket.urgent_at.isoformat()})
    tell(sitting, ticket, event, named=named, values={"by": sitting.actor.name})
    return ticket


def state_urgency(sitting: Sitting, ticket_id: int, *, cause: Cause, harm: Harm) -> Ticket:
    """Cause and harm, given after the word: with the tap on 紧急, or later by a button of its own."""
    ticket = locked_for(sitting, ticket_id, Act.STATE_URGENCY)
    if not ticket.is_urgent:
        raise Refused("refused.not_urgent_any_more", number=ticket.ordinal)
    require(sitting, Act.STATE_URGENCY, ticket)
    ticket.cause = cause.value
    ticket.harm = harm.value
    append(sitting, ticket, "urgency_stated", {"cause": cause.value, "harm": harm.value})
    return ticket


def take_back_urgency(sitting: Sitting, ticket_id: int, *, named: Sequence[int] = ()) -> Ticket:
    """不急了: only the customer takes it back; of a matter that was reported twice whoever alone said so does as well.
    `named` asked for that word.
    """
    ticket = locked_for(sitting, ticket_id, Act.NOT_URGENT)
    require(sitting, Act.NOT_URGENT, ticket, *of_own_word(sitting, ticket))
    ticket.is_urgent = False
    event = append(sitting, ticket, "not_urgent")
    watching.withdraw(sitting, ticket, PROMISES_OF_URGENCY, event)
    tell(sitting, ticket, event, named=named, values={"by": sitting.actor.name})
    return ticket


def withdraw(sitting: Sitting, ticket_id: int) -> Ticket:
    """撤销, before work began; never of what somebody else has reported too."""
    ticket = locked(sitting, ticket_id)
    allowed = require(sitting, Act.WITHDRAW, ticket)
    if is_followed(sitting, ticket):
        raise Refused("refused.others_wait", number=ticket.ordinal)
    ticket.state = allowed.to.value
    ticket.waiting = ""
    event = append(sitting, ticket, "withdraw")
    watching.withdraw(sitting, ticket, set(Promise), event)
    reminding.drop(sitting, ticket)
    tell(sitting, ticket, event, values={"by": sitting.actor.name})
    return ticket


def object_to(sitting: Sitting, ticket_id: int, *, words: str, finding: int = 0) -> Ticket:
    """有异议: what the receipt had kept is undone, the matter is reviewed again."""
    ticket = locked(sitting, ticket_id)
    allowed = require(sitting, Act.OBJECT, ticket)
    _receipt_shown(sitting, ticket, finding)
    ticket.state = allowed.to.value
    ticket.objection_until_at = None
    ticket.objection_settled = False
    reminding.drop(sitting, ticket)
    event = append(sitting, ticket, "object", {"words": words})
    watching.unkeep(sitting, ticket, Undoing.OBJECTED, event)
    watching.ring_again(sitting, ticket)
    expiring.watch(sitting, ticket)
    tell(sitting, ticket, event, values={"by": sitting.actor.name, "words": words})
    return ticket


def do_not_object(sitting: Sitting, ticket_id: int, *, finding: int = 0) -> Ticket:
    """无异议: the receipt stands and the case can be archived. A receipt of before is never meant by mistake."""
    ticket = locked(sitting, ticket_id)
    require(sitting, Act.NO_OBJECTION, ticket)
    review = _receipt_shown(sitting, ticket, finding)
    ticket.objection_settled = True
    reminding.drop(sitting, ticket)
    event = append(sitting, ticket, "no_objection")
    kept = confirm(sitting, ticket, event, reviewing.receipt(ticket, review.reason))
    tell(sitting, ticket, event, values={"by": sitting.actor.name, **given(kept)})
    return ticket


def _receipt_shown(sitting: Sitting, ticket: Ticket, finding: int) -> Review:
    """The finding whose receipt stood above the button (0 for none named), unless another one has been sent since."""
    review = reviewing.newest(sitting, ticket)
    if finding not in {0, review.id}:
        raise Refused("refused.other_receipt", number=ticket.ordinal)
    return review
