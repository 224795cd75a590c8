"""An open question as a prompt, and what is remembered of having shown it."""

from dataclasses import replace
from datetime import datetime
from typing import cast

from conversations.engine.asking import Asked, Joinable, Option, Question, numbered
from conversations.engine.kept import Frame, How, Shown
from conversations.engine.running import Played
from conversations.engine.summary import Changing, Summary
from conversations.engine.turn import BACK, Prompt, Showing
from texts.say import Say, say

CHANGES = "#"  # marks the list of changes of a summary in the name that its buttons carry
TAKEN_BACK = frozenset({How.SAID, How.COLLECTING})  # what 返回 goes back to: what the person said


def as_shown(played: Played) -> Asked:
    """What stands open for the person: the flow's question, or the list behind 修改 of its summary."""
    asked = played.open
    assert asked is not None
    if isinstance(asked.question, Summary) and played.frame.changing == asked.name:
        return list_of_changes(asked, asked.question, played.frame)
    return asked


def list_of_changes(asked: Asked, summary: Summary, frame: Frame) -> Asked:
    """The list behind 修改. It confirms nothing, so it has no digest."""
    question = cast(Question[object], Changing(summary.name, joins=summary.joins, changes=summary.changes))
    shown = frame.shown
    numbers = shown.numbers if shown and shown.question == asked.name + CHANGES else ()
    return replace(
        asked,
        question=question,
        prompt=say("dialog.which_change"),
        among=None,
        digest="",
        numbers=numbers,
        mark=CHANGES,
    )


def prompt_of(played: Played, note: Say | None, showing: Showing, now: datetime) -> tuple[Prompt, Frame]:
    """The prompt, and the frame that remembers it: list as numbered, digest, since when it is shown."""
    asked, frame = as_shown(played), played.frame
    offered = tuple(asked.question.offers(asked))
    numbers = numbered(offered)
    choices = tuple(replace(one, number=number) for one, (number, _) in zip(offered, numbers, strict=True))
    kept, before = frame.answers.get(asked.name), frame.shown
    is_repeated = before is not None and before.question == asked.address
    prompt = Prompt(
        frame=frame.id,
        question=asked.address,
        text=asked.prompt,
        choices=(*choices, *_way_back(asked, played)),
        digest=asked.digest,
        note=note or (kept.why if kept and kept.how is How.AGAIN else None),
        showing=showing,
    )
    shown = Shown(
        question=asked.address,
        takes_words=isinstance(asked.question, Joinable) and asked.question.takes_words,
        numbers=numbers,
        digest=asked.digest,
        at=before.at if before and is_repeated else now,
    )
    changing = frame.changing if frame.changing == asked.name else ""
    prompt = replace(prompt, replaces=prompt.key if is_repeated else "")
    return prompt, replace(frame, shown=shown, changing=changing)


def _way_back(asked: Asked, played: Played) -> tuple[Option, ...]:
    """返回, where it leads somewhere: not behind an act. A summary has 修改 and 取消 instead."""
    said = any(step.how in TAKEN_BACK for step in played.after_act)
    if isinstance(asked.question, Summary) or (played.has_act and not said):
        return ()
    return (BACK,)
