"""Which cues a sentence gives: words of `words.toml`, found after look-alikes are taken out."""

import re
from functools import cache, lru_cache
from typing import Final

from conversations.understanding.cue import Cue
from conversations.understanding.folding import RECENT
from conversations.understanding.given import given
from conversations.understanding.table import phrases, rows, words

_SEEMING: Final = frozenset({Cue.HARD, Cue.SOFT, Cue.MISSING})  # 能不能 holds 不能 and does not say it


@lru_cache(maxsize=RECENT)
def cues_of(text: str) -> frozenset[Cue]:
    """All cues that a plain text gives."""
    masked = any_of("masks.away").sub("□", _listed("masks.within_names").sub("□", denied().sub("□", text)))
    found = given(masked)
    if not found.isdisjoint(_SEEMING):
        asking = any_of("masks.asking").sub("□", _listed("masks.neglected").sub("□", masked))
        if asking != masked:
            found -= _SEEMING - given(asking)
    if Cue.SOLVED in found and not _is_solved(masked):
        found.discard(Cue.SOLVED)
    return frozenset(found)


def _is_solved(masked: str) -> bool:
    """Whether something still says so without 就好了 and the like."""
    without = _listed("cues.solved.not_re").sub("□", masked)
    return without == masked or Cue.SOLVED in given(without)


def may_give(text: str, cue: Cue) -> bool:
    """False where nothing that gives this cue stands in the plain text: most sentences need not be read for it."""
    beginning = _beginning(cue)
    return beginning is None or beginning.search(text) is not None


@cache
def _beginning(cue: Cue) -> re.Pattern[str] | None:
    """Any of its words, of its English phrases the letters that they begin with; None where it has patterns besides."""
    if rows(f"cues.{cue}.re"):
        return None
    english = [re.split(r"[^a-z0-9]", one, maxsplit=1)[0] for one in phrases(f"cues.{cue}.en")]
    return re.compile("|".join(map(re.escape, dict.fromkeys((*words(f"cues.{cue}.zh"), *english)))))


@cache
def any_of(entry: str) -> re.Pattern[str]:
    """A pattern for any of the words of an entry and of the phrases of `<entry>_en`, the longest first."""
    listed = (*words(entry), *phrases(f"{entry}_en"))
    return re.compile("|".join(map(re.escape, sorted(listed, key=len, reverse=True))))


def denied() -> re.Pattern[str]:
    """What the speaker rules out to make room for what is meant."""
    return _listed("masks.denied")


@cache
def _listed(entry: str) -> re.Pattern[str]:
    """A pattern for any of the patterns of an entry."""
    return re.compile("|".join(rows(entry)))
