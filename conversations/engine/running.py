"""Plays a flow over its kept answers up to the first question without a valid one.

Every message replays the flow from its start: the place in it is nowhere stored. What the flow wishes on the
way is answered here: kept answers are judged again, facts are looked up once, acts run once and settle what
they used.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, cast

from conversations.engine.ask import Ask, Origin, ToAct, ToAsk, ToLookUp, ToTrace
from conversations.engine.asking import Answer, Asked, Joinable
from conversations.engine.flow import Flow, FlowError, Stage
from conversations.engine.freezing import digest_of, freeze, returned, thaw
from conversations.engine.heard import Heard
from conversations.engine.judging import Found, as_asked, standing, unsaid
from conversations.engine.kept import Frame, How, Kept
from conversations.engine.messages import Media
from conversations.engine.stranding import words_of
from texts.refused import Refused
from texts.say import Say, say


class Answering(StrEnum):
    """Who answers the open questions of a run."""

    PERSON = "person"
    SILENCE = "silence"


@dataclass(frozen=True)
class Step:
    """One answer on this run's path; `asked` is None for an act."""

    name: str
    value: object
    how: How | None  # None: a guess, kept nowhere
    asked: Asked | None = None


@dataclass(frozen=True, kw_only=True)
class Played:
    """Where a run came to: an open question, or the end with its last words."""

    frame: Frame
    pocket: tuple[Media, ...]
    path: tuple[Step, ...]
    open: Asked | None
    result: Say | None = None

    @property
    def after_act(self) -> tuple[Step, ...]:
        """The steps that can still be changed: those after the last act."""
        acts = [place for place, step in enumerate(self.path) if step.asked is None]
        return self.path[acts[-1] + 1 :] if acts else self.path

    @property
    def has_act(self) -> bool:
        return any(step.asked is None for step in self.path)

    def has(self, name: str) -> bool:
        return any(step.name == name for step in self.path)


def play(
    frame: Frame,
    flow: Flow,
    stage: Stage,
    view: Callable[[Frame], object],
    pocket: tuple[Media, ...],
    stale: Callable[[], None],
    answers_by: Answering = Answering.PERSON,
) -> Played:
    """Replay the flow; after an act that refused with a question to be asked anew, replay it once more.

    `stale` is called after an act ran or was refused: no view made before it may be used again. A bug in the
    flow propagates; `frame` is immutable and stays as it was. Raises FlowError for a broken rule.
    """
    while True:
        run = _Run(frame, flow, stage, pocket, answers_by)
        played = run.play(view(frame))
        if run.acted:
            stale()
        if not run.again:
            return played
        frame, pocket, answers_by = played.frame, played.pocket, Answering.PERSON


@dataclass
class _Run:
    """One replay: its own copy of the answers, and the path so far."""

    frame: Frame
    flow: Flow
    stage: Stage
    pocket: tuple[Media, ...]
    answers_by: Answering
    answers: dict[str, Kept] = field(init=False)
    path: list[Step] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    open: Asked | None = None
    acted: bool = False  # in this run, or refused
    again: bool = False
    part: str = ""  # of the act that runs

    def __post_init__(self) -> None:
        self.answers = dict(self.frame.answers)

    def play(self, view: object) -> Played:
        start = cast(Callable[[Ask, object], Coroutine[Any, Any, Say | None]], self.flow.run)
        flow = start(Ask(), view)
        try:
            result = self._drive(flow)
        except Refused as no:
            result = self._refused(no)
        finally:
            flow.close()
        drafted = not any(step.asked is None for step in self.path)
        return Played(
            frame=replace(self.frame, answers=self.answers, stated=drafted and self._is_stated()),
            pocket=self.pocket,
            path=tuple(self.path),
            open=self.open,
            result=result,
        )

    def _is_stated(self) -> bool:
        """Once stated the matter stays so: going back to it takes nothing back until it is said anew."""
        matter = next((step.value for step in self.path if step.name == self.flow.matter), None)
        return self.frame.stated or bool(matter)

    def _drive(self, flow: Coroutine[Any, Any, Say | None]) -> Say | None:
        answer: object = None
        while self.open is None:
            try:
                wish = flow.send(answer)
            except StopIteration as end:
                return cast(Say | None, end.value)
            answer = self._granted(wish)
        return None

    def _granted(self, wish: object) -> object:
        match wish:
            case ToAsk():
                return self._answer(wish)
            case ToLookUp():
                return self._fact(wish)
            case ToAct():
                return self._deed(wish)
            case ToTrace():
                return self._origin(wish)
        raise FlowError(f"flow {self.flow.name}: awaited {wish!r}; a flow awaits only what its `ask` gives")

    def _named(self, name: str) -> None:
        if name in self.names:
            raise FlowError(
                f"flow {self.flow.name}: {name!r} is used twice in one run; use ask.part(i) in a loop"
            )
        if name.rpartition(".")[2] in self.flow.retired:
            raise FlowError(f"flow {self.flow.name}: {name!r} is retired; a new meaning takes a new name")
        self.names.add(name)

    # --- questions

    def _answer(self, wish: ToAsk) -> object:
        self._named(wish.name)
        asked = as_asked(wish, self.frame, self.stage.now)
        kept = self.answers.get(wish.name)
        found = self._standing(asked, kept) if kept else self._unasked(asked)
        if found is None and self.answers_by is Answering.SILENCE and not self.acted:
            found = self._silent(asked, kept)
        if found is None:
            self.open = asked
            return None
        self.path.append(Step(wish.name, found.value, found.how, asked))
        return found.value

    def _standing(self, asked: Asked, kept: Kept) -> Found | None:
        stands = standing(asked, kept)
        if isinstance(stands, Found):
            return stands
        del self.answers[asked.name]
        if stands is not None:
            self.answers[asked.name] = stands
        return None

    def _unasked(self, asked: Asked) -> Found | None:
        """An answer nobody needs to give: what waits in the pocket, the guess, the only choice."""
        question = asked.question
        if isinstance(question, Joinable) and any(question.takes(one) for one in self.pocket):
            return self._from_pocket(asked, question)
        if asked.guess is not None and question.holds(asked.guess, asked):
            return Found(asked.guess, None)
        only = question.only(asked)
        if only is None:
            return None
        self.answers[asked.name] = Kept(value=question.freeze(only), how=How.ONLY, kind=asked.kind)
        return Found(only, How.ONLY)

    def _from_pocket(self, asked: Asked, question: Joinable[object]) -> Found | None:
        fitting = tuple(one for one in self.pocket if question.takes(one))
        joined = question.joined(asked.guess, Heard(at=asked.now, media=fitting))
        if not isinstance(joined, Answer):
            return None
        self.pocket = tuple(one for one in self.pocket if one not in fitting)
        self.answers[asked.name] = Kept(
            value=question.freeze(joined.value), how=How.COLLECTING, kind=asked.kind, at=asked.now
        )
        return Found(joined.value, How.COLLECTING)

    def _silent(self, asked: Asked, kept: Kept | None) -> Found | None:
        value = unsaid(asked, kept)
        if value is None:
            return None
        # What stood before a change was said once: when, and in which words, still holds.
        said = kept or Kept(value=None, how=How.SILENT)
        self.answers[asked.name] = replace(
            said, value=asked.question.freeze(value), how=How.SILENT, kind=asked.kind, was=None, why=None
        )
        return Found(value, How.SILENT)

    # --- facts and acts

    def _fact(self, wish: ToLookUp) -> object:
        self._named(wish.name)
        kind, digest = returned(_function(wish.source)), digest_of(wish.given)
        kept = self.answers.get(wish.name)
        if kept and kept.how is How.LOOKED_UP and (kept.settled or kept.digest == digest):
            try:
                return thaw(kept.value, kind)
            except ValueError:
                kept = None  # a release changed the shape of the fact: it is looked up again
        stored = freeze(wish.read())
        self.answers[wish.name] = Kept(value=stored, how=How.LOOKED_UP, digest=digest)
        return thaw(stored, kind)

    def _deed(self, wish: ToAct) -> object:
        self._named(wish.name)
        kept = self.answers.get(wish.name)
        if kept is None or kept.how is not How.ACTED:
            kept = self._done(wish)
        try:
            value = thaw(kept.value, returned(_function(wish.source)))
        except ValueError:
            value = kept.value  # it was done by an earlier release and is never done again
        self.path.append(Step(wish.name, value, How.ACTED))
        return value

    def _done(self, wish: ToAct) -> Kept:
        self.part = wish.part
        with self.stage.trying(_function(wish.source)):
            kept = Kept(value=freeze(wish.change()), how=How.ACTED, at=self.stage.now)
        self.acted = True
        self._settle()
        self.answers[wish.name] = kept
        return kept

    def _settle(self) -> None:
        """What an act has used is not judged again: a school that closes tomorrow was right today."""
        for step in self.path:
            if step.asked and step.name not in self.answers:
                stored = step.asked.question.freeze(step.value)
                self.answers[step.name] = Kept(value=stored, how=How.GUESSED, kind=step.asked.kind)
        for name in self.names & self.answers.keys():
            if not self.answers[name].settled:
                self.answers[name] = replace(self.answers[name], settled=True)

    def _refused(self, no: Refused) -> Say | None:
        """The act said no: end with its sentence, or ask that question and then the confirmation anew."""
        self.acted = True
        if no.again is None:
            return self._with_words(no.said)
        names = [step.name for step in self.path if step.asked]
        name = next((one for one in (self.part + no.again, no.again) if one in names), None)
        if name is None:
            raise FlowError(
                f"flow {self.flow.name}: refused with again={no.again!r}, which was not asked"
            ) from no
        given = {key for key, kept in self.answers.items() if kept.digest and kept.how is How.SAID}
        for key in given:
            if not self.answers[key].settled:
                del self.answers[key]
        kept = self.answers.get(name, Kept(value=None, how=How.AGAIN))
        self.answers[name] = replace(kept, how=How.AGAIN, why=no.said, was=None, settled=False)
        self.again = True
        return None

    def _with_words(self, said: Say) -> Say:
        """What was typed and is done nothing with stands below the sentence: nobody writes it again from memory."""
        typed = words_of(kept for kept in self.answers.values() if kept.how is How.SAID and not kept.settled)
        return say("dialog.refused_with_words", said=said, words="\n".join(typed)) if typed else said

    def _origin(self, wish: ToTrace) -> Origin | None:
        kept = self.answers.get(wish.name)
        if kept is None or kept.at is None:
            return None
        earlier = tuple((one.value, one.at) for one in kept.earlier)
        return Origin(kept.at, kept.message, earlier, tuple((one.words, one.at) for one in kept.bubbles))


def _function(source: Callable[..., object]) -> Callable[..., object]:
    """The function behind a bound method: a view itself may have no hash."""
    return cast(Callable[..., object], getattr(source, "__func__", source))
