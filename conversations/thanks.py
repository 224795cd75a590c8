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
POLITE: Final = re.compile(
    r"(?:好|好的|好呀|嗯+|行|可以|收到|好的?收到|知道了|明白了?|ok|okay|没事了?)?"
    r"(?:麻烦|谢谢|多谢|感谢|辛苦)?(?:你|您|你们|师傅|老师|工程师|大家)?(?:了|啦|哈)?"
    r"|很?满意|非常满意|挺好的?|很好|不错"
)  # of a folded clause
SIGNS: Final = frozenset({"So", "Sk", "Mn", "Cf"})  # of a character: what a 👍🏻 is made of


# By name.
THANKED: Final = re.compile(r"(?:谢谢|多谢|感谢|辛苦)[\u4e00-\u9fff]{1,2}(?:工|师傅|老师|主任|经理)(?:了|啦)?")


def besides_thanks(words: str) -> frozenset[str]:
    """The clauses of what was typed, folded, without those that thank: 好了，谢谢李工 says 好了."""
    said = {commands.fold(one) for one in CLAUSES.split(words) if one.strip()} - THANKS
    return frozenset(one for one in said if not THANKED.fullmatch(one))


def is_thanks(words: str) -> bool:
    """谢谢，辛苦了: thanks and nothing else."""
    return any(one.strip() for one in CLAUSES.split(words)) and not besides_thanks(words)


def is_polite(words: str) -> bool:
    """好的，麻烦了: an answer that asks for nothing and reports nothing."""
    said = besides_thanks(words)
    return is_thanks(words) or (bool(said) and all(POLITE.fullmatch(one) for one in said))


def are_signs(words: str) -> bool:
    """👍 and nothing else: a sticker on a channel that has none."""
    signs = [unicodedata.category(one) for one in words if not one.isspace()]
    return bool(signs) and SIGNS.issuperset(signs)
