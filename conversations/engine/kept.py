"""What a dialog keeps between two messages: a stack of frames with answers by name. All of it is JSON.

Everything is an immutable value: a bug in a flow leaves the old one as it was. The place in a flow is not
kept; it is found by replaying the flow over the answers.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import cast

from conversations.engine.freezing import freeze, thaw
from conversations.engine.messages import Media
from texts.say import Json, Say


class How(StrEnum):
    """How an answer came."""

    SAID = "said"
    COLLECTING = "collecting"  # photos or papers: more of the same may still join it
    ONLY = "only"  # the only choice there was; pinned
    AGAIN = "again"  # to be asked anew; the former value is kept beside it
    LOOKED_UP = "looked_up"
    GUESSED = "guessed"  # kept only once an act has used it, or as what a change goes back to
    ACTED = "acted"  # what an act returned; the act never runs again
    SILENT = "silent"  # nobody said it: filed after silence


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A value that was replaced, and when it had been said."""

    value: Json
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """The words of one message within a joined text: what an edit of that message replaces."""

    message: str
    words: str
    at: datetime | None = None  # when it was sent


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One answer as stored. `kind` is the kind of its question: another kind under the name asks again."""

    value: Json
    how: How
    kind: str = ""
    at: datetime | None = None  # when its first words were sent
    message: str = ""  # external id of the message that brought them
    digest: str = ""  # what a confirmation was given for; what a looked-up fact was looked up for
    settled: bool = False  # an act has used it: it is not judged again
    was: How | None = None  # while AGAIN by choice: what it goes back to if the person thinks better of it
    why: Say | None = None  # while AGAIN: the sentence that says why
    earlier: tuple[Earlier, ...] = ()
    bubbles: tuple[Bubble, ...] = ()  # of a text that came in several messages


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The prompt as it was last shown: a number means this list, a confirmation this digest."""

    question: str
    takes_words: bool
    numbers: tuple[tuple[str, str], ...]  # printed number → key
    digest: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One open flow of a dialog: which, about what, and what has been answered."""

    id: str
    flow: str
    subject: str
    opened_at: datetime
    touched_at: datetime  # the person's last message or tap in it, as received
    answers: dict[str, Kept] = field(default_factory=dict)
    shown: Shown | None = None
    changing: str = ""  # name of the summary whose list of changes stands open
    slips: int = 0  # messages in a row that were not understood
    stated: bool = False  # the flow's matter has been stated: silence files it
    reminded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Over:
    """A frame that has ended, so that its old buttons can say what became of it."""

    frame: str
    result: Say | None
    kept: Frame | None = None  # it was only put away by silence: a tap brings it up again


@dataclass(frozen=True, kw_only=True)
class Dialog:
    """All that is open between the desk and one person in one chat; the newest frame is the last."""

    frames: tuple[Frame, ...] = ()
    pocket: tuple[Media, ...] = ()  # photos that no question has asked for yet
    pocketed_at: datetime | None = None
    over: tuple[Over, ...] = ()
    opened: int = 0  # frames opened so far: the next id
    went: Mapping[str, int] = field(default_factory=dict)  # the last messages that became a ticket's words, to which

    @property
    def top(self) -> Frame | None:
        return self.frames[-1] if self.frames else None

    def frame(self, frame_id: str) -> Frame | None:
        return next((one for one in self.frames if one.id == frame_id), None)

    def put_away(self, frame_id: str) -> Frame | None:
        """The frame of this id, where silence put it away while something could still be said in it."""
        return next((one.kept for one in self.over if one.frame == frame_id and one.kept), None)

    def having_gone(self, message: str, ticket: int) -> "Dialog":
        """With what an edit of this message corrects."""
        last = list({**self.went, message: ticket}.items())[-EDITED:]
        return replace(self, went=dict(last))

    def raised(self, frame: Frame) -> "Dialog":
        """With this frame (in its present state) on top; added when it was not open."""
        frames = (*(one for one in self.frames if one.id != frame.id), frame)
        return replace(self, frames=frames, over=tuple(one for one in self.over if one.frame != frame.id))

    def without(self, frame: Frame, result: Say | None) -> "Dialog":
        """With this frame ended; the last few are remembered for their old buttons."""
        return self._ended(Over(frame=frame.id, result=result))

    def forgetting(self, flows: Collection[str], subject: str) -> "Dialog":
        """Without what silence put away of these flows about this: something else was said of it since."""
        over = [
            replace(one, kept=None) if one.kept and one.kept.flow in flows and one.kept.subject == subject else one
            for one in self.over
        ]
        return replace(self, over=tuple(over))

    def putting_away(self, frame: Frame) -> "Dialog":
        """With this frame ended by silence alone: its old buttons still answer."""
        return self._ended(Over(frame=frame.id, result=None, kept=frame))

    def _ended(self, over: Over) -> "Dialog":
        frames = tuple(one for one in self.frames if one.id != over.frame)
        return replace(self, frames=frames, over=(*self.over, over)[-REMEMBERED:])

    def to_json(self) -> dict[str, Json]:
        return cast(dict[str, Json], freeze(self))

    @classmethod
    def from_json(cls, stored: Json) -> "Dialog":
        """The inverse; an empty mapping is an empty dialog. Raises ValueError for what is no dialog."""
        return cast(Dialog, thaw(stored, cls))


EDITED = 5  # messages that may still be edited
REMEMBERED = 12  # ended frames whose buttons still say what became of them
