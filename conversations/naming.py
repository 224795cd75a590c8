"""A ticket's number, or a label, typed: what it names, so that it never becomes a report of that text."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from conversations import labels, lists, other_words, shown_cards, still_waiting, taps
from conversations.buttons import CardTap
from conversations.engine import commands
from conversations.engine.conversation import show_again
from conversations.exchange import Exchange
from conversations.replies import Reply
from conversations.taking import take
from conversations.understanding import IsReport, reads_as
from desk.showing import TicketView, open_for, show, view_of, viewer
from storage import sight
from storage.shown import newest_ticket, recently_sent
from texts.refused import Refused

LOOKED_AT: Final = 20  # of the open tickets of somebody who typed a label alone
LISTED: Final = 8
OBJECT: Final = "object"
ACKNOWLEDGE: Final = "acknowledge"
OPENING: Final = 24  # characters of what was reported
TAKES_WORDS: Final = frozenset({"answer", "note"})  # their first question is for words
# What makes a number one of the words: 答复 2 点到, 备注 3 号楼断电. 点击 and 楼道 count nothing.
COUNTED: Final = r"\s*(?:点(?:[到来去前后多整半钟左]|\s*\d)|号?楼(?!道|[上下顶])|小时|分钟|天[内后]|教室|个小时)"
WITH_WORDS: Final = re.compile(
    rf"(?P<label>[^\W\d]{{2,12}}?)\s*#?(?P<ticket>\d{{1,9}})(?!{COUNTED})(?:号单?)?[\s,，:：]+(?P<words>.+)",
    re.DOTALL,
)
ALONE: Final = re.compile(r"#\s?(?P<ordinal>\d{1,9})|(?P<number>zxfk-\d{4}-\d{6})")  # of a folded text


def act_with_number(exchange: Exchange) -> bool:
    """`接单 1` typed is the tap on that ticket."""
    typed = labels.acts_with_number(exchange.typed, other_words.of_side(exchange))
    if typed is None:
        return False
    acts, key = typed
    ticket = _ticket_of(exchange, key)
    if acts is labels.PROGRESS:
        _show_card(exchange, ticket)
    elif not shown_cards.is_yes_or_no_to(exchange, ticket, key):
        tap_for(exchange, acts, ticket)
    return True


def act_with_words(exchange: Exchange) -> bool:
    """答复 1 马上到 of the vendor's people: the words go where the label and the number say.

    补充 302 教室也不行 of a teacher names no ticket.
    """
    found = WITH_WORDS.fullmatch(exchange.typed.strip())
    acts = [one for one in labels.acts_of(found["label"]) if one in TAKES_WORDS] if found is not None else []
    if found is None or not acts or not lists.is_vendor(exchange.sitting.actor):
        return False
    ticket = _ticket_of(exchange, found["ticket"])
    shown_cards.open_with_words(exchange, acts[0], ticket.id, found["words"])
    return True


def label_in_reply(exchange: Exchange) -> bool:
    """没解决 in reply to a card is the tap on that ticket."""
    acts = labels.acts_of(exchange.typed)
    replied_to = shown_cards.replied_to(exchange) if acts else None
    ticket = show(exchange.sitting, replied_to) if replied_to is not None else None
    if ticket is None:
        return False
    tap_for(exchange, acts, ticket)
    return True


def number_alone(exchange: Exchange) -> bool:
    """A ticket's number and nothing else."""
    found = ALONE.fullmatch(commands.fold(exchange.typed))
    if found is None:
        return False
    _show_card(exchange, _ticket_of(exchange, found["ordinal"] or found["number"]))
    return True


def label_alone(exchange: Exchange) -> bool:
    """A label that no card shows now is meant for the one ticket that is open: it says what is possible instead.

    Whoever reported nothing that is open means what 进度 shows them: a representative, a lead, an archivist.
    """
    acts = labels.acts_of(exchange.typed)
    own = [one.id for one in exchange.around.own or open_for(exchange.sitting)] if acts else []
    if not own:
        return _of_what_was(exchange, acts)
    last = exchange.remembered.ticket_id
    meant = last if last in own else own[0] if len(own) == 1 else None
    ticket = show(exchange.sitting, meant) if meant is not None else None
    if ticket is not None and (set(acts) & set(ticket.offered) or not offering(exchange, acts, own)):
        tap_for(exchange, acts, ticket)
    else:
        which_of(exchange, acts, own)
    return True


def word_alone(exchange: Exchange) -> bool:
    """撤单 or 修好了 where no card shows the button: of the one ticket on which it is possible, else which is asked."""
    acts = other_words.acts_meant(exchange)
    own = [one.id for one in exchange.around.own or open_for(exchange.sitting)] if acts else []
    possible = offering(exchange, acts, own)
    if len(possible) == 1 and (len(own) == 1 or possible[0].id == exchange.remembered.ticket_id):
        tap_for(exchange, acts, possible[0])
    elif possible:
        which_of(exchange, acts, own)
    return bool(possible)


def offering(exchange: Exchange, acts: Collection[str], own: Sequence[int]) -> list[TicketView]:
    """Those on which it is possible."""
    return [one for one in _seen(exchange, own) if set(acts) & set(one.offered)]


def _seen(exchange: Exchange, own: Sequence[int]) -> list[TicketView]:
    return [one for one in (show(exchange.sitting, ticket) for ticket in own[:LOOKED_AT]) if one is not None]


def which_of(exchange: Exchange, acts: Collection[str], own: Sequence[int]) -> None:
    """Of several that are open those on which it is possible, by their numbers. Also one alone is not taken for
    granted: much is done at once, and 撤销 would be of a ticket that nobody named.
    """
    listed = offering(exchange, acts, own) or _seen(exchange, own)
    lines = [f"#{one.ordinal} {one.text[:OPENING]}" for one in listed[:LISTED]]
    number = listed[0].ordinal if listed else 1
    exchange.replies.say("list.which_ticket", label=exchange.typed, number=number, tickets="\n".join(lines))


def _of_what_was(exchange: Exchange, acts: Sequence[str]) -> bool:
    """已解决, 没解决 or 催办 with nothing open means the ticket last talked about, if any. It sounds like news of a
    matter, and silence would file it as one. 有异议 means the last card that showed it, also when its days are over.
    """
    if acts and lists.is_vendor(exchange.sitting.actor):
        return ACKNOWLEDGE in acts and _of_what_was_told(exchange, acts)
    is_objection = OBJECT in acts
    if not acts or not (is_objection or reads_as(exchange.typed) is IsReport.FOLLOWUP):
        return False
    shown = recently_sent(exchange.sitting.session, exchange.account_id) if is_objection else []
    if cards := still_waiting.labelled(shown, commands.fold(exchange.typed)):
        taps.tapped(exchange, cards[0])
        return True
    last = exchange.remembered.ticket_id
    ticket = show(exchange.sitting, last) if last is not None else None
    if ticket is None:
        exchange.replies.say("list.empty")
    else:
        tap_for(exchange, acts, ticket)
    return True


def _of_what_was_told(exchange: Exchange, acts: Sequence[str]) -> bool:
    """接单 of an engineer who has nothing means the ticket they were told of last: a colleague has it by now."""
    told = newest_ticket(exchange.sitting.session, exchange.account_id)
    ticket = show(exchange.sitting, told) if told is not None else None
    if ticket is not None:
        tap_for(exchange, acts, ticket)
    return ticket is not None


def why(exchange: Exchange) -> bool:
    """为什么 typed: the due times of the ticket last talked about, else of the first that waits."""
    if commands.fold(exchange.typed) not in labels.WHY:
        return False
    _explain(exchange, exchange.remembered.ticket_id)
    return True


def why_amid(exchange: Exchange) -> bool:
    """为什么 while something is asked answers nothing: it is explained, and the question stays open.

    It means the card that came after the question, else the ticket that the question is about.
    """
    top = exchange.dialog.top
    if top is None or commands.fold(exchange.typed) not in labels.WHY:
        return False
    head = top.subject.partition(":")[0] if top.flow not in labels.NOT_ON_A_TICKET else ""
    if not shown_cards.label_of_card(exchange):
        _explain(exchange, int(head) if head.isdigit() else exchange.remembered.ticket_id)
    return True


def _explain(exchange: Exchange, ticket_id: int | None) -> None:
    """This ticket's due times, else those of the first that waits; then whatever is asked."""
    waiting = [one.id for one in (exchange.around.own or open_for(exchange.sitting))]
    if ticket_id is not None or waiting:
        taps.on_ticket(exchange, CardTap("why", ticket_id if ticket_id is not None else waiting[0], 0))
        return
    exchange.replies.say("explained.nothing_open")
    if exchange.dialog.top is not None:
        take(exchange, show_again(exchange.dialog, exchange.stage))


def _ticket_of(exchange: Exchange, key: str) -> TicketView:
    """The ticket of this short or whole number. Raises Refused for one that is not theirs to see."""
    sitting = exchange.sitting
    ordinal = int(key) if key.isdigit() else 0
    number = "" if ordinal else key.upper()
    ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ordinal=ordinal, number=number)
    if ticket is None:
        raise Refused("refused.no_ticket")
    return view_of(sitting, ticket)


def _show_card(exchange: Exchange, ticket: TicketView) -> None:
    """进度 1, #1 or the whole number: the card as it is now."""
    card = lists.card_of(exchange.sitting, exchange.signer, ticket)
    exchange.replies.add(Reply(text=card.text, buttons=card.buttons, ticket_id=ticket.id))
    exchange.turnout.ticket_id = ticket.id


def tap_for(exchange: Exchange, acts: Sequence[str], ticket: TicketView) -> None:
    """A label typed, on this ticket: of the acts that bear it the offered one, else the one to be refused."""
    offered = ticket.offered if len(acts) > 1 else acts
    theirs = acts[-1] if lists.is_vendor(exchange.sitting.actor) else acts[0]
    act = next((one for one in acts if one in offered), theirs)
    taps.on_ticket(exchange, CardTap(act, ticket.id, ticket.round))
