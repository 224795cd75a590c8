"""A place the school's list does not have: the words as they were said."""

import re
from functools import cache, lru_cache

from conversations.understanding.classes import classes_in
from conversations.understanding.folding import LATIN, RECENT
from conversations.understanding.matching import NOWHERE, Span
from conversations.understanding.table import phrases, words

_HAN = "一二三四五六七八九十"
_BARE_NUMBER = (
    r"(?:(?<=在)|(?<=来)|(?<=去))[a-z]?\d{3,4}(?![\d.:])"
    r"|(?<![\d.:\-])[a-z]?\d{3}(?=的|那|这|老师|投影|打印|电脑|一体机|门|灯|空调|网)"
)
_NUMBERED = (
    r"(?:room|rm\.?|classroom|lab|laboratory|building|block|office|floor|hall|gate)"
    r" ?(?:no\.? ?|#)?[a-z]?-?\d+[a-z]?"
)
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|ground|top|\d(?:st|nd|rd|th))[ -]floor"


def _one_of(listed: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(listed, key=len, reverse=True)))


@cache
def _chinese() -> re.Pattern[str]:
    noun = _one_of(words("places.nouns"))
    building = (
        rf"(?:(?:{_one_of(words('places.buildings'))})+大?楼"
        rf"|[\d{_HAN}]+\s?(?:号|\#)\s?(?:教学|实验|办公|宿舍)?大?楼|"
        r"(?:(?:男生|女生|学生|教师|教工)?(?:宿舍|公寓|寝室)|教学楼|实验楼|综合楼)"
        rf"\s?[\d{_HAN}]+\s?(?:号楼|栋楼?|幢|号)|"
        rf"[\d{_HAN}]+(?:栋|幢|座)楼?|[a-z](?:座|栋|幢|楼|区))"
    )
    campus = r"(?:[东西南北新老本]|主)校区?区"
    floor = (
        rf"(?:第?[\d{_HAN}]+楼|(?<![点要有共了套\d{_HAN}])第?[\d{_HAN}]+层"
        rf"|顶楼|负[\d{_HAN}]楼|地下室|地下[\d{_HAN}]层)"
    )
    side = r"(?:东侧|西侧|南侧|北侧|左侧|右侧|东头|西头)"
    room = (
        rf"(?:[a-z]-?)?(?:\d{{3,4}}|[{_HAN}][〇零○{_HAN}]{{2}})\s?号?(?:{noun}|室|房间|房|班)"
        rf"|第?[\d{_HAN}]{{1,2}}号?(?:{noun})|(?:{noun})(?:[\d{_HAN}](?![\d点个台分人次楼层]))?"
        r"(?!评分|管理|系统|模块|平台|编号|安排|名单|长)"
    )
    grade = rf"(?:[高初][{_HAN}123]|(?<!\d)[{_HAN}1-9]年级?)\s?[(（]?\s?[\d{_HAN}]+\s?[)）]?\s?班"
    joint = r"\s?的?\s?"
    whole = (
        rf"(?:{campus}{joint})?(?:{building}{joint}(?:{floor}{joint})?(?:{side}{joint})?(?:{room})?"
        rf"|{floor}{joint}(?:{side}{joint})?(?:{room})?|{room}(?:{joint}{floor}(?:{joint}{side})?)?)|{grade}(?:{room})?|{campus}"
    )
    return re.compile(rf"(?=[{_begins()}])(?:(?:{whole})|{_BARE_NUMBER})")


def _begins() -> str:
    """With what a place begins: at any other character its many forms need not be tried."""
    listed = (*words("places.nouns"), *words("places.buildings"))
    return "".join(sorted({one[0] for one in listed})) + rf"东西南北新老本主男女学教公宿寝实综顶负地第高初{_HAN}\da-z"


@cache
def _english() -> re.Pattern[str]:
    noun = _one_of(phrases("places.english"))
    return re.compile(
        rf"\b(?:{_NUMBERED}(?:,? (?:in|of) (?:the )?{_NUMBERED})?|{_ORDINAL}(?: (?:of )?(?:the )?(?:{noun}))?"
        rf"|(?:{noun}))\b(?! (?:{_one_of(words('systems.after_place'))})\b)"
    )


@lru_cache(maxsize=RECENT)
def place_as_said(text: str) -> Span:
    """Where the likeliest place stands in a plain text: the first of the longest kind, or `NOWHERE`."""
    found = [match.span() for match in _chinese().finditer(text)]
    if LATIN.search(text):
        found += [match.span() for match in _english().finditer(text)]
    if "班" in text:
        found += [span for _, span in classes_in(text) if text[span[1] - 1] == "班"]
    found = [(start, start + len(text[start:end].rstrip("的 "))) for start, end in found]
    return max(found, key=lambda span: (span[1] - span[0] >= 4, -span[0]), default=NOWHERE)
