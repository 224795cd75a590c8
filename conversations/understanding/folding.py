"""One spelling for many: full width, case, traditional characters, Chinese numbers, spaces.

`plain` keeps every position, so that words can be quoted as they were said. `fold` goes further, for
names: 三〇二 教室, 302教室 and 第302教室 become one string, with the way back to the positions.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from conversations.understanding.table import words

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_HAN = "零〇○一二三四五六七八九十百"
_ROOM_NOUN = "机房|微机|电脑|教室|室|房|实验|会议|阶梯|多媒体|录播|阅览|报告厅|食堂|餐厅|校区|门"
_NO_NUMBER = "一(?=[直下样些个共般起定切点会边旦次张台屏闪按条开打到进来就用])"  # 三〇二一直黑屏
_GAP = r"\s()\[\]【】「」“”\"'_·\-—."
_BEGINS = rf"123{_HAN}第号栋幢座#教楼区层{_GAP}"  # whatever may be rewritten begins with one of these
_PIECE = re.compile(
    rf"(?P<grade>(?<=[高初])[一二三123])"  # 高三十二班 is class 12 of grade 3, not class 32
    rf"|(?P<word>{_NO_NUMBER})"
    rf"|(?P<han>[{_HAN}]+?(?={_NO_NUMBER})|[{_HAN}]+)"
    rf"|(?P<ordinal>第(?=[\d{_HAN}]))"
    rf"|(?P<mark>(?<=[\d{_HAN}])号(?={_ROOM_NOUN}))"
    rf"|(?P<block>(?<=[\d{_HAN}])(?:栋楼?|幢楼?|座|号教学楼|号大楼|#楼?|教(?=\s?[\da-z{_HAN}]))|(?<=\d)\s?号\s?楼)"
    rf"|(?P<wing>(?<=[a-z])[座栋楼区](?=\d))"
    rf"|(?P<layer>(?<=[\d{_HAN}])层)"
    rf"|(?P<gap>[{_GAP}]+)"
    rf"|(?P<other>[^{_BEGINS}]+|.)",
    re.DOTALL,
)
_REWRITTEN = {"ordinal": "", "mark": "", "block": "号楼", "wing": "", "layer": "楼"}


@dataclass(frozen=True)
class Folded:
    """A folded text; of each of its characters, where it begins and ends in the plain text."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@cache
def _characters() -> dict[str, str]:
    pairs = words("characters.traditional")
    return {pair[0]: pair[1] for pair in pairs}


@cache
def _plain_character(character: str) -> str:
    normal = unicodedata.normalize("NFKC", character).lower()
    one = normal if len(normal) == 1 else character
    return _characters().get(one, one)


def plain(text: str) -> str:
    """The text with width, case and traditional characters folded; every position stays what it was."""
    if text.isascii():
        return text.lower()
    return "".join(map(_plain_character, text))


def number(han: str) -> str:
    """三〇二, 三百零二 → 302; 十二 → 12."""
    if "十" not in han and "百" not in han:
        return "".join(str(_DIGITS[c]) for c in han)
    total, digit = 0, 0
    for character in han:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return str(total + digit)


LATIN: Final = re.compile("[a-z]")  # of a plain text: without any it holds no English word
RECENT = 64  # sentences: one message is read twice, first as such and then with its school's names


@lru_cache(maxsize=RECENT)
def fold(text: str) -> Folded:
    """Folds a plain text further, for the comparison of names. Digits of two origins never grow together."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    boundary = False  # the last piece was a gap or a rewritten number: a digit that follows is another number
    for piece in _PIECE.finditer(text):
        new, begun, ended = _folded(piece)
        is_rewritten = piece.lastgroup != "other"
        if new and (boundary or is_rewritten) and new[0].isdigit() and out and out[-1].isdigit():
            out.append("-")
            starts.append(begun[0])
            ends.append(ended[0])
        out.extend(new)
        starts.extend(begun)
        ends.extend(ended)
        boundary = is_rewritten
    return Folded("".join(out), tuple(starts), tuple(ends))


def _folded(piece: re.Match[str]) -> tuple[str, Sequence[int], Sequence[int]]:
    """What becomes of it, and where each character of that begins and ends."""
    start, end = piece.span()
    if piece.lastgroup == "other":
        return piece.group(), range(start, end), range(start + 1, end + 1)
    new = _rewrite(str(piece.lastgroup), piece.group())
    return new, [start] * len(new), [end] * len(new)


def _rewrite(group: str, said: str) -> str:
    if group == "han":
        return number(said)
    if group == "grade":
        return said if said.isdigit() else number(said)
    if group == "gap":
        return ""
    return _REWRITTEN.get(group, said)
