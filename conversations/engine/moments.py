"""Questions answered with a date, or a date and a time; how people write them stands in `dates.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from conversations.engine.asking import Answer, Asked, Option, Question, Reading, Sets, Unfit, Unread
from conversations.engine.dates import Side, read_moment
from conversations.engine.heard import Heard
from conversations.engine.wording import Text
from texts.formats import SHANGHAI
from texts.say import Say, say

NOW = Option("now", say("label.now"), also=("刚才", "刚刚", "right now"))


@dataclass(frozen=True)
class Moment(Question[datetime]):
    """A date and time, timezone-aware UTC. A date alone ends at 24:00 and is never moved for a day off.

    A past one is asked again (`side`). On the past side a date alone is not enough, and 现在 can be tapped.
    """

    side: Side = Side.FUTURE
    zone: ZoneInfo = SHANGHAI

    @property
    def shape(self) -> object:
        return datetime

    def offers(self, asked: Asked) -> Sequence[Option]:
        return (NOW,) if self.side is Side.PAST else ()

    def read(self, heard: Heard, asked: Asked) -> Reading:
        if self.side is not Side.FUTURE and NOW.is_named(heard.words):
            return Answer(heard.at.astimezone(UTC))
        said = read_moment(heard.words, asked.now, self.side, self.zone)
        if said is None:
            return Unread(say("dialog.past_moment_wanted" if self.side is Side.PAST else "dialog.moment_wanted"))
        if said.clock is None and self.side is Side.PAST:
            return Unfit(say("dialog.time_wanted"))
        at = said.at(self.zone)
        return Answer(at) if self.holds(at, asked) else Unfit(wrong_side(self.side, heard.words))

    def tapped(self, key: str, asked: Asked) -> Reading:
        return Answer(asked.now.astimezone(UTC)) if key == NOW.key else Unread()

    def holds(self, value: datetime, asked: Asked) -> bool:
        if self.side is Side.FUTURE:
            return value > asked.now
        return self.side is Side.ANY or value <= asked.now


@dataclass(frozen=True)
class WordsOrMoment(Text):
    """Free words after a moment that was taken for granted: a time typed here corrects that moment."""

    moment: Moment = Moment("moment", side=Side.PAST)

    def read(self, heard: Heard, asked: Asked) -> Reading:
        if isinstance(self.moment.read(heard, asked), Answer):
            return Sets(self.moment.name, heard.words)
        return super().read(heard, asked)


@dataclass(frozen=True)
class Day(Question[date]):
    """A date in the zone of the contract; a past one is asked again (`side`)."""

    side: Side = Side.FUTURE
    zone: ZoneInfo = SHANGHAI

    @property
    def shape(self) -> object:
        return date

    def read(self, heard: Heard, asked: Asked) -> Reading:
        said = read_moment(heard.words, asked.now, self.side, self.zone)
        if said is None:
            return Unread(say("dialog.moment_wanted"))
        is_right = self.holds(said.day, asked)
        return Answer(said.day) if is_right else Unfit(wrong_side(self.side, heard.words))

    def holds(self, value: date, asked: Asked) -> bool:
        today = asked.now.astimezone(self.zone).date()
        if self.side is Side.FUTURE:
            return value >= today
        return self.side is Side.ANY or value <= today


def wrong_side(side: Side, words: str) -> Say:
    """Why it does not fit, with the moment as the person wrote it."""
    return say("dialog.moment_past" if side is Side.FUTURE else "dialog.moment_future", at=words)
