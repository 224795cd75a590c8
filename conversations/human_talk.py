"""The talk between a person and the desk's human: its words are relayed, 接入 takes it over, 结束 ends it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from conversations import commanding, labels, said_below, shown_cards
from conversations.engine import commands
from conversations.engine.heard import Heard
from conversations.engine.kept import Bubble, How, Kept
from conversations.exchange import Exchange
from conversations.flows.reporting import WHAT
from conversations.following import named
from conversations.sent_along import media_of, sent_along
from conversations.taking import open_flow
from desk import knowing, talking
from desk.talk_unheard import is_unheard
from desk.talk_words import Line, lines_of_asker
from texts.refused import Refused

MOST_WORDS: Final = WHAT.most  # of a matter; all that was said reached the desk


def relayed(exchange: Exchange) -> bool:
    """Between a person and the desk's human, words are relayed and mean nothing else.

    But a question that was opened in the talk takes its answer, and the desk keeps its commands.
    """
    sitting = exchange.sitting
    talk = talking.open_talk(sitting) if exchange.around.talk_id is not None else None
    if talk is None:
        return False
    if commands.fold(exchange.heard.words) in labels.END:
        end(exchange)
        return True
    if talk.account_id != sitting.actor.account_id and _is_command(exchange):
        return False
    if talk.desk_id is None and _is_for_the_desk(exchange, talk.id):
        return True
    top = exchange.dialog.top
    if top is not None and talking.was_opened_in(sitting, talk, top.opened_at):
        return False
    if talk.account_id != sitting.actor.account_id and said_below.in_a_talk(exchange):
        return True
    said = _said(exchange.heard)
    if said:
        media = sent_along(sitting.actor.channel, exchange.incoming.media)
        talking.relay(sitting, talk, said, media, typed=exchange.heard.words)
    return bool(said)


def _is_for_the_desk(exchange: Exchange, talk_id: int) -> bool:
    """While nobody has taken it over: 报修, or the number of a button under the newest message, is for us."""
    if commands.fold(exchange.typed) in labels.REPORT:
        report_instead(exchange, talk_id)
        return True
    return shown_cards.number_of_card(exchange)


def _is_command(exchange: Exchange) -> bool:
    return commanding.meant(exchange) is not None or labels.acts_with_number(exchange.typed, {}) is not None


def _said(heard: Heard) -> str:
    """The words, and by name what was sent beside them."""
    words = (heard.words,) if heard.words else ()
    return " ".join((*words, *(named(one) for one in heard.media)))


def end(exchange: Exchange, talk_id: int = 0) -> None:
    """The talk that the button was shown for; 结束 typed ends the one that is open."""
    talk = talking.to_end(exchange.sitting, talk_id)
    if talk is None:
        exchange.replies.say("talk.nobody")
        return
    talking.end(exchange.sitting, talk)
    exchange.replies.say("talk.ended_unheard" if is_unheard(talk) else "talk.ended")


def report_instead(exchange: Exchange, talk_id: int) -> None:
    """报修 of whoever waits for a human: what they wrote and sent is the report, and the clock counts from its first
    words. Whoever has no school to report for reads so, and waits on.
    """
    sitting = exchange.sitting
    talk = talking.to_end(sitting, talk_id)
    if talk is None:
        raise Refused("refused.talk_over")
    if not knowing.schools(sitting):
        commanding.report(exchange)
        return
    talking.end_for_report(sitting, talk)
    sent = media_of(talking.sent_by_asker(sitting, talk))
    typed = [one for one in lines_of_asker(talk) if one.words]
    heard = replace(exchange.heard.emptied, at=typed[0].at if typed else sitting.at, media=sent)
    # A frame of its own: a report that lay open before the talk is another matter.
    open_flow(exchange, "report", f"t{talk.id}", heard, {"what": _matter(typed)} if typed else {})


def _matter(said: Sequence[Line]) -> Kept:
    """As if it had been written to the report's question, each message at its time."""
    bubbles = tuple(Bubble(message="", words=one.words, at=one.at) for one in said) if len(said) > 1 else ()
    words = "\n".join(one.words for one in said)
    return Kept(value=words[:MOST_WORDS], how=How.SAID, at=said[0].at, bubbles=bubbles)


def take_over(exchange: Exchange, talk_id: int) -> None:
    """接入: from now on the desk's human is the one who answers."""
    exchange.replies.say_with_end("talk.taken", talking.take_over(exchange.sitting, talk_id).id)
