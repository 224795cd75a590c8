"""A flow as a row, and the stage on which the runner plays it: both are given with every message."""

from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Never, Protocol

from conversations.engine.ask import Ask
from conversations.engine.kept import Frame
from texts.say import Say


class FlowError(RuntimeError):
    """A flow broke a rule of the engine. The sentence names the flow, the rule and the way out."""


class Silence(StrEnum):
    """What becomes of a half-finished flow."""

    REMINDS = "reminds"  # reminded once, kept for the policy's time, then dropped with a word
    FILES = "files"  # filed as it was last shown, once its matter is stated
    ENDS = "ends"  # ends without a word: everything that matters has been done
    WAITS = "waits"  # the same, but its buttons still answer: a mark is as good the next day


QUIET_ENDS = frozenset({Silence.ENDS, Silence.WAITS})  # everything that matters has been done


class Beneath(StrEnum):
    """What becomes of a flow's open question once something else, begun on top of it, was done."""

    RETURNS = "returns"  # it is asked again, with a word of where it was
    GOES = "goes"  # whoever did something else meanwhile has answered it


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One flow. `run` is a coroutine function of (ask, view) that returns the last words to be said, or None.

    `matter` is the question whose answer (or guess) makes a draft worth filing: ask it before those that
    silence fills in. `photos` is the one for which photos sent too early wait in the pocket. `retired` are
    names of questions that must never be used again.
    """

    name: str
    run: Callable[[Ask, Never], Coroutine[Any, Any, Say | None]]
    title: Say
    retired: frozenset[str] = field(default_factory=frozenset)
    silence: Silence = Silence.REMINDS
    beneath: Beneath = Beneath.RETURNS
    matter: str = ""
    photos: str = ""


class Stage(Protocol):
    """What a message is played against. `now` is when it was received (timezone-aware)."""

    @property
    def flows(self) -> Mapping[str, Flow]: ...

    @property
    def now(self) -> datetime: ...

    def view(self, frame: Frame) -> object:
        """What the flow may see and do: its second argument. Built once per message, anew after an act."""
        ...

    def trying(self, act: Callable[..., object]) -> AbstractContextManager[object]:
        """Wraps this function of the view, an act: left by `Refused`, it has done nothing."""
        ...
