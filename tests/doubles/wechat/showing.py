"""What a person sees of a message: a msgmenu's lines and a numbered list are both something to tap."""

import re

from tests.doubles.platform import ShownButton

NUMBERED = re.compile(r"(?P<number>\d{1,2}) (?P<label>\S.*)")


def split_list(text: str) -> tuple[str, tuple[ShownButton, ...]]:
    """A text that ends in a blank line and a numbered list: the words, and what is typed for each line."""
    head, blank, tail = text.rpartition("\n\n")
    found = [NUMBERED.fullmatch(line) for line in tail.split("\n")]
    lines = [one for one in found if one is not None]
    if not lines or len(lines) != len(found) or (not blank and head):
        return text, ()
    return head, tuple(ShownButton(label=one["label"], data=one["number"]) for one in lines)
