"""What the words of a text speak for, wherever they stand: all tables [cues.<name>] of `words.toml` turned round."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from conversations.understanding.cue import FACTS, Cue
from conversations.understanding.needed import Needs, needs_of
from conversations.understanding.table import phrases, rows, under, words


@dataclass(frozen=True, eq=False)
class _Row:
    """A pattern, and the characters without which no text holds it."""

    pattern: re.Pattern[str]
    cue: Cue
    needs: Needs

    def stands_in(self, text: str, characters: frozenset[str]) -> bool:
        for need in self.needs:
            if need.isdisjoint(characters):
                return False
        return self.pattern.search(text) is not None


_Piece = tuple[str, frozenset[Cue]]


@dataclass(frozen=True)
class _Index:
    """What a piece of text, an English phrase, the begin of one or a pattern speaks for."""

    pieces: Mapping[str, tuple[_Piece, ...]]  # by the two characters that they begin with
    phrases: Mapping[str, frozenset[Cue]]
    begins: tuple[tuple[str, Cue], ...]
    longest_phrase: int  # words
    rows: Mapping[str, tuple[_Row, ...]]  # by each character of the smallest set that they need


_ENGLISH_WORD: Final = re.compile(r"[a-z0-9'’]+(?:[-.][a-z0-9]+)*|[.,;:!?]")
_LATIN: Final = re.compile("[a-z]")
_NONE: Final[frozenset[Cue]] = frozenset()


@cache
def _index() -> _Index:
    unknown = set(under("cues")) ^ (set(Cue) - FACTS)
    if unknown:
        raise TypeError(f"words.toml: [cues] and Cue differ in {sorted(unknown)}")
    english = [(word, cue) for cue in Cue for word in phrases(f"cues.{cue}.en")]
    pieces = [(piece, cue) for cue in Cue for piece in words(f"cues.{cue}.zh")]
    patterns = [(row, cue) for cue in Cue for row in rows(f"cues.{cue}.re")]
    return _Index(
        pieces=_by_begin(_turned(pieces)),
        phrases=_turned([(word, cue) for word, cue in english if not word.endswith("*")]),
        begins=tuple((f" {word[:-1]}", cue) for word, cue in english if word.endswith("*")),
        longest_phrase=max(word.count(" ") + 1 for word, _ in english),
        rows=_by_need(_Row(re.compile(row), cue, needs_of(row)) for row, cue in patterns),
    )


def _turned(listed: list[tuple[str, Cue]]) -> dict[str, frozenset[Cue]]:
    turned: dict[str, frozenset[Cue]] = {}
    for word, cue in listed:
        turned[word] = turned.get(word, frozenset()) | {cue}
    return turned


def _by_begin(turned: Mapping[str, frozenset[Cue]]) -> dict[str, tuple[_Piece, ...]]:
    """Few pairs of a sentence begin any piece: the others cost one look each."""
    begun: dict[str, list[_Piece]] = {}
    for piece, cues in turned.items():
        begun.setdefault(piece[:2], []).append((piece, cues))
    return {begin: tuple(pieces) for begin, pieces in begun.items()}


def _by_need(patterns: Iterable[_Row]) -> dict[str, tuple[_Row, ...]]:
    """Few characters of a sentence are needed by any pattern: the others cost one look each."""
    needing: dict[str, list[_Row]] = {}
    for row in patterns:
        if not row.needs:
            raise TypeError(f"words.toml: {row.pattern.pattern} is searched in every sentence: it needs no character")
        for character in row.needs[0]:
            needing.setdefault(character, []).append(row)
    return {character: tuple(needs_it) for character, needs_it in needing.items()}


def given(text: str) -> set[Cue]:
    """All cues that the words of a plain text speak for."""
    index, characters = _index(), frozenset(text)
    found: set[Cue] = set()
    for begin in index.pieces.keys() & ({text[at : at + 2] for at in range(len(text))} | characters):
        for piece, cues in index.pieces[begin]:
            if piece in text:
                found |= cues
    if english := english_of(text):
        found |= _given_in_english(english, index)
    for row in {row for character in index.rows.keys() & characters for row in index.rows[character]}:
        if row.cue not in found and row.stands_in(text, characters):
            found.add(row.cue)
    return found


def _given_in_english(english: str, index: _Index) -> set[Cue]:
    said = english.split()
    found = {cue for begin, cue in index.begins if begin in english}
    for length in range(1, index.longest_phrase + 1):
        for start in range(len(said) - length + 1):
            found |= index.phrases.get(" ".join(said[start : start + length]), _NONE)
    return found


def english_of(text: str) -> str:
    """The Latin words of a plain text with one blank around each; empty when there are none."""
    if not _LATIN.search(text):
        return ""
    return f" {' '.join(_ENGLISH_WORD.findall(text))} ".replace("’", "'")
