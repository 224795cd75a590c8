"""The talk between a person and the desk's human: its words are relayed, 接入 takes it over, 结束 ends it."""

from dataclasses import replace

from conversations import commanding, labels
from conversations.engine import commands
from conversations.engine.heard import Heard
from conversations.exchange import Exchange
from conversations.following import named
from conversations.sent_along import sent_along
from conversations.taking import open_flow
from desk import knowing, talking
from desk.talk_unheard import is_unheard
from texts.refused import Refused


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
    if talk.desk_id is None and commands.fold(exchange.typed) in labels.REPORT:
        report_instead(exchange, talk.id)
        return True
    top = exchange.dialog.top
    if top is not None and talking.was_opened_in(sitting, talk, top.opened_at):
        return False
    said = _said(exchange.heard)
    if said:
        talking.relay(sitting, talk, said, sent_along(sitting.actor.channel, exchange.incoming.media))
    return bool(said)


def _is_command(exchange: Exchange) -> bool:
    return commanding.meant(exchange) is not None or labels.acts_with_number(exchange.typed) is not None


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
    """报修 of whoever waits for a human: what they wrote is the matter, and the clock counts from its first words."""
    talk = talking.to_end(exchange.sitting, talk_id)
    if talk is None:
        raise Refused("refused.talk_over")
    what, since = talking.words_of(talk), talking.began_at(talk)
    talking.end_for_report(exchange.sitting, talk)
    if what and knowing.schools(exchange.sitting):
        open_flow(exchange, "report", "", replace(exchange.heard.emptied, at=since), {"what": what})
    else:
        commanding.report(exchange)


def take_over(exchange: Exchange, talk_id: int) -> None:
    """接入: from now on the desk's human is the one who answers."""
    exchange.replies.say_with_end("talk.taken", talking.take_over(exchange.sitting, talk_id).id)
