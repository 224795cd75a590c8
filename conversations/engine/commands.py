"""Commands and labels are recognised only as a whole message, folded: trimmed, half width, any case.

The engine itself knows back and cancel; all other commands are the router's, which folds by the same
function.
"""

import unicodedata
from functools import lru_cache

FINAL_PUNCTUATION = "。.!！?？,，、;；:：~～…"
BACK = frozenset({"返回", "back", "0"})
CANCEL = frozenset({"取消", "cancel"})
DIGITS = {one: value for value, one in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


@lru_cache(maxsize=1024)  # every message is compared with the same few hundred labels
def fold(text: str) -> str:
    """The text as it is compared: NFKC, trimmed, without final punctuation, spaces single, any case."""
    folded = unicodedata.normalize("NFKC", text).strip().rstrip(FINAL_PUNCTUATION).strip()
    return " ".join(folded.split()).casefold()


def is_back(text: str) -> bool:
    """返回, back or 0 as the whole message."""
    return fold(text) in BACK


def is_cancel(text: str) -> bool:
    """取消 or cancel as the whole message."""
    return fold(text) in CANCEL


def number(text: str) -> int | None:
    """The number that a message is as a whole: 1, １, ①, "1.", 一, 十二; None when it is anything else."""
    folded = fold(text).strip("()[]【】")
    if folded.isascii() and folded.isdigit() and len(folded) <= 4:
        return int(folded)
    return chinese_number(folded)


def chinese_number(text: str) -> int | None:
    """一 … 九十九 as a number; None when the text is no such number."""
    if len(text) == 1 and text in DIGITS:
        return DIGITS[text]
    if text.count("十") != 1:
        return None
    tens, ones = text.split("十")
    if tens not in {"", *DIGITS} or ones not in {"", *DIGITS}:
        return None
    return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
