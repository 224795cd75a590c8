"""Where media of a message go (rule 5): to the open question, to the last one on the path, into the pocket.

What none of them takes comes back as `unused`: it belongs to the ticket last talked about, if to anything.
"""

from dataclasses import replace
from datetime import datetime

from conversations.engine.answering import answered
from conversations.engine.asking import Answer, Asked, Joinable, Reading, Unfit, Unread
from conversations.engine.gathering import is_evidence, with_new
from conversations.engine.heard import Heard
from conversations.engine.kept import Dialog, How
from conversations.engine.messages import Media
from conversations.engine.running import Played
from conversations.engine.talking import Talk
from texts.say import say

POCKET = 9  # things that wait for their question at most
PHOTO_KEPT = say("dialog.photo_kept")


def with_media(talk: Talk, played: Played, asked: Asked) -> tuple[Played, bool]:
    """The frame with the message's media where they belong, and whether they answered the open question."""
    question = asked.question
    fitting = tuple(one for one in talk.heard.media if question.takes(one))
    rest = tuple(one for one in talk.heard.media if one not in fitting)
    is_answered = False
    if fitting:
        text = talk.heard.text if isinstance(question, Joinable) and question.takes_words else ""
        reading = question.read(replace(talk.heard, media=fitting, text=text), asked)
        is_answered = isinstance(reading, Answer)
        played = _collected(talk, played, asked, reading)
    return (_late(talk, played, rest) if rest else played), is_answered


def _collected(talk: Talk, played: Played, asked: Asked, reading: Reading) -> Played:
    if isinstance(reading, Answer):
        talk.note = reading.note
        return talk.played(answered(played.frame, asked, reading.value, How.COLLECTING, talk.heard))
    if isinstance(reading, Unfit | Unread):
        talk.note = reading.why
    return played


def _late(talk: Talk, played: Played, media: tuple[Media, ...]) -> Played:
    """A late album: the last question on the path that takes these, as long as no act has used its answer."""
    for step in reversed(played.after_act):
        question = step.asked.question if step.asked else None
        fitting = tuple(one for one in media if question and question.takes(one))
        if step.asked and fitting and isinstance(question, Joinable):
            talk.unused = tuple(one for one in media if one not in fitting)
            reading = question.joined(step.value, Heard(at=talk.heard.at, media=fitting))
            return _collected(talk, played, step.asked, reading)
    keep_early(
        talk,
        "" if played.has(talk.flow_of(played.frame).photos) else talk.flow_of(played.frame).photos,
        media,
    )
    return played


def keep_early(talk: Talk, question: str, media: tuple[Media, ...]) -> None:
    """Photos before their question wait in the pocket; where no such question is to come they are unused."""
    early = tuple(one for one in media if question and is_evidence(one))
    talk.unused = (*talk.unused, *(one for one in media if one not in early))
    if early:
        talk.dialog, refused = pocketed(talk.dialog, early, talk.stage.now)
        talk.note = say("dialog.photos_full", most=POCKET) if refused else PHOTO_KEPT


def pocketed(
    dialog: Dialog, media: tuple[Media, ...], now: datetime | None
) -> tuple[Dialog, tuple[Media, ...]]:
    """The dialog with these in its pocket, and what found no room there."""
    pocket = with_new(dialog.pocket, media)
    return replace(dialog, pocket=pocket[:POCKET], pocketed_at=now), pocket[POCKET:]
