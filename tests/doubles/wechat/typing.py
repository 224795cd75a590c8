"""What a person types where WeChat has nothing to tap: a number, or the button's word with the ticket's number.

A number means the newest list on the screen. For an older one, and to answer a card (a quotation is not handed on to
an account), a person names the ticket: 接单 1, 答复 1.
"""

import re
from collections.abc import Sequence

from tests.doubles.platform import Shown, ShownButton

TICKET = re.compile(r"#(\d+)")
ANSWERS = ("答复", "补充")  # how a card is answered, by whoever sees which


def typed_choice(screen: Sequence[Shown], message_id: str, button: ShownButton) -> str:
    """What to type for a line of a numbered list."""
    lists = [one for one in screen if one.buttons]
    tapped = next((one for one in lists if one.message_id == message_id), None)
    if tapped is None or tapped is lists[-1] or (number := _ticket_on(tapped)) is None:
        return button.data
    return f"{button.label} {number}"


def typed_answer(screen: Sequence[Shown], message_id: str, words: str) -> tuple[str, ...]:
    """What to type to answer that card: which ticket, then the words."""
    card = next((one for one in screen if one.message_id == message_id), None)
    number = _ticket_on(card) if card is not None else None
    if card is None or number is None:
        return (words,)
    offered = [one.label for one in card.buttons]
    how = next((label for label in ANSWERS if label in offered), None)
    return (f"{how} {number}", words) if how is not None else (words,)


def _ticket_on(shown: Shown) -> str | None:
    found = TICKET.search(shown.text.strip().split("\n")[0])
    return found[1] if found else None
