"""What a dialog answers to one message: the new dialog, what to show, what has ended. Not yet rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from conversations.engine.asking import Option
from conversations.engine.kept import Dialog, Frame, How
from conversations.engine.messages import Media
from texts.say import Json, Say, say

BACK = Option("<", say("label.back"), number="0")


class Showing(StrEnum):
    """How a repeated prompt takes the place of the earlier one."""

    IN_PLACE = "in_place"  # edit the earlier message; drop it when it is still unsent
    BELOW = "below"  # the person wrote below it: drop it when it is still unsent, else leave it and show anew


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """One open question to be shown. Choices have their printed numbers; `digest` goes into every button."""

    frame: str
    question: str
    text: Say
    choices: tuple[Option, ...]
    digest: str = ""
    note: Say | None = None  # a first line: not understood, back to …
    replaces: str = ""  # key of the earlier prompt that this one stands for; "" = none
    showing: Showing = Showing.BELOW

    @property
    def key(self) -> str:
        """The same for every showing of this question in this frame."""
        return f"{self.frame}:{self.question}"


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A frame that ended in this turn, and the last words to be said.

    `acted` is what its acts returned, as JSON by their names: the number of the ticket that was filed.
    """

    frame: str
    flow: str
    subject: str
    result: Say | None
    acted: Mapping[str, Json] = field(default_factory=dict)


def ended(frame: Frame, result: Say | None) -> Ended:
    """The end of this frame."""
    acted = {name: kept.value for name, kept in frame.answers.items() if kept.how is How.ACTED}
    return Ended(frame=frame.id, flow=frame.flow, subject=frame.subject, result=result, acted=acted)


@dataclass(frozen=True, kw_only=True)
class Stranded:
    """What was typed and sent in a frame that cannot go on: it goes to the desk."""

    frame: str
    flow: str
    subject: str
    words: tuple[str, ...]
    media: tuple[Media, ...]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Everything that follows from one message, in the order in which it is said: ended, then prompts.

    `unused` are media that no question of the open frame takes: for the ticket last talked about, else
    `pocket`.
    """

    dialog: Dialog
    prompts: tuple[Prompt, ...] = ()
    toast: Say | None = None
    ended: tuple[Ended, ...] = ()
    stranded: tuple[Stranded, ...] = ()
    left_behind: tuple[Stranded, ...] = ()  # put away for silence though something was sent: nobody has seen it
    unused: tuple[Media, ...] = ()
    understood: bool = True
    heard: bool = True  # False: what stood open had ended by itself, so nothing took the words
    offers_human: bool = False
