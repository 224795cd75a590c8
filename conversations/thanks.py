"""Whether words are thanks, or signs, and nothing else: they ask for nothing and report nothing."""

import re
import unicodedata
from typing import Final

from conversations.engine import commands

CLAUSES: Final = re.compile(r"[,，、。!！~～;；]+")
THANKS: Final = frozenset(
    {"谢谢", "谢谢你", "谢谢您", "谢谢你们", "谢谢啦", "谢了", "多谢", "感谢", "非常感谢"}
    | {"辛苦了", "辛苦啦", "谢谢辛苦了"}
    | {"thanks", "thank you", "thanks a lot", "thank you very much", "many thanks", "thx"}
)  # fmt: skip
SIGNS: Final = frozenset({"So", "Sk", "Mn", "Cf"})  # of a character: what a 👍🏻 is made of


def is_thanks(words: str) -> bool:
    """谢谢，辛苦了: thanks and nothing else."""
    said = {commands.fold(one) for one in CLAUSES.split(words) if one.strip()}
    return bool(said) and said <= THANKS


def are_signs(words: str) -> bool:
    """👍 and nothing else: a sticker on a channel that has none."""
    signs = [unicodedata.category(one) for one in words if not one.isspace()]
    return bool(signs) and SIGNS.issuperset(signs)
