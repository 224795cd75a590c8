"""What a question is: it has a name, reads a message into a value or says why not, and judges a kept value.

The kinds of questions stand beside this file; flows take them from `questions.py`. Web forms use the same
objects.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar, cast

from conversations.engine import commands
from conversations.engine.freezing import freeze, thaw
from conversations.engine.heard import Heard
from conversations.engine.messages import Media
from texts.say import LANGUAGES, Json, Say, render, say

T = TypeVar("T")
NAME = re.compile(r"[a-z][a-z0-9_]*")
NOTHING_KEY = "-"  # the button that leaves a question empty
# What adds nothing to a label: 我是…的老师, 应该在…那边，谢谢.
_BEFORE = r"(?:不对[,，]?)?(?:那就|应该|选)?(?:[我咱]们?)?(?:这?就?是|在)?(?:[我咱]们)?"
_BEHIND = r"(?:这边|那边|这里|那里|校区)?(?:的)?(?:老师|学校|人)?[呢吧啊呀哦的。]?(?:[,，]?谢谢)?"
BEFORE, BEHIND = re.compile(_BEFORE), re.compile(_BEHIND)
AROUND = re.compile(rf"{_BEFORE}(?P<core>.+?){_BEHIND}")
WRITTEN = str.maketrans("123456789", "一二三四五六七八九")  # 第2中学 is 第二中学

NOT_UNDERSTOOD = say("dialog.not_understood")
WORDS_WANTED = say("dialog.words_wanted")
NO_LONGER = say("dialog.no_longer_offered")


@dataclass(frozen=True)
class Option:
    """One possible answer: what is kept (an id, never a label) and what the person reads, types or taps."""

    key: str
    label: Say | str
    style: str = ""  # as `Button.style`
    number: str = ""  # printed before it; "" counts in the order shown
    also: tuple[str, ...] = ()  # other words that mean it

    def is_named(self, text: str) -> bool:
        """Whether the whole text is this option's label in any language, or one of its other words."""
        folded = commands.fold(text)
        return folded in {commands.fold(one) for one in (*self._labels(), *self.also)}

    def is_nearly_named(self, text: str) -> bool:
        """Whether the text says its label with next to nothing around it (我是第二中学的), or shortened (二中)."""
        said = commands.fold(text).translate(WRITTEN)
        return any(_is_nearly(said, commands.fold(one).translate(WRITTEN)) for one in self._labels())

    def _labels(self) -> list[str]:
        if isinstance(self.label, str):
            return [self.label]
        return [render(self.label, language) for language in LANGUAGES]


def _is_nearly(said: str, label: str) -> bool:
    """What stands around it says nothing else: 302 and 急 are words that must not be lost, 不是 is no yes."""
    before, found, behind = said.partition(label)
    if found:
        return bool(BEFORE.fullmatch(before) and BEHIND.fullmatch(behind))
    around = AROUND.fullmatch(said)
    core = around["core"] if around is not None else ""
    rest = iter(label)
    is_short = not core.isascii() and 1 < len(core) < len(label)
    return is_short and all(one in rest for one in core)  # in this order, with gaps


@dataclass(frozen=True)
class Answer:
    """The message answers the question with this value; `note` says what of it was not taken."""

    value: object
    note: Say | None = None


@dataclass(frozen=True)
class Unread:
    """The message says nothing that the question can read: words that may belong to the text before."""

    why: Say = NOT_UNDERSTOOD


@dataclass(frozen=True)
class Unfit:
    """The message was meant for the question, but this answer is not possible."""

    why: Say


@dataclass(frozen=True)
class Joins:
    """The words join the answer of that name; `note` says so."""

    name: str
    words: str
    note: Say | None = None


@dataclass(frozen=True)
class Sets:
    """The words replace the answer of that name."""

    name: str
    words: str


@dataclass(frozen=True)
class Reopens:
    """The answer of that name is to be given anew."""

    name: str


@dataclass(frozen=True)
class Lists:
    """The list of what can be changed is wanted."""


@dataclass(frozen=True)
class Leaves:
    """The person cancels the flow."""


Reading = Answer | Unread | Unfit | Joins | Sets | Reopens | Lists | Leaves


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as a flow asks it now: its full name (parts included) and what is valid at this moment."""

    question: "Question[object]"
    name: str
    prompt: Say
    now: datetime
    among: tuple[Option, ...] | None = None
    likely: tuple[str, ...] = ()
    guess: object = None
    digest: str = ""  # of the content that the answer confirms; "" when it confirms none
    on_silence: object = None
    numbers: tuple[tuple[str, str], ...] = ()  # as shown to the person: printed number → key
    mark: str = ""  # tells two lists of one question apart in the buttons

    @property
    def kind(self) -> str:
        return type(self.question).__name__

    @property
    def address(self) -> str:
        """The name by which buttons mean this list of this question."""
        return self.name + self.mark

    @property
    def part(self) -> str:
        """The prefix of the part of the flow that asks."""
        return self.name[: -len(self.question.name)]


@dataclass(frozen=True)
class Question(ABC, Generic[T]):
    """One question of a flow. The name is unique within the flow and is never given a new meaning."""

    name: str

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"question name {self.name!r}: use lower case letters, digits and _")

    def offers(self, asked: Asked) -> Sequence[Option]:
        """What can be tapped, in the order in which it is shown."""
        return ()

    @abstractmethod
    def read(self, heard: Heard, asked: Asked) -> Reading:
        """What the words or media mean as an answer; taps come to `tapped`."""

    def tapped(self, key: str, asked: Asked) -> Reading:
        """What a tap on the option with this key means."""
        return Answer(key) if any(one.key == key for one in self.offers(asked)) else Unfit(NO_LONGER)

    def holds(self, value: T, asked: Asked) -> bool:
        """Whether a value kept or prefilled is still an answer."""
        return True

    def binds(self, value: T) -> bool:
        """Whether this answer, given to a content (`about`), counts only for exactly that content."""
        return True

    @property
    def confirms(self) -> bool:
        """Whether it is always given to a content: its prompt, where no `about` is named."""
        return False

    def only(self, asked: Asked) -> T | None:
        """The one possible answer, where there is but one and it need not be asked."""
        return None

    def takes(self, media: Media) -> bool:
        """Whether this thing can be (part of) the answer."""
        return False

    def freeze(self, value: T) -> Json:
        return freeze(value)

    def thaw(self, stored: Json) -> T:
        """Raises ValueError when what is stored is no answer to this question any more."""
        return cast(T, thaw(stored, self.shape))

    @property
    def shape(self) -> object:
        """The type of the answer."""
        return str


class Joinable(Question[T]):
    """A question whose answer grows: a second bubble, a late photo of an album."""

    @property
    def takes_words(self) -> bool:
        """Whether words can be (part of) the answer."""
        return True

    @abstractmethod
    def joined(self, value: T | None, heard: Heard) -> Answer | Unfit:
        """The answer with what came added. What has no room is refused and the answer stays."""


def option_meant(heard: Heard, asked: Asked) -> Reading:
    """The option that the words name: by its label first, else by the number under which it was shown, else by both
    as they are printed (`5 非常满意`).
    """
    offered = asked.question.offers(asked)
    words = heard.words
    for one in offered:
        if one.is_named(words):
            return asked.question.tapped(one.key, asked)
    number = commands.number(words)
    if number is None:
        return _as_printed(words, offered, asked)
    key = dict(asked.numbers).get(str(number))
    if key is None:
        return Unfit(say("dialog.no_such_number", number=number)) if asked.numbers else Unread()
    return asked.question.tapped(key, asked)


def _as_printed(words: str, offered: Sequence[Option], asked: Asked) -> Reading:
    """A number that is followed by its own label; any other label behind it leaves both unread."""
    head, _, label = commands.fold(words).partition(" ")
    key = dict(asked.numbers).get(str(commands.number(head)))
    if any(one.key == key and one.is_named(label) for one in offered):
        return asked.question.tapped(str(key), asked)
    return Unread()


def numbered(offered: Sequence[Option]) -> tuple[tuple[str, str], ...]:
    """Printed number → key, in the order shown."""
    return tuple((one.number or str(place), one.key) for place, one in enumerate(offered, start=1))
