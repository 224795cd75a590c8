"""What follows from a turn of the engine, whoever caused it: said to the person, or handed to the desk.

Messages (taking.py) and silence (expiry.py) both end here, so that nothing typed is lost on one of the ways.
"""

from collections.abc import Iterable

from conversations.engine.kept import Frame
from conversations.engine.messages import Media
from conversations.engine.turn import Stranded, Turn
from conversations.lists import is_vendor
from conversations.replies import Replies, Reply
from conversations.sent_along import sent_along
from desk import talk_unheard, talking
from desk.access import ordinal_of
from desk.sitting import Sitting


def follow(turn: Turn, sitting: Sitting, replies: Replies) -> None:
    """In the order in which it is said: what ended, what became of an old button, what is asked now."""
    for ended in turn.ended:
        if ended.result is not None:
            replies.add(Reply(text=replies.worded(ended.result)))
    if turn.stranded:
        hand_to_desk(sitting, turn.stranded)
    for one in turn.left_behind:
        leave_with_desk(sitting, one)
    if turn.toast is not None:
        replies.add(Reply(text=replies.worded(turn.toast)))
    for prompt in turn.prompts:
        replies.prompt(prompt, about=_ticket_of(turn.dialog.frame(prompt.frame), sitting))
    if turn.offers_human:
        replies.say("dialog.offer_human")


def _ticket_of(frame: Frame | None, sitting: Sitting) -> str:
    """The short number of the ticket that a question is about: who has several at hand sees which is meant."""
    head = frame.subject.partition(":")[0] if frame is not None else ""
    if frame is None or frame.flow == "report" or not head.isdigit():
        return ""
    return f"#{ordinal_of(sitting, int(head))} "


def hand_to_desk(sitting: Sitting, stranded: Iterable[Stranded]) -> None:
    """What no flow can take any more goes to a human: every word, and by name what was sent beside words."""
    talk = talking.ask_human(sitting)
    for one in stranded:
        for words in one.words:
            talking.relay(sitting, talk, words)
        for medium in one.media:
            talking.relay(sitting, talk, named(medium), sent_along(sitting.actor.channel, (medium,)), typed="")


def leave_with_desk(sitting: Sitting, one: Stranded) -> None:
    """What a customer sent and never said a word about: the desk sees it, and nothing stands open for it. A photo
    of the vendor's own people asks for nothing.
    """
    if not is_vendor(sitting.actor) or sitting.actor.schools():
        words = [*one.words, *(named(medium) for medium in one.media)]
        talk_unheard.left_behind(sitting, words, sent_along(sitting.actor.channel, one.media))


def named(medium: Media) -> str:
    """What was sent, in words: for a place that takes words only."""
    return f"<{medium.kind.value} {medium.name}>".replace(" >", ">")
