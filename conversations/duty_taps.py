"""Buttons about shifts that are no ticket's: answers to a swap or to leave, and the engineer's own menu words."""

from collections.abc import Callable, Mapping
from typing import Final

from agreement.words import VENDOR_ROLES, Role
from conversations.buttons import CardTap, Signer
from conversations.engine.messages import Button
from desk import leaving, swapping
from desk.sitting import Actor, Sitting
from texts.refused import Refused
from texts.say import render, say

Answer = Callable[[Sitting, int], None]
ANSWERS: Final[Mapping[str, Answer]] = {
    "swap_yes": swapping.agree,
    "swap_no": swapping.refuse,
    "leave_yes": leaving.agree,
    "leave_no": leaving.refuse,
}
LABEL: Final[Mapping[str, str]] = {
    "swap_yes": "consent",
    "swap_no": "refuse",
    "leave_yes": "consent",
    "leave_no": "refuse",
}
STYLES: Final[Mapping[str, str]] = {"swap_yes": "success", "leave_yes": "success"}
# Which answers stand under which notice.
UNDER: Final[Mapping[str, tuple[str, ...]]] = {
    "swap_wanted": ("swap_yes", "swap_no"),
    "leave_wanted": ("leave_yes", "leave_no"),
}
# Who may be asked for one of them.
ASKED: Final = frozenset({Role.ENGINEER, Role.LEAD, Role.DESK})
# Words of the menu, each a flow of that name, and whose they are.
MENU: Final[Mapping[str, frozenset[Role]]] = {
    "sign_in": frozenset({Role.ENGINEER}),
    "swap": frozenset({Role.ENGINEER, Role.LEAD, Role.DESK}),
    "leave": frozenset({Role.ENGINEER, Role.LEAD, Role.DESK}),
    "leave_back": frozenset({Role.ENGINEER, Role.LEAD, Role.DESK}),
}
assert all(roles <= VENDOR_ROLES for roles in MENU.values())


def under(notice: str, about: int, language: str, signer: Signer, account_id: int) -> tuple[Button, ...]:
    """The buttons of a notice that waits for an answer."""
    return tuple(
        _button(act, LABEL[act], about, language, signer, account_id) for act in UNDER.get(notice, ())
    )


def menu(actor: Actor, signer: Signer) -> tuple[Button, ...]:
    """What this person's menu has about shifts, as buttons."""
    return tuple(
        _button(act, act, 0, actor.language, signer, actor.account_id or 0)
        for act, roles in MENU.items()
        if actor.roles & roles
    )


def may_begin(actor: Actor, act: str) -> None:
    """Refused for whoever has no such word in the menu."""
    if not actor.roles & MENU[act]:
        raise Refused("refused.engineers_only")


def _button(act: str, label: str, about: int, language: str, signer: Signer, account_id: int) -> Button:
    return Button(
        label=render(say(f"label.{label}"), language),
        data=signer.card(CardTap(act, about, 0), account_id),
        style=STYLES.get(act, ""),
    )
