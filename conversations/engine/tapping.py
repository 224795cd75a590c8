"""Taps, back and cancel: what a button means however old it is (rule 2), and how far back leads (rule 6)."""

from dataclasses import replace

from conversations.engine.answering import restored, taken_back
from conversations.engine.asking import NO_LONGER, Asked, Unfit, Unread
from conversations.engine.heard import DialogTap
from conversations.engine.kept import Frame
from conversations.engine.meaning import CANCELLED, reason, taken
from conversations.engine.running import Played
from conversations.engine.showing import CHANGES, TAKEN_BACK, list_of_changes
from conversations.engine.summary import Summary
from conversations.engine.talking import Talk
from conversations.engine.turn import BACK, Turn
from texts.say import say

GONE_BACK = say("dialog.gone_back")
NOTHING_BEHIND = say("dialog.nothing_behind")
ALREADY_DONE = say("dialog.already_done")
OVER = say("dialog.over")


def tapped(talk: Talk, tap: DialogTap) -> Turn:
    """A button means its own frame: one beneath comes up, a finished one says what became of it.

    What silence put away is not finished: a mark that is given days later is a mark.
    """
    frame = talk.dialog.frame(tap.frame) or _brought_up(talk, tap.frame)
    if frame is None:
        results = [one.result for one in talk.dialog.over if one.frame == tap.frame and one.result]
        return Turn(dialog=talk.dialog, toast=results[0] if results else OVER)
    talk.dialog = talk.dialog.raised(frame)
    if frame.flow not in talk.stage.flows:
        return talk.resumed()
    frame = talk.touched(frame)
    if tap.key == BACK.key:
        is_open = frame.shown is not None and frame.shown.question == tap.question
        return back(talk, frame) if is_open else talk.shown(talk.played(frame), NO_LONGER)
    return _tapped_in(talk, talk.played(frame), tap)


def _brought_up(talk: Talk, frame_id: str) -> Frame | None:
    """What silence put away, as if it were asked now: the words that follow are for it."""
    kept = talk.dialog.put_away(frame_id)
    return replace(kept, opened_at=talk.stage.now) if kept is not None else None


def _tapped_in(talk: Talk, played: Played, tap: DialogTap) -> Turn:
    """A button means its own question: an earlier one's changes that answer, unless an act has used it."""
    if played.open is None:
        return talk.shown(played)
    asked = _meant(played, tap)
    if asked is None and (former := restored(played.frame, played.open.name)):
        again = talk.played(former)
        asked = _meant(again, tap)
        played = again if asked else played
    if asked is None:
        is_behind = played.has(tap.question.removesuffix(CHANGES))
        return talk.shown(played, ALREADY_DONE if is_behind else NO_LONGER)
    reading = asked.question.tapped(tap.key, asked)
    if isinstance(reading, Unread | Unfit):
        return talk.shown(played, reason(reading) if isinstance(reading, Unfit) else NO_LONGER)
    return taken(talk, played, asked, reading, tap.digest)


def _meant(played: Played, tap: DialogTap) -> Asked | None:
    """The question of the button, where it is open or can still be changed."""
    name = tap.question.removesuffix(CHANGES)
    asked = played.open if played.open and played.open.name == name else None
    for step in played.after_act:
        if step.name == name:
            asked = step.asked
    if asked and isinstance(asked.question, Summary) and tap.question.endswith(CHANGES):
        return list_of_changes(asked, asked.question, played.frame)
    return asked


def back(talk: Talk, frame: Frame) -> Turn:
    """The last answer said on this run's path, after the last act; before the first one: out."""
    played = talk.played(frame)
    if played.open is None:
        return talk.shown(played)
    if frame.changing == played.open.name:
        return talk.shown(replace(played, frame=replace(played.frame, changing="")))
    if former := restored(played.frame, played.open.name):
        return talk.shown(talk.played(former), GONE_BACK)
    said = [step for step in played.after_act if step.how in TAKEN_BACK]
    if said:
        return talk.shown(talk.played(taken_back(played.frame, said[-1])), GONE_BACK)
    return talk.shown(played, NOTHING_BEHIND) if played.has_act else left(talk, played.frame)


def left(talk: Talk, frame: Frame) -> Turn:
    """Cancelled: the frame ends, what lies beneath comes up."""
    return talk.over(frame, CANCELLED)
