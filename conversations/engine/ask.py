"""The four verbs of a flow. Each hands the runner a wish and waits for what it is answered with.

A flow is driven by hand: what it awaits is *yielded* to the runner, so stopping at an open question is no
exception that an `except` could eat. Nothing is looked up, asked or done here; see `running.py`.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar, cast

from conversations.engine.asking import Option, Question
from texts.say import Say

T = TypeVar("T")
P = ParamSpec("P")


class Wish:
    """What a flow may await; anything else is refused by the runner."""

    def __await__(self) -> Generator["Wish", object, object]:
        return (yield self)


@dataclass(frozen=True)
class ToAsk(Wish):
    """The answer to a question."""

    question: Question[object]
    name: str
    prompt: Say
    among: tuple[Option, ...] | None
    likely: tuple[str, ...]
    guess: object
    about: object
    on_silence: object


@dataclass(frozen=True)
class ToLookUp(Wish):
    """A fact that is looked up once."""

    name: str
    read: Callable[[], object]
    source: Callable[..., object]
    given: tuple[object, ...]


@dataclass(frozen=True)
class ToAct(Wish):
    """An act of the desk."""

    name: str
    part: str
    change: Callable[[], object]
    source: Callable[..., object]


@dataclass(frozen=True)
class ToTrace(Wish):
    """Where an answer comes from."""

    name: str


@dataclass(frozen=True)
class Origin:
    """When the first words of an answer were sent, by which message, and what had stood there before.

    `earlier` holds the replaced values with their times, oldest first. A guess has no origin of its own. `bubbles` are
    the messages a text came in, each with its own time; none where it came in one.
    """

    at: datetime
    message: str
    earlier: tuple[tuple[object, datetime | None], ...] = ()
    bubbles: tuple[tuple[str, datetime | None], ...] = ()


class Ask:
    """What a flow asks with. `part(i)` gives the same with names of their own for one item of a loop."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix

    async def __call__(
        self,
        question: Question[T],
        prompt: Say,
        *,
        among: Sequence[Option] | None = None,
        likely: Sequence[str] = (),
        guess: T | None = None,
        about: object = None,
        on_silence: T | None = None,
    ) -> T:
        """The answer, valid now; else the flow stops here and the person is asked.

        `among` is what is valid now, `likely` the keys to offer first, `guess` is taken without asking (None:
        no guess), `about` the content that the answer counts for, `on_silence` what stands when silence files
        the flow.
        """
        wish = ToAsk(
            question=cast(Question[object], question),
            name=self._prefix + question.name,
            prompt=prompt,
            among=None if among is None else tuple(among),
            likely=tuple(likely),
            guess=guess,
            about=about,
            on_silence=on_silence,
        )
        return cast(T, await wish)

    async def once(self, name: str, read: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """A fact looked up once for these arguments and remembered; other arguments look it up anew.

        `read` must say what it returns: plain values, enums, moments, frozen dataclasses, or tuples of them.
        """
        given = (*args, *sorted(kwargs.items()))
        return cast(T, await ToLookUp(self._prefix + name, lambda: read(*args, **kwargs), read, given))

    async def act(self, name: str, change: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """An act of the desk: runs once, in this transaction, and what it returned is remembered.

        `Refused` from it rolls it back; the flow never sees it. Nothing said before an act is asked again.
        """
        return cast(
            T, await ToAct(self._prefix + name, self._prefix, lambda: change(*args, **kwargs), change)
        )

    async def origin(self, question: Question[T]) -> Origin | None:
        """Where the answer to a question already asked comes from; None for a guess or the only choice."""
        return cast(Origin | None, await ToTrace(self._prefix + question.name))

    def part(self, item: int | str) -> "Ask":
        """The same verbs with a prefix: for an item of a loop or a flow inside a flow."""
        return Ask(f"{self._prefix}{item}.")
