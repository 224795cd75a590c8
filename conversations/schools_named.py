"""Which of somebody's schools words name: only a whole name counts, a part of one is enough for a doubt."""

from collections.abc import Iterable
from typing import Final

from conversations.engine.asking import WRITTEN

NOT: Final = ("不是", "不在", "非", "除了")  # before a name: 不是第一中学


def is_named(school: str, words: str) -> bool:
    """Whether the words hold its whole name (第2中学 is 第二中学), and no 不是 before it."""
    before, found, _ = words.translate(WRITTEN).partition(school.translate(WRITTEN))
    return bool(found) and not before.endswith(NOT)


def may_mean(others: Iterable[str], here: str, words: str) -> bool:
    """Whether a part of another school's name, which is none of this one's, stands in the words: 二中的打铃系统."""
    said = words.translate(WRITTEN)
    ours = _pairs(here)
    return any(pair in said for other in others for pair in _pairs(other) - ours)


def _pairs(name: str) -> frozenset[str]:
    written = name.translate(WRITTEN)
    return frozenset(written[at : at + 2] for at in range(len(written) - 1))
