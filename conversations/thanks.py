"""Whether words are thanks and nothing else: they ask for nothing and report nothing."""

import re
from typing import Final

from conversations.engine import commands

CLAUSES: Final = re.compile(r"[,，、。!！~～;；]+")
THANKS: Final = frozenset(
    {"谢谢", "谢谢你", "谢谢您", "谢谢你们", "谢谢啦", "谢了", "多谢", "感谢", "非常感谢"}
    | {"辛苦了", "辛苦啦", "谢谢辛苦了"}
    | {"thanks", "thank you", "thanks a lot", "thank you very much", "many thanks", "thx"}
)  # fmt: skip


def is_thanks(words: str) -> bool:
    """谢谢，辛苦了: thanks and nothing else."""
    said = {commands.fold(one) for one in CLAUSES.split(words) if one.strip()}
    return bool(said) and said <= THANKS
