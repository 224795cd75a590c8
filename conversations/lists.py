"""What a menu word answers at once: 进度, 帮助. Read from the desk, changed by nobody."""

from agreement.words import Role
from conversations.buttons import Signer
from conversations.cards import Card, card
from desk.showing import OPEN, TicketView, open_for, show
from desk.sitting import Actor, Sitting
from texts.say import render, say

__all__ = ["OPEN", "help_text", "is_vendor", "progress"]

CARDS = 5  # more than these are listed in one line each


def progress(sitting: Sitting, signer: Signer) -> list[tuple[Card, int | None]]:
    """Cards of what is open for this person (with their tickets), or one sentence that nothing is."""
    tickets = open_for(sitting)
    language = sitting.actor.language
    if not tickets:
        key = "list.empty" if sitting.actor.schools() or not sitting.actor.roles else "list.empty_queue"
        return [(Card(render(say(key), language), ()), None)]
    shown: list[tuple[Card, int | None]] = []
    rest = tickets[CARDS:]
    if rest:
        lines = [render(say("list.title"), language)] + [
            render(
                say("list.one", number=one.ordinal, state=say(f"state.{one.state}"), text=one.text[:30]),
                language,
            )
            for one in rest
        ]
        shown.append((Card("\n".join(lines), ()), None))
    for one in reversed(tickets[:CARDS]):
        view = show(sitting, one.id)
        if view is not None:
            shown.append((card_of(sitting, signer, view), one.id))
    return shown


def card_of(sitting: Sitting, signer: Signer, ticket: TicketView) -> Card:
    """The card of one ticket for this person."""
    return card(ticket, sitting.actor.language, sitting.now, signer, sitting.actor.account_id or 0)


def help_text(actor: Actor) -> str:
    """What each of the person's roles can write, the school's own first."""
    keys = ["list.help_vendor"] if is_vendor(actor) else ["list.help_customer"]
    if Role.REPRESENTATIVE in actor.roles:
        keys.append("list.help_representative")
    return "\n".join(render(say(key), actor.language) for key in keys)


def is_vendor(actor: Actor) -> bool:
    return any(school is None for school, _ in actor.memberships)
