"""满意, typed after the question was put away: the mark still counts, by its label as by its button."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from conversations import care_taps
from conversations.engine import commands
from conversations.engine.choosing import MARKS
from conversations.engine.conversation import converse
from conversations.engine.heard import DialogTap
from conversations.engine.kept import Frame
from conversations.exchange import Exchange
from conversations.shown_cards import newest_taps
from conversations.taking import take
from conversations.thanks import besides_thanks
from desk.access import ordinal_of

# As it is printed (`5 非常满意`), as its text way has it (`满意 1` of ticket 1), or the label alone; of a folded text.
TYPED: Final = re.compile(r"(?:(?P<number>[1-5])[.、]? ?)?(?P<label>\D+?)(?: #?(?P<ordinal>\d{1,9}))?")


def named(exchange: Exchange) -> bool:
    """很不满意 1: of the ticket that is named, whatever else is asked."""
    found = TYPED.fullmatch(commands.fold(exchange.typed))
    return found is not None and found["ordinal"] is not None and typed(exchange)


def typed(exchange: Exchange) -> bool:
    """The mark of the ticket that is named, else of the one asked about last, while it can still be given."""
    found = TYPED.fullmatch(_mark_said(exchange))
    key = _key(found["number"] or "", found["label"]) if found is not None else ""
    if found is not None and key and found["ordinal"] is None and asks_how_it_goes(exchange):
        exchange.replies.say("list.answer_follow_up")
        return True
    frame = next(_unmarked(exchange, found["ordinal"]), None) if found is not None and key else None
    if frame is None or frame.shown is None:
        return False
    tap = DialogTap(frame.id, frame.shown.question, key, frame.shown.digest)
    take(exchange, converse(exchange.dialog, replace(exchange.heard.emptied, tap=tap), exchange.stage))
    return True


def is_mark(exchange: Exchange) -> bool:
    """5分 or 满意, and not the number alone, which may be of anything."""
    return bool(mark_in(_mark_said(exchange)))


def mark_in(clause: str) -> str:
    """The key of the mark that a folded clause is, if it is one."""
    found = TYPED.fullmatch(clause)
    return _key("", clause) or (_key(found["number"] or "", found["label"]) if found is not None else "")


def _mark_said(exchange: Exchange) -> str:
    """满意，谢谢 says 满意."""
    said = besides_thanks(exchange.typed)
    return next(iter(said)) if len(said) == 1 else commands.fold(exchange.typed)


def asks_how_it_goes(exchange: Exchange) -> bool:
    """Whether a follow-up stands lowest: 很不满意 below it is said of today, not of a matter of ten days ago."""
    return any(tap.act in care_taps.ON_FOLLOW_UP for tap in newest_taps(exchange))


def _key(number: str, label: str) -> str:
    """Of the mark with this label; a number before it must be its own."""
    return next((one.key for one in MARKS if one.is_named(label) and number in {"", one.number}), "")


def _unmarked(exchange: Exchange, ordinal: str | None) -> Iterator[Frame]:
    """已解决 that lies beneath another question or was put away before its mark, the newest first."""
    dialog = exchange.dialog
    for kept in (*reversed(dialog.frames), *(one.kept for one in reversed(dialog.over))):
        if kept is None or kept.flow != "solved" or kept.shown is None or kept.shown.question != "mark":
            continue
        if ordinal is None or int(ordinal) == ordinal_of(exchange.sitting, int(kept.subject)):
            yield kept
