"""Reads what stands after `> `: one of the forms, or else plain text, whatever it contains."""

import re
from collections.abc import Callable

from agreement.words import Role
from tests.storyline.script import (
    Deed,
    Edit,
    Location,
    OldTap,
    OpenInvite,
    Photo,
    Reply,
    Scan,
    SentFile,
    Sticker,
    Tap,
    Text,
    Voice,
)

Found = re.Match[str]
ROLES = "|".join(Role)
NUMBER = r"-?\d+(?:\.\d+)?"


def _number(text: str | None) -> int | None:
    return int(text) if text else None


# A form counts only as the whole of what was typed, so that no sentence of a teacher can break a story.
FORMS: tuple[tuple[str, Callable[[Found], Deed]], ...] = (
    (r"\[([^\[\]]+)\](?: @([1-9]\d*))?", lambda m: Tap(m[1], _number(m[2]))),
    (r"\[([^\[\]]+)\] old(?: @([1-9]\d*))?", lambda m: OldTap(m[1], _number(m[2]))),
    (r"\[([^\[\]]+)\] @([1-9]\d*) old", lambda m: OldTap(m[1], _number(m[2]))),
    (r'<photo ([^\s<>"]+)(?: "([^"]*)")?>', lambda m: Photo(m[1], m[2] or "")),
    (r'<voice (\d+)s(?: "([^"]*)")?>', lambda m: Voice(int(m[1]), m[2] or "")),
    (r'<file ([^\s<>"]+)>', lambda m: SentFile(m[1])),
    (rf"<location ({NUMBER}), ?({NUMBER})>", lambda m: Location(float(m[1]), float(m[2]))),
    (r"<sticker>", lambda m: Sticker()),
    (r"<scan ([^<>]*[^<>\s])>", lambda m: Scan(m[1])),
    (rf"<invite ([^<>]*[^<>\s]) ({ROLES})>", lambda m: OpenInvite(m[1], Role(m[2]))),
    (r"edit: (.*\S)", lambda m: Edit(m[1])),
    (r"reply @([1-9]\d*): (.*\S)", lambda m: Reply(int(m[1]), m[2])),
)
COMPILED = tuple((re.compile(pattern), make) for pattern, make in FORMS)


def read_deed(typed: str) -> Deed:
    """Never fails: what is no form is text."""
    for pattern, make in COMPILED:
        if found := pattern.fullmatch(typed):
            return make(found)
    return Text(typed)
