"""A person at the phone: every message goes through JSON and back, as after a restart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from conversations.engine.conversation import converse, correct, open_frame, show_again
from conversations.engine.flow import Flow
from conversations.engine.heard import DialogTap, Heard
from conversations.engine.kept import Dialog
from conversations.engine.messages import Media, MediaKind
from conversations.engine.turn import Prompt, Turn
from tests.engine.sample import FLOWS, Desk, SampleStage
from texts.say import Json, render, sentences

START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # a Monday, 14:00 in Shanghai


@dataclass
class Player:
    """Says, taps and sends; looks at what is shown. The clock stands still unless told."""

    desk: Desk = field(default_factory=Desk)
    flows: Mapping[str, Flow] = field(default_factory=lambda: FLOWS)
    now: datetime = START
    stored: str = "{}"
    turn: Turn | None = None
    shown: list[Prompt] = field(default_factory=list)
    sent: int = 0

    @property
    def dialog(self) -> Dialog:
        return Dialog.from_json(json.loads(self.stored))

    @property
    def last(self) -> Turn:
        assert self.turn is not None
        return self.turn

    @property
    def prompt(self) -> Prompt:
        """The newest prompt."""
        return self.last.prompts[-1]

    @property
    def question(self) -> str:
        return self.prompt.question if self.last.prompts else ""

    @property
    def results(self) -> list[str]:
        return [one.result.key if one.result else "" for one in self.last.ended]

    @property
    def note(self) -> str:
        return self.prompt.note.key if self.prompt.note else ""

    @property
    def stage(self) -> SampleStage:
        return SampleStage(self.desk, self.now, self.flows)

    def wait(self, seconds: float) -> "Player":
        self.now += timedelta(seconds=seconds)
        return self

    def open(self, flow: str, subject: str = "", text: str = "", **prefilled: Json) -> "Player":
        return self._after(
            open_frame(self.dialog, flow, subject, self._heard(text=text), self.stage, prefilled)
        )

    def say(self, text: str, *media: Media) -> "Player":
        return self._after(converse(self.dialog, self._heard(text=text, media=media), self.stage))

    def photo(self, name: str, caption: str = "") -> "Player":
        return self.say(caption, picture(name))

    def tap(self, label: str, prompt: Prompt | None = None) -> "Player":
        """A tap on the button with this label or key, of the newest prompt or of an older one."""
        one = prompt or self.prompt
        choice = next(c for c in one.choices if label in {c.key, written(c.label)})
        tap = DialogTap(one.frame, one.question, choice.key, one.digest)
        return self._after(converse(self.dialog, self._heard(tap=tap), self.stage))

    def correct(self, message: str, text: str) -> "Player":
        """An edit of an earlier message; `turn` is None when no open answer came from it."""
        turn = correct(self.dialog, message, self._heard(text=text), self.stage)
        if turn is None:
            self.turn = None
            return self
        return self._after(turn)

    def again(self) -> "Player":
        """The open question shown once more, as after help."""
        return self._after(show_again(self.dialog, self.stage))

    def labels(self) -> list[str]:
        return [written(one.label) for one in self.prompt.choices]

    def _heard(self, text: str = "", media: tuple[Media, ...] = (), tap: DialogTap | None = None) -> Heard:
        self.sent += 1
        return Heard(at=self.now, text=text, media=media, tap=tap, message=f"m{self.sent}")

    def take(self, turn: Turn) -> "Player":
        """A turn that silence brought."""
        return self._after(turn)

    def _after(self, turn: Turn) -> "Player":
        self.stored = json.dumps(turn.dialog.to_json(), ensure_ascii=False)
        self.turn = turn
        self.shown.extend(turn.prompts)
        return self


def written(label: object) -> str:
    if isinstance(label, str):
        return label
    key = getattr(label, "key", "")
    return render(label, "zh") if key in sentences("zh") else key  # type: ignore[arg-type]


def picture(name: str) -> Media:
    return Media(kind=MediaKind.PHOTO, reference=f"ref-{name}", unique=name, name=name)
