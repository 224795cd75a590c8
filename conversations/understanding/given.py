"""What the words of a text speak for, wherever they stand: all tables [cues.<name>] of `words.toml` turned round."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from conversations.understanding.cue import FACTS, Cue
from conversations.understanding.folding import LATIN
from conversations.understanding.needed import Needs, alternatives_of, needs_of
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
    english: Mapping[str, tuple[_Piece, ...]]  # so too; with a blank before, and behind a whole word
    rows: Mapping[str, tuple[_Row, ...]]  # by each character of the rarest set that they need


_ENGLISH_WORD: Final = re.compile(r"[a-z0-9'’]+(?:[-.][a-z0-9]+)*|[.,;:!?]")


@cache
def _index() -> _Index:
    unknown = set(under("cues")) ^ (set(Cue) - FACTS)
    if unknown:
        raise TypeError(f"words.toml: [cues] and Cue differ in {sorted(unknown)}")
    english = [(word, cue) for cue in Cue for word in phrases(f"cues.{cue}.en")]
    pieces = [(piece, cue) for cue in Cue for piece in words(f"cues.{cue}.zh")]
    patterns = [(one, cue) for cue in Cue for row in rows(f"cues.{cue}.re") for one in alternatives_of(row)]
    common = Counter(character for piece, _ in pieces for character in piece)
    return _Index(
        pieces=_by_begin(_turned(pieces)),
        english=_by_begin(_turned([(_in_english(word), cue) for word, cue in english])),
        rows=_by_need([_Row(re.compile(one), cue, needs_of(one)) for one, cue in patterns], common),
    )


def _in_english(word: str) -> str:
    """As it stands in the text of `english_of`: crash* as a begin, the others whole."""
    return f" {word[:-1]}" if word.endswith("*") else f" {word} "


def _turned(listed: list[tuple[str, Cue]]) -> dict[str, frozenset[Cue]]:
    turned: dict[str, frozenset[Cue]] = {}
    for word, cue in listed:
        turned[word] = turned.get(word, frozenset()) | {cue}
    return turned


def _by_begin(turned: Mapping[str, frozenset[Cue]]) -> dict[str, tuple[_Piece, ...]]:
    """Few pairs of a sentence begin any piece: the others cost one look each. A word of one letter is its begin."""
    begun: dict[str, list[_Piece]] = {}
    for piece, cues in turned.items():
        begun.setdefault(piece.lstrip()[:2].rstrip(), []).append((piece, cues))
    return {begin: tuple(pieces) for begin, pieces in begun.items()}


def _by_need(patterns: list[_Row], common: Counter[str]) -> dict[str, tuple[_Row, ...]]:
    """Few characters of a sentence are needed by any pattern: the others cost one look each."""
    needing: dict[str, list[_Row]] = {}
    for row in patterns:
        if not row.needs:
            raise TypeError(f"words.toml: {row.pattern.pattern} is searched in every sentence: it needs no character")
        for character in min(row.needs, key=lambda need: sum(common[one] + 1 for one in need)):
            needing.setdefault(character, []).append(row)
    return {character: tuple(needs_it) for character, needs_it in needing.items()}


def given(text: str) -> set[Cue]:
    """All cues that the words of a plain text speak for."""
    index, characters = _index(), frozenset(text)
    found = _of_pieces(text, index.pieces, {text[at : at + 2] for at in range(len(text))} | characters)
    if english := english_of(text):
        found |= _of_pieces(english, index.english, {word[:2] for word in english.split()})
    for row in {row for character in index.rows.keys() & characters for row in index.rows[character]}:
        if row.cue not in found and row.stands_in(text, characters):
            found.add(row.cue)
    return found


def _of_pieces(text: str, pieces: Mapping[str, tuple[_Piece, ...]], begins: set[str]) -> set[Cue]:
    found: set[Cue] = set()
    for begin in pieces.keys() & begins:
        for piece, cues in pieces[begin]:
            if piece in text:
                found |= cues
    return found


def english_of(text: str) -> str:
    """The Latin words of a plain text with one blank around each; empty when there are none."""
    if not LATIN.search(text):
        return ""
    return f" {' '.join(_ENGLISH_WORD.findall(text))} ".replace("’", "'")
