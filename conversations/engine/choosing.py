"""Questions answered by picking: one of a list, yes or no, a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from conversations.engine.asking import (
    NO_LONGER,
    Answer,
    Asked,
    Joins,
    Option,
    Question,
    Reading,
    Unfit,
    Unread,
    option_meant,
)
from conversations.engine.heard import Heard
from texts.say import Say, say


class Single(StrEnum):
    """What is done with a list of one."""

    TAKEN = "taken"
    SHOWN = "shown"  # a person is always shown and tapped


@dataclass(frozen=True)
class Choice(Question[str]):
    """One of `among`, else of `options`; the answer is the key. Typed by label or by number as shown.

    `joins` names a text of which words that name no option are more: whoever goes on writing before they choose
    loses nothing, however late it comes. `join_note` says so, where the question does not show these words.
    """

    options: tuple[Option, ...] = ()
    single: Single = Single.TAKEN
    joins: str = ""
    join_note: Say | None = None

    def valid(self, asked: Asked) -> tuple[Option, ...]:
        return self.options if asked.among is None else asked.among

    def offers(self, asked: Asked) -> Sequence[Option]:
        """The likely ones first, in their order."""
        ranks = {key: rank for rank, key in enumerate(asked.likely)}
        return sorted(self.valid(asked), key=lambda one: ranks.get(one.key, len(ranks)))

    def read(self, heard: Heard, asked: Asked) -> Reading:
        reading = option_meant(heard, asked)
        if not (isinstance(reading, Unread) and self.joins and heard.words):
            return reading
        near = [one.key for one in self.offers(asked) if one.is_nearly_named(heard.words)]
        return Answer(near[0]) if len(near) == 1 else Joins(self.joins, heard.words, self.join_note)

    def tapped(self, key: str, asked: Asked) -> Reading:
        return Answer(key) if self.holds(key, asked) else Unfit(NO_LONGER)

    def holds(self, value: str, asked: Asked) -> bool:
        return any(one.key == value for one in self.valid(asked))

    def only(self, asked: Asked) -> str | None:
        valid = self.valid(asked)
        return valid[0].key if len(valid) == 1 and self.single is Single.TAKEN else None


@dataclass(frozen=True)
class Sorting(Choice):
    """Where words belong that were just said. What is nearly a label is words: 补充二楼 says more than 补充."""

    def read(self, heard: Heard, asked: Asked) -> Reading:
        reading = option_meant(heard, asked)
        is_more = isinstance(reading, Unread) and heard.words
        return Joins(self.joins, heard.words, self.join_note) if is_more else reading


NEW_NAME = "+"  # before a name that stood on no list
MOST_OF_A_NAME = 40  # characters, a phone number behind it included


@dataclass(frozen=True)
class Someone(Choice):
    """A person of the list, by name or number, or a new name typed at once: kept with a mark before it."""

    def read(self, heard: Heard, asked: Asked) -> Reading:
        reading = super().read(heard, asked)
        is_name = 0 < len(heard.words) <= MOST_OF_A_NAME and "\n" not in heard.words
        return Answer(NEW_NAME + heard.words) if isinstance(reading, Unread) and is_name else reading

    def holds(self, value: str, asked: Asked) -> bool:
        return value.startswith(NEW_NAME) or super().holds(value, asked)

    def tapped(self, key: str, asked: Asked) -> Reading:
        return Answer(key) if super().holds(key, asked) else Unfit(NO_LONGER)


YES = Option("yes", say("label.yes"), "primary", also=("是的", "对", "好", "好的", "y", "ok"))
NO = Option("no", say("label.no"), also=("不", "不是", "不对", "n"))


@dataclass(frozen=True)
class Confirm(Question[bool]):
    """Yes or no, to exactly the content of `about`; the words of both are free (是/否, 同意/不同意)."""

    yes: Option = YES
    no: Option = NO

    @property
    def shape(self) -> object:
        return bool

    @property
    def confirms(self) -> bool:
        return True

    def offers(self, asked: Asked) -> Sequence[Option]:
        return (self.yes, self.no)

    def read(self, heard: Heard, asked: Asked) -> Reading:
        return option_meant(heard, asked)

    def tapped(self, key: str, asked: Asked) -> Reading:
        return Answer(key == self.yes.key) if key in {self.yes.key, self.no.key} else Unfit(NO_LONGER)


def _in_other_words(mark: int, *more: str) -> tuple[str, ...]:
    """给5分, 打五分, 四星, and what people say of that mark besides."""
    counts = (str(mark), "零一二三四五"[mark], *(["两"] if mark == 2 else []))
    said = product(("", "给", "打"), counts, ("分", "星", "颗星"))
    return (*map("".join, said), *more)


# None that is said of something else as well: a mark that was not given yet is found by these words days later.
ALSO = {
    5: ("很满意", "特别满意", "十分满意", "超级满意", "满分", "给满分", "五星好评", "5星好评", "好评", "excellent"),
    4: ("比较满意", "挺满意", "还算满意"),
    3: ("一般般", "马马虎虎", "so so"),
    2: ("不太满意", "不怎么满意", "不是很满意", "not satisfied", "unsatisfied"),
    1: ("非常不满意", "特别不满意", "十分不满意", "极不满意", "差评", "terrible"),
}
MARKS = tuple(
    Option(str(mark), say(f"label.mark_{mark}"), number=str(mark), also=_in_other_words(mark, *more))
    for mark, more in ALSO.items()
)


@dataclass(frozen=True)
class Mark(Question[int]):
    """5 非常满意 … 1 很不满意, printed in this order and counted by these numbers."""

    @property
    def shape(self) -> object:
        return int

    def offers(self, asked: Asked) -> Sequence[Option]:
        return MARKS

    def read(self, heard: Heard, asked: Asked) -> Reading:
        return option_meant(heard, asked)

    def tapped(self, key: str, asked: Asked) -> Reading:
        return Answer(int(key)) if any(one.key == key for one in MARKS) else Unfit(NO_LONGER)

    def holds(self, value: int, asked: Asked) -> bool:
        return 1 <= value <= 5
