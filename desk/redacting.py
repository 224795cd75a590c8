"""Taking what names one person out of texts, and nothing else: not a part of another's name, not a part of a number."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from agreement.canonical import canonical_json

GONE: Final = "（已删除）"
SHORTEST: Final = 2  # signs of a name that can be looked for in a text
FEWEST_DIGITS: Final = 6  # an extension of four digits names nobody, and stands in every date
NOTHING: Final = re.compile(r"(?!)")


@dataclass(frozen=True)
class Redaction:
    """What names the person, and the names of others in which such a word stands: those stay."""

    words: tuple[str, ...]
    others: frozenset[str] = frozenset()
    _pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        looked_for = sorted({*filter(_can_be_found, self.words), *self.others}, key=len, reverse=True)
        pattern = re.compile("|".join(map(_bounded, looked_for))) if looked_for else NOTHING
        object.__setattr__(self, "_pattern", pattern)

    def text(self, text: str) -> str:
        """The text without them; one that is nothing else is gone whole, however short."""
        if text in self.words:
            return GONE
        return self._pattern.sub(lambda found: found[0] if found[0] in self.others else GONE, text)

    def value(self, kept: object, renamed: Mapping[str, str] | None = None) -> object:
        """The same of what JSON holds: every string but keys. A string that is one of `renamed` is renamed."""
        match kept:
            case str():
                return (renamed or {}).get(kept) or self.text(kept)
            case Mapping():
                return {key: self.value(one, renamed) for key, one in kept.items()}
            case Sequence():
                return [self.value(one, renamed) for one in kept]
            case _:
                return kept

    def canonical(self, content: str, renamed: Mapping[str, str]) -> str:
        """The same of canonical JSON (`agreement/canonical.py`), which it stays. Raises ValueError for what is none."""
        return canonical_json(self.value(json.loads(content), renamed))


def redaction(words: Iterable[str], others: Iterable[str]) -> Redaction:
    """Of these words and, out of the names of other people, those that hold one of them."""
    mine = tuple(filter(None, words))
    holding = {name for name in others if name not in mine and any(word in name for word in mine)}
    return Redaction(mine, frozenset(holding))


def _can_be_found(word: str) -> bool:
    return len(word) >= (FEWEST_DIGITS if word.isdecimal() else SHORTEST)


def _bounded(word: str) -> str:
    """Letters and digits of an alphabet are found as whole words; Chinese has no blanks between them."""
    before = r"(?<![0-9A-Za-z])" if word[0].isascii() and word[0].isalnum() else ""
    after = r"(?![0-9A-Za-z])" if word[-1].isascii() and word[-1].isalnum() else ""
    return f"{before}{re.escape(word)}{after}"
