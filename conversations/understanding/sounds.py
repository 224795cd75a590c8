"""Characters that are typed for one another: folded to one of their group, so that 教务系桶 is heard as 教务系统."""

from functools import cache

from conversations.understanding.table import words


@cache
def _heard() -> dict[int, str]:
    heard: dict[int, str] = {}
    for group in words("sounds.groups"):
        for character in group:
            heard.setdefault(ord(character), heard.get(ord(group[0]), group[0]))
    return heard


def sound(text: str) -> str:
    """The text with every character replaced by the first of its group; the length stays."""
    return text.translate(_heard())
