"""The fonts that records are set in, and what becomes of a character that none of them has.

A missing glyph prints as nothing at all, so every character is looked up before it is set: an emoji reads [表情],
anything else 〓, and the log says how many there were, never which text.
"""

import logging
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import typst
from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

log = logging.getLogger(__name__)

ENDINGS: Final = frozenset({".otf", ".ttf"})
UNKNOWN: Final = "〓"
FACE: Final = "[表情]"
LAID_OUT: Final = frozenset("\n\t ☑\u200b")  # set by the writers themselves
FAMILY, FAMILY_OF_ALL_WEIGHTS = 1, 16  # in the table of names of a font
# Emoji by where Unicode keeps them, with what joins and colours them; several in a row that are joined are one.
ONE_FACE: Final = (
    r"[\u203c\u2049\u2122\u2139\u231a-\u23ff\u25aa-\u25fe\u2600-\u27bf\u2934-\u2b55\U0001f000-\U0001faff]"
)
COLOURS: Final = r"[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
FLAG: Final = r"[\U0001f1e6-\U0001f1ff]{2}"
FACES: Final = re.compile(rf"{FLAG}|(?:{ONE_FACE}{COLOURS}*)(?:\u200d{ONE_FACE}{COLOURS}*)*")
DIGITS: Final = re.compile(r"[0-9a-f]+")
KEYCAP: Final = re.compile(r"([0-9#*])\ufe0f?\u20e3")
# Joiners, directions, variation selectors and soft hyphens have no ink of their own.
WITHOUT_INK: Final = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)


@dataclass(frozen=True)
class Fonts:
    """Ours and a customer's: where they lie, what they are called, which characters they have."""

    folders: tuple[str, ...]
    further: tuple[str, ...]  # families behind ours
    known: frozenset[int]


@dataclass(frozen=True)
class _Face:
    """One font file: its family, as typst calls it, and the characters that it has."""

    family: str
    characters: frozenset[int]


@cache
def fonts(folder: Path | None) -> Fonts:
    """Read once: some 55 ms. Only these are used, so that a record looks the same on every machine."""
    ours = [serif_path(), sans_path()]
    theirs = _further(folder) if folder is not None else ()
    every = frozenset.intersection(*(_face(one).characters for one in ours))
    further = frozenset[int]().union(*(one.characters for one in theirs))
    folders = dict.fromkeys(str(one.parent) for one in ours) | ({str(folder): None} if theirs else {})
    return Fonts(tuple(folders), tuple(dict.fromkeys(one.family for one in theirs)), every | further)


def _further(folder: Path) -> tuple[_Face, ...]:
    """A customer's fonts, so far as typst takes them.

    A character of any other would count as known, and stop the print of every record that has it.
    """
    taken = frozenset(typst.Fonts(include_system_fonts=False, font_paths=[str(folder)]).families())
    files = sorted(one for one in folder.iterdir() if one.suffix.lower() in ENDINGS)
    return tuple(face for one in files if (face := _readable(one)) is not None and _is_taken(one, face, taken))


def _is_taken(path: Path, face: _Face, taken: Collection[str]) -> bool:
    if face.family not in taken:
        log.error("font %s: the typesetter knows no family %s", path.name, face.family)
    return face.family in taken


def _readable(path: Path) -> _Face | None:
    try:
        return _face(path)
    except Exception as error:  # noqa: BLE001 - of a broken file the library raises anything: KeyError, AssertionError
        log.error("font %s cannot be read: %s %s", path.name, type(error).__name__, error)
        return None


def _face(path: Path) -> _Face:
    with TTFont(path, lazy=True) as font:
        names = font["name"]
        family = names.getDebugName(FAMILY_OF_ALL_WEIGHTS) or names.getDebugName(FAMILY)
        return _Face(family or "", frozenset(font.getBestCmap() or ()))


@dataclass
class Setting:
    """Makes texts printable and counts what could not be."""

    fonts: Fonts
    missing: int = 0

    def printable(self, text: str) -> str:
        """The text with nothing in it that these fonts do not have."""
        if self._is_known(text):
            return text
        text = KEYCAP.sub(r"\1", text)
        text = WITHOUT_INK.sub("", FACES.sub(self._face, text))
        return "".join(one if self._has(one) else self._unknown() for one in text)

    def _is_known(self, text: str) -> bool:
        return all(self._has(one) for one in text) and "\u200b" not in text

    def _has(self, one: str) -> bool:
        return ord(one) in self.fonts.known or one in LAID_OUT

    def _face(self, found: re.Match[str]) -> str:
        """A sign that the fonts have is a sign (→ ☆ ✓); only what they lack is a face."""
        bare = WITHOUT_INK.sub("", found[0])
        return bare if all(self._has(one) for one in bare) else FACE

    def _unknown(self) -> str:
        self.missing += 1
        return UNKNOWN

    def report(self, number: str) -> None:
        """One line for the log, with the record's number and no word of its text."""
        if self.missing:
            log.warning("record %s: %s characters are in none of the fonts", number, self.missing)


def long_runs(text: str, most: int, most_digits: int) -> str:
    """Runs without a place to break that may be wider than the cell may break anywhere; a hyphen is a place.

    A digest or a date, digits alone, is narrower than other runs: one that fits stays whole, for a mark between its
    digits would be copied along with them.
    """

    def broken(found: re.Match[str]) -> str:
        run = found[0]
        return run if len(run) <= most_digits and DIGITS.fullmatch(run) else "\u200b".join(run)

    return re.sub(rf"[!-,.-~\u00a1-\u2bff]{{{most + 1},}}", broken, text)
