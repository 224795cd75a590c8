"""Words of a message: which question they answer, also when it is no longer the one that was shown."""

from dataclasses import replace

from conversations.engine import answering
from conversations.engine.asking import Answer, Asked, Joinable, Joins, Reading
from conversations.engine.kept import Frame, How, Kept, Shown
from conversations.engine.meaning import CHANGED_MEANWHILE, joined, last_words, reason, taken
from conversations.engine.pocketing import with_media
from conversations.engine.running import Played
from conversations.engine.showing import as_shown
from conversations.engine.talking import Talk
from conversations.engine.turn import Turn


def heard_by(talk: Talk, frame: Frame) -> Turn:
    """The message goes to the open question of this frame, its media first."""
    played = talk.played(frame)
    if played.open is None:
        return replace(talk.shown(played), heard=False)
    asked = as_shown(played)
    is_wordy = isinstance(asked.question, Joinable) and asked.question.takes_words
    played, is_answered = with_media(talk, played, played.open)
    if talk.heard.media and talk.unused == talk.heard.media and not talk.heard.words:
        return Turn(dialog=talk.dialog.raised(played.frame), unused=talk.unused, understood=False)
    if not talk.heard.words or played.open is None or (is_answered and is_wordy):
        return talk.shown(played)
    return _captioned(talk, played) if is_answered else _read(talk, played)


def _read(talk: Talk, played: Played) -> Turn:
    asked, shown = as_shown(played), played.frame.shown
    reading = asked.question.read(talk.heard.words_only, asked)
    if shown and shown.question != asked.address:
        return _misplaced(talk, played, asked, reading, shown)
    return taken(talk, played, asked, reading, shown.digest if shown else "")


def _misplaced(talk: Talk, played: Played, asked: Asked, reading: Reading, shown: Shown) -> Turn:
    """The person answered what was shown, but another question stands open by now: a deploy, a school gone.

    Words for a text are kept for it under its name; for a retired one they answer its successor. A number of
    another list means nothing here; a label does, and words that are more of a text before it join that.
    """
    is_retired = shown.question.rpartition(".")[2] in talk.flow_of(played.frame).retired
    is_meant = is_retired if shown.takes_words else bool(asked.question.offers(asked))
    if isinstance(reading, Answer) and is_meant:
        return taken(talk, played, asked, reading, "")
    if isinstance(reading, Joins) and not shown.takes_words:
        talk.note = CHANGED_MEANWHILE
        return taken(talk, played, asked, reading, "")
    if not shown.takes_words or is_retired or played.has(shown.question):
        return talk.shown(played, CHANGED_MEANWHILE)
    kept = Kept(value=talk.heard.words, how=How.SAID, at=talk.heard.at, message=talk.heard.message)
    return talk.shown(talk.played(answering.with_kept(played.frame, shown.question, kept)), CHANGED_MEANWHILE)


def _captioned(talk: Talk, played: Played) -> Turn:
    """The photo was the answer; its caption joins the matter, else the words before, else it answers what comes next:
    where only the place was said anew it is still the matter that the photo shows.
    """
    matter = talk.flow_of(played.frame).matter
    step = next((one for one in played.after_act if matter and one.name == matter), None) or last_words(played)
    if step:
        return joined(talk, played, step, talk.heard.words_only)
    asked = as_shown(played)
    reading = asked.question.read(talk.heard.words_only, asked)
    is_answer = isinstance(reading, Answer) and not asked.digest  # what is not shown yet is not confirmed
    return taken(talk, played, asked, reading, "") if is_answer else talk.shown(played)


def corrected(talk: Talk, frame: Frame, message: str) -> Turn | None:
    """An edit of an earlier message: its words are replaced where they stand in an answer not yet used."""
    played = talk.played(frame)
    for step in played.after_act:
        found = answering.corrected(played.frame, step, message, talk.heard)
        if found is not None:
            mended, reading = found
            calm = replace(mended, changing="")
            fits = isinstance(reading, Answer)
            return talk.shown(talk.played(calm)) if fits else talk.missed(played, reason(reading))
    return None
