"""What a tap means: an answer to a prompt, a word of the menu, or an act on the ticket whose card was tapped."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from agreement.lifecycle import SAID_OF_THE_MATTER
from agreement.words import State
from conversations import care_taps, commanding, duty_taps, human_talk
from conversations.buttons import CardTap
from conversations.engine.conversation import converse
from conversations.engine.heard import DialogTap
from conversations.exchange import Exchange
from conversations.playing import FLOWS
from conversations.taking import open_flow, take
from desk import opinions
from desk.showing import viewer
from storage import sight
from texts.refused import Refused
from texts.say import Say, say

# A tap → the flows that it ends: the other answer, or the same question asked by a button of its own.
INSTEAD_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "solved": ("not_solved",),
    "not_solved": ("solved", "urgent"),  # why it was urgent is asked by 紧急原因, while it still is
    "state_urgency": ("urgent",),
    "withdraw": ("urgent", "state_urgency"),  # nobody asks why it was urgent any more
    # The other of the two buttons, while the first still asks why.
    "agree": ("discuss",),
    "no_objection": ("object",),
    "accept": ("reject",),
    "confirm_request": ("discuss_request",),
    "not_urgent": ("urgent",),  # the next 紧急 is a new one, though why and what it does were never said
}
# Where 没解决 can be said anew, though the dialog still waits for the words after the last time.
REOPENS: Final = frozenset({State.RESOLVED.value, State.ACCEPTED.value, State.CLOSED.value})


def tapped(exchange: Exchange, data: str) -> None:
    """The button with this data. Raises Refused for one that was not shown to this account."""
    tap = exchange.signer.read(data, exchange.account_id)
    if tap is None:
        raise Refused("refused.bad_tap")
    if isinstance(tap, DialogTap):
        heard = replace(exchange.heard, tap=tap, text="")
        take(exchange, converse(exchange.dialog, heard, exchange.stage))
    else:
        NO_ACT_ON_A_TICKET.get(tap.act, on_ticket)(exchange, tap)


def on_ticket(exchange: Exchange, tap: CardTap) -> None:
    """A card's button: its flow is opened for this ticket, if the round is still the one it was shown for."""
    sitting = exchange.sitting
    ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ticket_id=tap.ticket_id)
    if ticket is None:
        raise Refused("refused.no_ticket")
    if ticket.merged_into_id is not None and tap.act in SAID_OF_THE_MATTER:
        _put_away(exchange, INSTEAD_OF.get(tap.act, ()), str(ticket.id))
        on_ticket(exchange, CardTap(tap.act, ticket.merged_into_id, 0))
        return
    if tap.round and tap.round != ticket.round:
        raise Refused("refused.old_round", number=ticket.ordinal, state=say(f"state.{ticket.state}"))
    if tap.act not in FLOWS or tap.act in care_taps.SUBJECT:
        raise Refused("refused.bad_tap")
    if tap.act == "not_solved" and opinions.is_past_reopening(sitting, ticket):
        _report_again(exchange, ticket.id, say("report.again", text=ticket.text, number=ticket.ordinal))
        return
    exchange.turnout.ticket_id = ticket.id
    subject = f"{ticket.id}:{tap.extra}" if tap.extra else str(ticket.id)
    anew = _said_anew(ticket.state, ticket.opinion, is_urgent=ticket.is_urgent) & {tap.act}
    _put_away(exchange, (*INSTEAD_OF.get(tap.act, ()), *anew), subject)
    open_flow(exchange, tap.act, subject, exchange.heard.emptied)


def reported_again(exchange: Exchange, ticket_id: int) -> bool:
    """Words that say it fails again, of a ticket that can be reopened no longer: a new report with both."""
    sitting = exchange.sitting
    ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ticket_id=ticket_id)
    if ticket is None or not opinions.is_past_reopening(sitting, ticket):
        return False
    what = say("report.again_in_words", text=ticket.text, words=exchange.typed, number=ticket.ordinal)
    _report_again(exchange, ticket.id, what)
    return True


def _said_anew(state: str, opinion: str, *, is_urgent: bool) -> frozenset[str]:
    """What the unanswered question after an earlier saying must not stand for: 已解决 of the round before, whose mark
    was never given; 紧急 that a new round or somebody else's 不急了 has ended, whose cause was never stated.
    """
    anew = {"not_solved": state in REOPENS, "solved": not opinion, "urgent": not is_urgent}
    return frozenset(act for act, is_new in anew.items() if is_new)


def _report_again(exchange: Exchange, ticket_id: int, what: Say) -> None:
    """What comes back too late to be reopened is a new ticket that names the old one (acts, 没解决)."""
    prefilled = {"what": exchange.replies.worded(what)}
    open_flow(exchange, "report", str(ticket_id), exchange.heard.emptied, prefilled)


def _put_away(exchange: Exchange, flows: Collection[str], subject: str) -> None:
    """已解决 waits for words long after it was said; 没解决 ends that, so that the next 已解决 is a new one.

    紧急 goes on asking for cause and harm after it was said; 紧急原因 asks for them in its place.
    """
    exchange.turnout.dialog = exchange.dialog.forgetting(flows, subject)
    for frame in exchange.dialog.frames:
        if frame.flow in flows and frame.subject == subject:
            exchange.turnout.dialog = exchange.dialog.without(frame, None)


def _end(exchange: Exchange, tap: CardTap) -> None:
    human_talk.end(exchange, tap.ticket_id)


def _report_instead(exchange: Exchange, tap: CardTap) -> None:
    human_talk.report_instead(exchange, tap.ticket_id)


def _take_over(exchange: Exchange, tap: CardTap) -> None:
    human_talk.take_over(exchange, tap.ticket_id)


def _duty(exchange: Exchange, tap: CardTap) -> None:
    duty_taps.ANSWERS[tap.act](exchange.sitting, tap.ticket_id)


def _command(exchange: Exchange, tap: CardTap) -> None:
    """The button says what may as well be typed."""
    commanding.RULES[tap.act](exchange)


def _care(exchange: Exchange, tap: CardTap) -> None:
    heard = exchange.heard.emptied
    take(exchange, care_taps.opened(exchange.dialog, tap, heard, exchange.stage, exchange.sitting))


# What such a button carries in the ticket's place is the id of a talk, a swap, a call, or nothing.
NO_ACT_ON_A_TICKET: Final[Mapping[str, Callable[[Exchange, CardTap], None]]] = MappingProxyType(
    {
        "end": _end,
        "report_instead": _report_instead,
        "take_over": _take_over,
        "archive_all": _command,
        **dict.fromkeys(duty_taps.ANSWERS, _duty),
        **dict.fromkeys(duty_taps.MENU, _command),
        **dict.fromkeys(care_taps.SUBJECT, _care),
    }
)
