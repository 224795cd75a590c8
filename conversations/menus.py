"""The menu that stands under a chat of our own: the words of each role, in the order in which they are wanted.

A platform's menu is one for everybody (`bot/wechat/menu.py`, `bot/telegram/account.py`); a page of ours knows who
looks at it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from agreement.words import Role
from texts.say import sentences

TEACHER: Final = ("report", "progress", "on_duty", "help", "human")
# Keys of the commands (commanding.py). Whoever holds several roles reads those of the first, then what the others add.
MENUS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.DESK: ("register", "progress", "calls", "ledger", "on_duty", "swap", "leave", "help"),
    Role.LEAD: ("progress", "ledger", "register_book", "swap", "leave", "on_duty", "help"),
    Role.ENGINEER: ("progress", "sign_in", "swap", "leave", "calls", "on_duty", "help"),
    Role.ARCHIVIST: ("to_archive", "archive_page", "progress", "help"),
    Role.MANAGER: ("progress", "ledger", "register_book", "on_duty", "help"),
    Role.REPRESENTATIVE: ("report", "progress", "ledger", "contract", "register_book", "on_duty", "help", "human"),
    Role.TEACHER: TEACHER,
}


def menu_of(roles: Iterable[Role], language: str) -> list[str]:
    """The words, as they are written in this language; whoever has no role yet may report all the same."""
    held = frozenset(roles)
    keys = dict.fromkeys(key for role, own in MENUS.items() if role in held for key in own) or TEACHER
    return [sentences(language)[f"label.{key}"] for key in keys]
