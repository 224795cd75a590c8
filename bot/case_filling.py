"""Cells of a case that are still empty: who owes them, and completing those that are one's own (补填)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agreement.records import is_of_the_house
from agreement.words import Role
from desk.access import locked, relations
from desk.case_reading import case_file
from desk.record_editions import COMPLETING
from desk.sitting import Sitting
from records.completing import Empty, complete, empty_cells
from records.office import Office
from texts.refused import Refused
from texts.say import Say, say

MOST: Final = 4000  # signs of one cell


@dataclass(frozen=True)
class CaseFilling:
    """`cells`: what is empty, to the vendor's people alone. `own`: those that this person owes and may fill."""

    cells: Sequence[Empty]
    own: Sequence[Empty]


def filling(sitting: Sitting, ticket_id: int, office: Office) -> CaseFilling:
    """Of a case that this person may see."""
    ticket = locked(sitting, ticket_id)
    held = relations(sitting.actor, ticket)
    if not is_of_the_house(held):
        return CaseFilling((), ())
    cells = empty_cells(case_file(sitting, ticket), office)
    roles = sitting.actor.roles if held & COMPLETING else frozenset[Role]()
    return CaseFilling(cells, [one for one in cells if one.by_hand and one.by in roles])


def fill(sitting: Sitting, ticket_id: int, office: Office, given: Mapping[str, str]) -> Say:
    """What became of it, as a sentence."""
    try:
        own = filling(sitting, ticket_id, office).own
        one = next((one for one in own if place(one) == given.get("cell")), None)
        text = given.get("text", "")[:MOST]
        if one is None:
            return say("refused.bad_tap")
        if not text:
            return say("case.nothing_written", label=one.label)
        form = office.forms.current(one.record)
        reason = given.get("reason", "")[:MOST]
        complete(sitting, ticket_id, form, attempt=one.attempt, key=one.key, text=text, reason=reason)
    except Refused as no:
        return no.said
    return say("case.filled", label=one.label)


def place(one: Empty) -> str:
    """How a form names the cell."""
    return f"{one.record.value}:{one.attempt}:{one.key}"
