"""A school's classes in all the ways people write one: 三(2)班, 3年2班, 高二、五班, Grade 6 Class 4."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conversations.understanding.folding import number
from conversations.understanding.matching import Span

_COUNT = "个人名位门科节次级号楼年月日点时分轮模本份张台间层届"  # 高一3个班 is a count, 高三12月 a date
_HAN = "一二三四五六七八九"
_NUMBER = rf"(?P<number>\d{{1,2}}(?!\d)|[{_HAN}十]{{1,3}})"
_ENGLISH = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_LATIN = rf"\d{{1,2}}(?!\d)|{'|'.join(_ENGLISH)}"
_STAGE = r"(?P<stage>grade|g|senior|junior|primary)"
_FORMS = (
    # 高二(5)班, 高二年级5班, 高2、5班
    rf"(?P<stage>[高初])中?(?P<grade>[一二三123])(?:年级?)?\s?[(、,.·\-]?\s?{_NUMBER}\s?\)?\s?班",
    # 高1(11), 高一11 where no count follows
    rf"(?P<stage>[高初])(?P<grade>[一二三123])\s?(?:\(\s?(?P<number>\d{{1,2}})\s?\)"
    rf"|(?P<bare>\d{{1,2}})(?![\d:.%)\-{_COUNT}]))",
    # 三年级(2)班, 3年2班
    rf"(?<!\d)(?P<grade>[{_HAN}1-9])(?P<stage>年)级?\s?\(?\s?{_NUMBER}\s?\)?\s?班",
    # 三(2)班, 3-2班
    rf"(?<![\d十周期第])(?P<grade>[{_HAN}1-9])\s?[(、.·\-]\s?{_NUMBER}\s?\)?\s?班",
    # 三2班, 六四班; in 32班 the grade is not told from the class
    rf"(?<![\d{_HAN}十周期第])(?P<grade>[{_HAN}])\s?{_NUMBER}班",
    # 七4教室, 九3的, 七1 where it stands by itself
    rf"(?<![\d{_HAN}十周期第星拜高初])(?P<grade>[{_HAN}])(?P<number>\d{{1,2}})(?=教室|的|那|,| )",
    rf"(?<!\w){_STAGE} ?(?P<grade>{_LATIN}),? ?(?:class |c)(?P<number>{_LATIN})(?!\w)",
    rf"(?<!\w)class (?P<number>{_LATIN}),? ?(?:of |in )?{_STAGE} ?(?P<grade>{_LATIN})(?!\w)",
    rf"(?<!\w)class (?P<grade>{_LATIN}) ?[(.\-/] ?(?P<number>{_LATIN})\)?(?!\w)",
)
_BEGINS = rf"(?=[高初{_HAN}1-9gsjpc])"  # every form does: no other character is tried with each of them
# A group's name may stand once in a pattern: each form's groups get its position behind theirs.
_EITHER = "|".join(re.sub(r"\(\?P<(\w+)>", rf"(?P<\1_{at}>", form) for at, form in enumerate(_FORMS))
_PATTERN = re.compile(f"{_BEGINS}(?:{_EITHER})")
_BEFORE = {"初": 6, "junior": 6, "高": 9, "senior": 9}  # years of school before 初一 and 高一
_STAGES = (0, 9, 6)  # where no stage is said, 二(5)班 may be 高二(5)班


@dataclass(frozen=True)
class SchoolClass:
    """A class by its year of school, 1 to 12, and its number."""

    year: int
    number: int


def classes_in(text: str) -> Iterator[tuple[tuple[SchoolClass, ...], Span]]:
    """What each class that a plain text names may be, the likeliest first, and where it stands."""
    for match in _PATTERN.finditer(text):
        said = {name.split("_")[0]: value for name, value in match.groupdict().items() if value}
        grade, number_of = _value(said["grade"]), _value(said.get("number") or said["bare"])
        known = (_BEFORE.get(said["stage"], 0),) if "stage" in said else _STAGES
        yield tuple(SchoolClass(grade + before, number_of) for before in known), match.span()


def class_of(name: str) -> SchoolClass | None:
    """The class that a plain name is, if it is one and nothing more."""
    return next((meant[0] for meant, span in classes_in(name) if span == (0, len(name))), None)


def _value(said: str) -> int:
    if said in _ENGLISH:
        return _ENGLISH.index(said) + 1
    return int(said) if said.isdigit() else int(number(said))
