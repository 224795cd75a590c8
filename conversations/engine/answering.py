"""What a message does to the answers of a frame: given, joined, corrected, to be given anew."""

from dataclasses import replace

from conversations.engine.asking import Answer, Asked, Joinable, Reading, Unfit
from conversations.engine.heard import Heard
from conversations.engine.kept import Bubble, Earlier, Frame, How, Kept
from conversations.engine.running import Step

REPLACED = 5  # earlier values remembered of one answer


def with_kept(frame: Frame, name: str, kept: Kept) -> Frame:
    return replace(frame, answers={**frame.answers, name: kept})


def without(frame: Frame, name: str) -> Frame:
    return replace(frame, answers={key: kept for key, kept in frame.answers.items() if key != name})


def answered(frame: Frame, asked: Asked, value: object, how: How, heard: Heard) -> Frame:
    """The answer kept with its time and source; the one that it replaces is remembered with its own."""
    kept = Kept(
        value=asked.question.freeze(value),
        how=how,
        kind=asked.kind,
        at=heard.at,
        message=heard.message,
        digest=asked.digest if asked.question.binds(value) else "",
        earlier=_earlier(frame.answers.get(asked.name)),
    )
    return with_kept(frame, asked.name, kept)


def joined(frame: Frame, step: Step, words: Heard) -> tuple[Frame, Answer | Unfit]:
    """The words joined to an answer. The first words keep their time; a guess has none of its own."""
    asked = step.asked
    if asked is None or not isinstance(asked.question, Joinable):
        raise TypeError(f"{step.name}: nothing can join it")
    reading = asked.question.joined(step.value, words)
    if isinstance(reading, Unfit):
        return frame, reading
    before = frame.answers.get(step.name)
    kept = Kept(
        value=asked.question.freeze(reading.value),
        how=How.SAID,
        kind=asked.kind,
        at=before.at if before else None,
        message=before.message if before else "",
        earlier=before.earlier if before else (),
        bubbles=(*_bubbles(before, step), Bubble(message=words.message, words=words.words, at=words.at)),
    )
    return with_kept(frame, step.name, kept), reading


def corrected(frame: Frame, step: Step, message: str, heard: Heard) -> tuple[Frame, Reading] | None:
    """The words of that message replaced where they stand in the answer; None when it brought none of it."""
    kept = frame.answers.get(step.name)
    if step.asked is None or kept is None or not isinstance(kept.value, str):
        return None
    bubbles = _bubbles(kept, step)
    if message not in {one.message for one in bubbles}:
        return None
    mended = tuple(replace(one, words=heard.words) if one.message == message else one for one in bubbles)
    whole = Heard(at=heard.at, text="\n".join(one.words for one in mended))
    reading = step.asked.question.read(whole, step.asked)
    if not isinstance(reading, Answer):
        return frame, reading
    value = step.asked.question.freeze(reading.value)
    new = replace(
        kept, value=value, at=heard.at, earlier=_earlier(kept), bubbles=mended if len(mended) > 1 else ()
    )
    return with_kept(frame, step.name, new), reading


def reopened(frame: Frame, step: Step) -> Frame:
    """The answer to be given anew by choice: the old one comes back if the person thinks better of it."""
    kept = frame.answers.get(step.name)
    if kept is None and step.asked:
        kept = Kept(value=step.asked.question.freeze(step.value), how=How.GUESSED, kind=step.asked.kind)
    if kept is None:
        raise KeyError(f"no answer {step.name}")
    return with_kept(frame, step.name, replace(kept, how=How.AGAIN, was=kept.how, why=None))


def taken_back(frame: Frame, step: Step) -> Frame:
    """返回: the answer is asked anew; there is nothing to come back to."""
    return with_kept(frame, step.name, replace(frame.answers[step.name], how=How.AGAIN, was=None, why=None))


def restored(frame: Frame, name: str) -> Frame | None:
    """The frame with a change taken back that was chosen and not made; None where there is none."""
    kept = frame.answers.get(name)
    if kept is None or kept.how is not How.AGAIN or kept.was is None:
        return None
    return (
        without(frame, name)
        if kept.was is How.GUESSED
        else with_kept(frame, name, replace(kept, how=kept.was, was=None))
    )


def _earlier(before: Kept | None) -> tuple[Earlier, ...]:
    if before is None or before.value is None or before.at is None:
        return before.earlier if before else ()
    return (*before.earlier, Earlier(value=before.value, at=before.at))[-REPLACED:]


def _bubbles(kept: Kept | None, step: Step) -> tuple[Bubble, ...]:
    """The messages a text came in; what was never joined came in one."""
    if kept and kept.bubbles:
        return kept.bubbles
    if kept is None:
        return (Bubble(message="", words=str(step.value)),)
    return (Bubble(message=kept.message, words=str(step.value), at=kept.at),)
