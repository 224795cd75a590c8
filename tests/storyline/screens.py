"""What people see, as the lines of a story ask of it: a match, the newest card, a button by its label."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.doubles.platform import Shown, ShownButton
from tests.storyline.stage import Phone, Stage

PHOTO_LINE = re.compile(r"<[^<>]+>")
NUMBER = re.compile(r"#(\d+)")


@dataclass(frozen=True)
class Seen:
    """One change of one person's screen.

    `is_anew`: an edit, or the same card sent again for want of edits. `is_quiet`: an edit of a ticket's card,
    or one that only takes buttons away: no message in the sense of `nothing` and `strict`. A prompt that is
    edited into the next one is how the desk answered, and counts.
    """

    phone: Phone
    shown: Shown
    is_anew: bool
    is_quiet: bool

    @property
    def message(self) -> tuple[Phone, str]:
        return self.phone, self.shown.message_id

    def offers(self, label: str) -> ShownButton | None:
        return next((button for button in self.shown.buttons if button.label == label), None)


@dataclass(frozen=True)
class FoundButton:
    """A button and the message under which it stands."""

    seen: Seen
    button: ShownButton


def number_on(text: str) -> int | None:
    """The ticket's number on a card: `#N` in the first line that is no photo."""
    lines = (line for line in text.strip().splitlines() if not PHOTO_LINE.fullmatch(line.strip()))
    found = NUMBER.search(next(lines, ""))
    return int(found[1]) if found else None


def seen_by(stage: Stage, person: str) -> list[Seen]:
    """Everything that person saw on all phones, in order."""
    changes = [
        (phone, shown)
        for phone in stage.phones(person)
        for shown in stage.platforms[phone.channel].screen(phone.account)
    ]
    changes.sort(key=lambda change: change[1].sequence)
    texts: dict[tuple[Phone, str], str] = {}
    seen: list[Seen] = []
    for phone, shown in changes:
        is_anew = shown.is_edit or stage.is_shown_anew(phone, shown)
        before = texts.get((phone, shown.message_id))
        is_quiet = is_anew and (number_on(shown.text) is not None or before == shown.text)
        seen.append(Seen(phone, shown, is_anew, is_quiet))
        texts[phone, shown.message_id] = shown.text
    return seen


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text is the pattern, `*` being any text, lines included.

    A medium alone (`<photo name>`) is one whatever the desk has written below it.
    """
    parts = (re.escape(part) for part in pattern.split("*"))
    whole = text.strip()
    shown = whole.partition("\n")[0] if PHOTO_LINE.fullmatch(pattern) else whole
    return re.fullmatch(".*".join(parts), shown, re.DOTALL) is not None


def on_screen(seen: Iterable[Seen]) -> list[Seen]:
    """The newest version of every message. A card that is edited stays where it stands in the chat; a prompt that
    is edited into the next one is the desk's answer, and stands at the end.
    """
    newest: dict[tuple[Phone, str], Seen] = {}
    for one in seen:
        if not one.is_quiet:
            newest.pop(one.message, None)
        newest[one.message] = one
    return list(newest.values())


def newest_button(seen: Sequence[Seen], label: str, number: int | None) -> FoundButton | None:
    """The newest button with exactly this label, on cards of ticket `number` if one is given.

    One that a newer card of the same ticket no longer offers was taken away: any other goes before it.
    """
    shown = _about(on_screen(seen), number)
    standing = [one for one in shown if not _is_taken_away(seen, one, label)]
    return _newest(standing, label) or _newest(shown, label)


def _is_taken_away(seen: Sequence[Seen], one: Seen, label: str) -> bool:
    number = number_on(one.shown.text)
    card = newest_card(seen, number) if number is not None else None
    return card is not None and card.offers(label) is None


def newest_card(seen: Sequence[Seen], number: int | None) -> Seen | None:
    """The newest message that has or had buttons, as it looks now."""
    had_buttons = {one.message for one in seen if one.shown.buttons}
    cards = [one for one in _about(on_screen(seen), number) if one.message in had_buttons]
    return cards[-1] if cards else None


def old_button(seen: Sequence[Seen], label: str, number: int | None) -> FoundButton | None:
    """A button that an earlier message offered: one that was taken away, else one left on an old message."""
    current = on_screen(seen)
    gone = [one for one in seen if one not in current]
    left = [one for one in current if one is not newest_card(seen, number)]
    return _newest(_about(gone, number), label) or _newest(_about(left, number), label)


def _about(seen: Sequence[Seen], number: int | None) -> list[Seen]:
    return [one for one in seen if number is None or number_on(one.shown.text) == number]


def _newest(seen: Sequence[Seen], label: str) -> FoundButton | None:
    for one in reversed(seen):
        if button := one.offers(label):
            return FoundButton(one, button)
    return None
