"""The runner of dialogs: one message in, the new dialog and what to show out. Plain, synchronous, no I/O.

`converse` takes what was heard by the frame on top; `open_frame` starts a flow on top of what is open. A
dialog is an immutable value: when a flow has a bug the exception propagates and the caller still holds the
old dialog.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from conversations.engine import commands
from conversations.engine.answering import without
from conversations.engine.flow import Stage
from conversations.engine.heard import DialogTap, Heard
from conversations.engine.hearing import corrected, heard_by
from conversations.engine.kept import Dialog, Frame, How, Kept
from conversations.engine.messages import Media
from conversations.engine.pocketing import keep_early, pocketed
from conversations.engine.talking import Talk
from conversations.engine.tapping import back, left, tapped
from conversations.engine.turn import Ended, Prompt, Showing, Stranded, Turn
from texts.say import Json

__all__ = [
    "Dialog",
    "DialogTap",
    "Ended",
    "Frame",
    "Heard",
    "Prompt",
    "Showing",
    "Stage",
    "Stranded",
    "Turn",
    "converse",
    "correct",
    "keep_in_pocket",
    "look_again",
    "open_frame",
    "show_again",
]


def open_frame(
    dialog: Dialog,
    flow: str,
    subject: str,
    heard: Heard,
    stage: Stage,
    prefilled: Mapping[str, Json | Kept] | None = None,
) -> Turn:
    """Start a flow about `subject`. The same one already open is brought up and hears the message (rule 1).

    `prefilled` are answers by name that this message already gave, or that were kept elsewhere with their own
    times; photos of the message wait in the pocket
    for the flow's photo question, or come back as `unused`. KeyError for a flow that does not exist.
    """
    row = stage.flows[flow]
    for one in dialog.frames:
        if (one.flow, one.subject) == (flow, subject):
            talk = Talk(dialog, stage, heard)
            talk.dialog = dialog.raised(talk.touched(one))
            brings = heard.media or (prefilled and heard.words)
            return heard_by(talk, talk.touched(one)) if brings else talk.resumed()
    number = dialog.opened + 1
    frame = Frame(
        id=str(number),
        flow=flow,
        subject=subject,
        opened_at=stage.now,
        touched_at=stage.now,
        answers={
            name: value
            if isinstance(value, Kept)
            else Kept(value=value, how=How.SAID, at=heard.at, message=heard.message)
            for name, value in (prefilled or {}).items()
        },
    )
    talk = Talk(replace(dialog.raised(frame), opened=number), stage, heard)
    keep_early(talk, row.photos, heard.media)
    return talk.shown(talk.played(frame))


def converse(dialog: Dialog, heard: Heard, stage: Stage) -> Turn:
    """Take a message into the dialog. With nothing open its media come back as `unused`, not understood."""
    talk = Talk(dialog, stage, heard)
    if heard.tap:
        return tapped(talk, heard.tap)
    if dialog.top is None:
        return Turn(dialog=dialog, unused=heard.media, understood=False)
    if dialog.top.flow not in stage.flows:
        return talk.resumed()
    frame = talk.touched(dialog.top)
    is_caption = bool(heard.media and heard.text)
    if commands.is_cancel(heard.words) and not is_caption:
        return left(talk, frame)
    if commands.is_back(heard.words) and not is_caption:
        return back(talk, frame)
    return heard_by(talk, frame)


def correct(dialog: Dialog, message: str, heard: Heard, stage: Stage) -> Turn | None:
    """The person edited an earlier message: its words are replaced in the answer that they gave.

    None when no open answer came from it, or an act has used it already: then it is the ticket's matter.
    """
    for frame in reversed(dialog.frames):
        if frame.flow in stage.flows:
            talk = Talk(dialog, stage, heard)
            turn = corrected(talk, talk.touched(frame), message)
            if turn:
                return turn
    return None


def show_again(dialog: Dialog, stage: Stage) -> Turn:
    """The open question once more: after help, after a human, after a restart."""
    return Talk(dialog, stage, Heard(at=stage.now)).resumed()


def look_again(dialog: Dialog, name: str, stage: Stage) -> Turn | None:
    """The open question with a fact of this name looked up anew; None where there is none, or the same is shown."""
    top = dialog.top
    if top is None or top.shown is None or top.flow not in stage.flows or name not in top.answers:
        return None
    calm = replace(without(top, name), changing="")
    turn = Talk(dialog.raised(calm), stage, Heard(at=stage.now)).resumed()
    is_news = any(prompt.digest != top.shown.digest for prompt in turn.prompts)
    return turn if is_news else None


def keep_in_pocket(
    dialog: Dialog, media: tuple[Media, ...], now: datetime | None = None
) -> tuple[Dialog, tuple[Media, ...]]:
    """Photos that belong to nothing yet wait for a question that takes them; what has no room comes back."""
    return pocketed(dialog, media, now)
