"""The question at the end: everything once more; submit, change, cancel, and what else the flow offers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from conversations.engine.asking import (
    NO_LONGER,
    Answer,
    Asked,
    Joins,
    Leaves,
    Lists,
    Option,
    Question,
    Reading,
    Reopens,
    Sets,
    Unfit,
    Unread,
    option_meant,
)
from conversations.engine.heard import Heard
from texts.say import say


class Sure(StrEnum):
    """What a summary was answered with; a flow's own extra option answers with its key instead."""

    CONFIRMED = "submit"
    UNCONFIRMED = "unconfirmed"  # nobody tapped: filed after silence


SURE = frozenset(one.value for one in Sure)
SUBMIT = Option(
    Sure.CONFIRMED.value,
    say("label.submit"),
    "primary",
    also=(
        *("确认", "确定", "提交", "提交吧", "好", "好的", "好吧", "行", "嗯", "嗯嗯", "是", "是的", "对", "对的"),
        *("可以", "没问题", "没错", "就这样", "ok", "yes", "confirm", "submit"),
    ),
)
CHANGE = Option("change", say("label.change"), also=("改", "改一下"))
CHANGE_WORD = re.compile(r"^(?:修改|改|change)\s*", re.IGNORECASE)
TAKEN_BACK_BY = ("撤回", "撤销", "撤单", "撤回报修", "撤销报修", "取消报修")  # what one has just said
NO_MORE = (
    *("算了", "算了吧", "算了不用了", "算了，不用了", "不用了", "不用了，谢谢", "不报了", "不用报了"),
    *("不用修了", "不用来了", "算了，不用修了", "算了不用修了"),
)
CANCEL = Option("cancel", say("label.cancel"), also=(*NO_MORE, *TAKEN_BACK_BY, "never mind", "nevermind", "forget it"))


@dataclass(frozen=True)
class Summary(Question[str]):
    """Shown for confirmation of exactly `about`. Answers `Sure`, or the key of an option of `among`.

    `joins` names the answer that free words typed here join; 算了 and the like are 取消, as the whole message.
    `changes` are the answers that 修改 lists (keys are names of questions, from this part of the flow or full).
    After 修改 words typed at once replace `joins`.
    """

    joins: str = ""
    changes: tuple[Option, ...] = ()
    submit: Option = SUBMIT

    @property
    def confirms(self) -> bool:
        return True

    def offers(self, asked: Asked) -> Sequence[Option]:
        return (self.submit, *(asked.among or ()), *((CHANGE,) if self.changes else ()), CANCEL)

    def read(self, heard: Heard, asked: Asked) -> Reading:
        reading = option_meant(heard, asked)
        if not isinstance(reading, Unread):
            return reading
        wanted = CHANGE_WORD.sub("", heard.words.strip()) if self.changes else ""
        for one in self.changes:
            if one.is_named(heard.words) or (wanted and one.is_named(wanted)):
                return Reopens(one.key)
        return Joins(self.joins, heard.words) if self.joins and heard.words else reading

    def tapped(self, key: str, asked: Asked) -> Reading:
        if key == CHANGE.key and self.changes:
            return Lists() if len(self.changes) > 1 else Reopens(self.changes[0].key)
        if key == CANCEL.key:
            return Leaves()
        return Answer(key) if self.holds(key, asked) else Unfit(NO_LONGER)

    def holds(self, value: str, asked: Asked) -> bool:
        return value in SURE or any(one.key == value for one in asked.among or ())

    def binds(self, value: str) -> bool:
        """A confirmation counts only for what was shown; going on to an extra option confirms nothing."""
        return value in SURE


@dataclass(frozen=True)
class Changing(Question[str]):
    """The list behind 修改: which answer is to be given anew. Words replace the one that `joins` names."""

    joins: str = ""
    changes: tuple[Option, ...] = ()

    def offers(self, asked: Asked) -> Sequence[Option]:
        return self.changes

    def read(self, heard: Heard, asked: Asked) -> Reading:
        if CANCEL.is_named(heard.words):  # thinking better of it is no matter either
            return Leaves()
        reading = option_meant(heard, asked)
        if isinstance(reading, Unread) and self.joins and heard.words:
            return Sets(self.joins, heard.words)
        return reading

    def tapped(self, key: str, asked: Asked) -> Reading:
        return Reopens(key) if any(one.key == key for one in self.changes) else Unfit(NO_LONGER)
