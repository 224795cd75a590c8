"""What a menu word answers at once: 进度, 帮助. Read from the desk, changed by nobody."""

from typing import Final

from agreement.words import Role
from conversations.buttons import Signer
from conversations.cards import Card, card
from conversations.menus import menu_of
from desk.showing import OPEN, TicketView, open_for, show
from desk.sitting import Actor, Sitting
from texts.say import Say, render, say

__all__ = ["OPEN", "help_text", "is_vendor", "menu_line", "progress", "typed_acts"]

# What some roles can do besides, in this order.
HELP_OF: Final = (
    ({Role.ENGINEER}, "list.help_engineer"),
    ({Role.DESK, Role.LEAD}, "list.help_notes"),
    ({Role.DESK, Role.LEAD, Role.ARCHIVIST, Role.MANAGER}, "list.help_register"),
    ({Role.ARCHIVIST}, "list.help_archivist"),
    ({Role.REPRESENTATIVE}, "list.help_representative"),
)
# Labels that each of the vendor's roles types with a ticket's number, as an example.
TYPED: Final = {
    Role.ENGINEER: ("acknowledge", "done"),
    Role.DESK: ("assign", "close"),
    Role.LEAD: ("assign", "accept"),
    Role.ARCHIVIST: ("archive", "records"),
    Role.MANAGER: ("aware", "records"),
}
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
    said = [_vendors_help(actor) if is_vendor(actor) else say("list.help_customer")]
    said += [say(key) for roles, key in HELP_OF if roles & actor.roles]
    said.append(say("list.help_language"))
    return "\n".join(render(one, actor.language) for one in said)


def _vendors_help(actor: Actor) -> Say:
    return say("list.help_vendor", menu=menu_line(actor), acts=typed_acts(actor))


def typed_acts(actor: Actor) -> str:
    """验收通过 1: an example of what their first role on the list does by typing."""
    labels = next(own for role, own in TYPED.items() if role in actor.roles)
    return " · ".join(f"{render(say(f'label.{one}'), actor.language)} 1" for one in labels)


def menu_line(actor: Actor) -> str:
    """The words of their roles' menu: on a platform whose menu is one for everybody they stand nowhere else."""
    asked = render(say("label.help"), actor.language)
    return " · ".join(word for word in menu_of(actor.roles, actor.language) if word != asked)


def is_vendor(actor: Actor) -> bool:
    return any(school is None for school, _ in actor.memberships)
