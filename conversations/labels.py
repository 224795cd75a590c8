"""Which words are the label of what, in either language: read once from the flows and the sentences."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from conversations import care_taps, duty_taps
from conversations.engine import commands
from conversations.playing import FLOWS
from texts.say import LANGUAGES, render, say

NUMBER: Final = r"#? ?(?P<ticket>\d{1,9}|zxfk-\d{4}-\d{6}) ?号?单?"
WITH_NUMBER: Final = (
    re.compile(rf"(?P<label>\D+?) ?{NUMBER}"),
    re.compile(rf"{NUMBER}[.,:、，：]? ?(?P<label>\D+)"),
)  # of a folded text
# 为什么 under a list is another flow than under a ticket, and nobody types it with a number.
NOT_ON_A_TICKET: Final = {
    "report",
    "free_words",
    "unclear",
    "join",
    "register",
    *care_taps.SUBJECT,
    *duty_taps.MENU,
}


def labels_of(name: str) -> frozenset[str]:
    """The label of that name in every language, folded."""
    return frozenset(commands.fold(render(say(f"label.{name}"), language)) for language in LANGUAGES)


def _acts() -> dict[str, tuple[str, ...]]:
    """Label → flows, the customer's first: 紧急 is the customer's word and the vendor's question, 有异议 the
    school's on a receipt and the manager's on a claim."""
    found: dict[str, tuple[str, ...]] = {}
    for name in FLOWS:
        for label in labels_of(name) if name not in NOT_ON_A_TICKET else ():
            found[label] = (*found.get(label, ()), name)
    return found


PROGRESS: Final = ("progress",)  # 进度 1: that ticket's card
ACTS: Final = _acts() | dict.fromkeys(labels_of("progress"), PROGRESS)
WHY: Final = labels_of("why")
END: Final = labels_of("end")
REPORT: Final = labels_of("report")
ANSWERS: Final = frozenset(
    folded for label in (*duty_taps.LABEL.values(), *care_taps.SUBJECT) for folded in labels_of(label)
)


def acts_of(words: str) -> Sequence[str]:
    """The acts of a ticket that bear this label, none for other words; 为什么 asks about any ticket."""
    folded = commands.fold(words)
    return () if folded in WHY else ACTS.get(folded, ())


def acts_with_number(words: str, others: Mapping[str, Sequence[str]]) -> tuple[Sequence[str], str] | None:
    """(the acts of that label, number of the ticket) where the words name both, in either order, and nothing else.

    `others` are words that mean an act besides its label.
    """
    folded = commands.fold(words)
    for pattern in WITH_NUMBER:
        found = pattern.fullmatch(folded)
        label = commands.fold(found["label"]) if found else ""
        acts = ACTS.get(label) or others.get(label)
        if found is not None and acts is not None:
            return acts, found["ticket"]
    return None
