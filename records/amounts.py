"""Money as a Chinese office writes it: figures, and capitals that nobody can alter with a pen (大写)."""

from typing import Final

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("", "拾", "佰", "仟")
SECTIONS: Final = ("", "万", "亿")  # one for every four digits
MOST_FEN: Final = 10**12 * 100 - 1


def figures(fen: int) -> str:
    """￥1,409.50; a sum that is given back has its minus before the sign."""
    sign = "-" if fen < 0 else ""
    return f"{sign}￥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def capitals(fen: int) -> str:
    """The sum in capitals: 50000 → 伍佰元整, 140950 → 壹仟肆佰零玖元伍角, 32504 → 叁佰贰拾伍元零肆分.

    《正确填写票据和结算凭证的基本规定》: 整 ends whole yuan and may be left out after 角; a gap between figures
    is said once, as 零. Where 千 follows noughts up to 万, 零 may be left out, and is: 301000 → 叁拾万壹仟.
    Raises ValueError from a million million yuan on, where offices do not agree on the word.
    """
    if abs(fen) > MOST_FEN:
        raise ValueError(f"no capitals for {fen} fen")
    yuan, rest = divmod(abs(fen), 100)
    jiao, cents = divmod(rest, 10)
    written = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        written += f"{DIGITS[jiao]}角"
    elif cents and yuan:
        written += "零"
    if cents:
        written += f"{DIGITS[cents]}分"
    written += "" if rest else "整"
    return ("负" if fen < 0 else "") + (written if fen else "零元整")


def both(fen: int) -> str:
    """As it stands in a cell: ￥500.00（人民币伍佰元整）."""
    return f"{figures(fen)}（人民币{capitals(fen)}）"


def _whole(yuan: int) -> str:
    """A whole number: 100010 → 壹拾万零壹拾. A section of nothing but noughts leaves its 万 out."""
    written, gap, said = "", False, False
    for place in range(len(str(yuan)) - 1, -1, -1):
        digit = yuan // 10**place % 10
        if digit:
            written += ("零" if gap and place % 4 != 3 else "") + DIGITS[digit] + PLACES[place % 4]
            said = True
        gap = not digit
        if place % 4 == 0 and said:
            written, said = written + SECTIONS[place // 4], False
    return written
