"""What becomes of a dialog when nobody says anything more (rule 10): filed, reminded of, put aside.

The next such moment is a column compared when read: no timer runs. Lengths are the policy's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from conversations.engine.flow import QUIET_ENDS, Flow, Silence, Stage
from conversations.engine.heard import Heard
from conversations.engine.kept import Dialog, Frame
from conversations.engine.running import Answering
from conversations.engine.stranding import stranded
from conversations.engine.talking import Talk
from conversations.engine.turn import Turn, ended
from texts.say import say

STILL_OPEN = say("dialog.still_open")
TO_THE_DESK = say("dialog.to_the_desk")
MEDIA_TO_THE_DESK = say("dialog.media_to_the_desk")


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long silence lasts before something follows; each counted from the person's last message or tap."""

    file_after: timedelta  # a draft that states its matter is filed
    remind_after: timedelta
    drop_after: timedelta


class Fall(StrEnum):
    """What falls due after silence."""

    FILE = "file"
    REMIND = "remind"
    DROP = "drop"
    EMPTY_POCKET = "empty_pocket"


@dataclass(frozen=True)
class Due:
    """What follows next, when, and for which frame ("" = the pocket)."""

    at: datetime
    fall: Fall
    frame: str = ""


def next_due(dialog: Dialog, flows: Mapping[str, Flow], patience: Patience) -> Due | None:
    """The next thing that silence brings; None when nothing is open. `at` is the dialog's `expires_at`."""
    falls = [_next_of(frame, flows.get(frame.flow), patience) for frame in dialog.frames]
    if dialog.pocket and dialog.pocketed_at:
        falls.append(Due(dialog.pocketed_at + patience.drop_after, Fall.EMPTY_POCKET))
    return min(falls, key=lambda one: one.at, default=None)


def _next_of(frame: Frame, flow: Flow | None, patience: Patience) -> Due:
    if flow and flow.silence is Silence.FILES and frame.stated:
        return Due(frame.touched_at + patience.file_after, Fall.FILE, frame.id)
    reminds = flow is not None and flow.silence not in QUIET_ENDS and frame.reminded_at is None
    if reminds and patience.remind_after < patience.drop_after:
        return Due(frame.touched_at + patience.remind_after, Fall.REMIND, frame.id)
    return Due(frame.touched_at + patience.drop_after, Fall.DROP, frame.id)


def after_silence(dialog: Dialog, stage: Stage, patience: Patience) -> Turn | None:
    """Do the one thing that is due at `stage.now`; None when nothing is. Call again until it is None."""
    due = next_due(dialog, stage.flows, patience)
    if due is None or due.at > stage.now:
        return None
    match due.fall:
        case Fall.FILE:
            return file_silently(dialog, due.frame, stage)
        case Fall.REMIND:
            return remind(dialog, due.frame, stage)
        case Fall.DROP:
            return drop(dialog, due.frame, stage)
        case Fall.EMPTY_POCKET:
            return Turn(dialog=replace(dialog, pocket=(), pocketed_at=None))


def file_silently(dialog: Dialog, frame_id: str, stage: Stage) -> Turn:
    """Play the frame to its end as it was last shown. What cannot be filed so is handed to the desk.

    The summary answers `Sure.UNCONFIRMED`; open questions take what stood before a change, or `on_silence`.
    """
    talk, frame = _talk(dialog, frame_id, stage)
    played = talk.played(frame, Answering.SILENCE)
    if played.open is None:
        return talk.over(played.frame, played.result)
    if played.has_act:
        return talk.shown(played)
    talk.stranded.append(stranded(frame, dialog, talk.heard))
    talk.dialog = replace(dialog, pocket=(), pocketed_at=None)
    return talk.over(frame, TO_THE_DESK)


def remind(dialog: Dialog, frame_id: str, stage: Stage) -> Turn:
    """Show the open question once more, with a word; only once."""
    talk, frame = _talk(dialog, frame_id, stage)
    return talk.shown(talk.played(replace(frame, reminded_at=stage.now)), STILL_OPEN)


def drop(dialog: Dialog, frame_id: str, stage: Stage) -> Turn:
    """Put the frame aside with a word; without one where everything that matters is done. What lies beneath
    keeps quiet. A frame whose flow is gone goes to the desk, and so do photos that nobody said a word about.
    """
    talk, frame = _talk(dialog, frame_id, stage)
    flow, sent = stage.flows.get(frame.flow), stranded(frame, dialog, talk.heard)
    if flow is None:
        return Turn(dialog=dialog.without(frame, TO_THE_DESK), stranded=(sent,))
    if flow.silence is Silence.WAITS:
        return Turn(dialog=dialog.putting_away(frame), ended=(ended(frame, None),))
    if flow.photos and sent.media:
        emptied = replace(dialog.without(frame, MEDIA_TO_THE_DESK), pocket=(), pocketed_at=None)
        return Turn(dialog=emptied, ended=(ended(frame, MEDIA_TO_THE_DESK),), left_behind=(sent,))
    result = None if flow.silence is Silence.ENDS else say("dialog.dropped", title=flow.title)
    return Turn(dialog=dialog.without(frame, result), ended=(ended(frame, result),))


def _talk(dialog: Dialog, frame_id: str, stage: Stage) -> tuple[Talk, Frame]:
    frame = dialog.frame(frame_id)
    if frame is None:
        raise KeyError(f"no frame {frame_id} in this dialog")
    return Talk(dialog, stage, Heard(at=stage.now)), frame
