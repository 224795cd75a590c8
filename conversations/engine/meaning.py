"""What a reading does: an answer is kept, words join or replace another one, one is to be given anew."""

from dataclasses import replace
from datetime import timedelta

from conversations.engine import answering
from conversations.engine.asking import (
    NO_LONGER,
    Answer,
    Asked,
    Joinable,
    Joins,
    Leaves,
    Lists,
    Reading,
    Reopens,
    Sets,
    Unfit,
    Unread,
)
from conversations.engine.flow import FlowError
from conversations.engine.heard import Heard
from conversations.engine.kept import How
from conversations.engine.running import Played, Step
from conversations.engine.showing import TAKEN_BACK
from conversations.engine.talking import Talk
from conversations.engine.turn import Turn
from texts.say import Say, say

READABLE_AFTER = timedelta(seconds=3)  # words sent earlier were not written to our question (rule 4)
CHANGED_MEANWHILE = say("dialog.changed_meanwhile")
CANCELLED = say("dialog.cancelled")


def taken(talk: Talk, played: Played, asked: Asked, reading: Reading, digest: str) -> Turn:
    """Carry out what the words or the tap meant. `digest` is that of what the person had before them."""
    calm = replace(played, frame=replace(played.frame, changing=""))
    match reading:
        case Answer():
            return _answered(talk, calm, asked, reading, digest)
        case Joins(name, words, note):
            more = replace(talk.heard, text=words, media=())
            return joined(talk, calm, _step(calm, name, asked), more, note)
        case Sets(name, words):
            return _set(talk, calm, _step(calm, name, asked), words)
        case Reopens(name):
            return talk.shown(talk.played(answering.reopened(calm.frame, _step(calm, name, asked))))
        case Lists():
            return _listed(talk, calm, asked)
        case Leaves():
            return talk.over(calm.frame, CANCELLED)
        case Unread(why):
            step = last_words(played) if _is_early(talk, played, asked) else None
            return joined(talk, calm, step, talk.heard.words_only) if step else talk.missed(played, why)
        case Unfit(why):
            return talk.missed(played, why)


def _answered(talk: Talk, played: Played, asked: Asked, answer: Answer, digest: str) -> Turn:
    """A confirmation counts only for what was shown: a differing digest shows it again."""
    if asked.digest and asked.question.binds(answer.value) and digest != asked.digest:
        return talk.shown(played, CHANGED_MEANWHILE)
    frame = answering.answered(played.frame, asked, answer.value, How.SAID, talk.heard)
    return talk.shown(talk.played(frame), answer.note)


def joined(talk: Talk, played: Played, step: Step, words: Heard, note: Say | None = None) -> Turn:
    """The words are more of an earlier answer. With a `note` that says so the question they did not answer counts as
    missed, for whoever cannot answer it needs a human.
    """
    frame, reading = answering.joined(played.frame, step, words)
    if isinstance(reading, Unfit):
        return talk.missed(played, reading.why)
    if note is not None and reading.note is None:
        return replace(talk.missed(talk.played(frame), note), understood=True)  # they are kept, whoever else waits
    return talk.shown(talk.played(frame), reading.note)


def _set(talk: Talk, played: Played, step: Step, words: str) -> Turn:
    heard = replace(talk.heard, text=words, media=())
    reading = step.asked.question.read(heard, step.asked) if step.asked else Unread()
    if step.asked and isinstance(reading, Answer):
        return talk.shown(
            talk.played(answering.answered(played.frame, step.asked, reading.value, How.SAID, heard))
        )
    return talk.missed(played, reason(reading))


def _listed(talk: Talk, played: Played, asked: Asked) -> Turn:
    """修改: the list stands open instead of the summary it belongs to."""
    frame = answering.without(played.frame, asked.name)
    return talk.shown(talk.played(replace(frame, changing=asked.name)))


def _step(played: Played, name: str, asked: Asked) -> Step:
    found = {step.name: step for step in played.after_act}
    step = found.get(asked.part + name) or found.get(name)
    if step is None:
        raise FlowError(f"{asked.name}: joins or changes {name!r}, which is not asked since the last act")
    return step


def _is_early(talk: Talk, played: Played, asked: Asked) -> bool:
    """Whether the words were sent before this question could be read: two bubbles, one sentence."""
    shown = played.frame.shown
    is_seen = shown is not None and shown.question == asked.address
    return (
        talk.heard.tap is None and shown is not None and is_seen and talk.heard.at - shown.at < READABLE_AFTER
    )


def last_words(played: Played) -> Step | None:
    """The text before: the last answer on the path that was said in words, after the last act."""
    for step in reversed(played.after_act):
        question = step.asked.question if step.asked else None
        if isinstance(question, Joinable) and question.takes_words and step.how in TAKEN_BACK:
            return step
    return None


def reason(reading: Reading) -> Say:
    """Why it is no answer."""
    return reading.why if isinstance(reading, Unread | Unfit) else NO_LONGER
