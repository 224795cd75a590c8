"""Which of two places is meant: the one that was said first, or the one in the words that came after it."""

from typing import Final

from conversations.understanding.shapes import Understood

NUMERALS: Final = frozenset("一二三四五六七八九十")


def likelier_place(first: Understood, then: Understood) -> str:
    """The later one, unless it is the vaguer: 教室的投影 after 302教室 takes nothing back, 303的投影 does."""
    return then.place if _exactness(then) >= _exactness(first) else first.place


def _exactness(said: Understood) -> int:
    """2: a room of the school, or something with a number; 1: some place; 0: none."""
    if not said.place:
        return 0
    is_one = said.room is not None or any(one.isdigit() or one in NUMERALS for one in said.place)
    return 2 if is_one else 1
