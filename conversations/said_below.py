"""Words that name an act, while something is asked: they are that act, on the card below, and never the answer.

出发 under 做了什么 is not what was done, 办结 is not what a caller said, 同意方案 is no opinion on the plan. Where the
card that stands lowest offers the act, it is done there; the other button of the same pair ends the question; anything
else is said to be no answer, and the question stays.
"""

from dataclasses import replace
from typing import Final

from agreement.lifecycle import STEPS
from agreement.words import Relation
from conversations import duty_in_words, labels, lists, other_words, taps
from conversations.buttons import CardTap
from conversations.engine import commands
from conversations.engine.conversation import converse, show_again
from conversations.engine.flow import QUIET_ENDS
from conversations.engine.kept import Frame
from conversations.exchange import Exchange
from conversations.playing import FLOWS
from conversations.taking import take
from conversations.thanks import CLAUSES, besides_thanks
from desk.showing import CUSTOMERS
from storage.shown import lowest_is_edited
from texts.say import say

CUSTOMERS_ACTS: Final = frozenset(step.act.value for step in STEPS if step.who & CUSTOMERS)
VENDORS_ACTS: Final = frozenset(step.act.value for step in STEPS) - CUSTOMERS_ACTS
DESKS_ACTS: Final = frozenset({"take_over", *(step.act.value for step in STEPS if Relation.DESK in step.who)})
# Their words are relayed as they are: 答复 修好了 answers somebody, so only the very label is none of them.
RELAYED: Final = frozenset({"answer", "note", "add"})
# What a caller says is anybody's words, and what is asked before the act is known is no reason for one.
ANYTHING_SAID: Final = (labels.NOT_ON_A_TICKET | {"merge", "signed_paper", "test"}) - {"register"}
# Said to whoever spoke last, each a whole clause; no reason, no plan and no work is called so.
COURTESY: Final = duty_in_words.YES | {word for word, acts in other_words.UNDER_ONE.items() if "acknowledge" in acts}
CANCEL: Final = "取消"
LEAVES: Final = frozenset({"算了", "算了吧", "点错了", "按错了", "弄错了", "never mind", "nevermind", "forget it"})


def said_below(exchange: Exchange) -> bool:
    """What is said to a card that came below the open question: 收到 to a new ticket is not what was done on another,
    同意 to a leave is not what a caller said. The question stays open.
    """
    top = exchange.dialog.top
    if top is None or not exchange.typed:
        return False
    return duty_in_words.answered(exchange) or on_the_lowest(exchange, is_wordy=_is_wordy(top))


def on_the_lowest(exchange: Exchange, *, is_wordy: bool) -> bool:
    """The button of the newest message that the words mean. Where a choice is open, most labels may be one of it."""
    acts = set(_under_a_card(exchange)) if is_wordy else {"acknowledge"}.intersection(_under_a_card(exchange))
    folded = commands.fold(exchange.typed)
    is_label = folded in labels.ANSWERS or (is_wordy and bool(labels.acts_of(exchange.typed)))
    if not (acts or is_label) or lowest_is_edited(exchange.sitting.session, exchange.account_id):
        return False
    for label, data, *_ in exchange.shown[0]["buttons"] if exchange.shown else ():
        tap = exchange.signer.read(str(data), exchange.account_id)
        if isinstance(tap, CardTap) and (tap.act in acts or (is_label and commands.fold(str(label)) == folded)):
            taps.tapped(exchange, str(data))
            return True
    return False


def no_answer(exchange: Exchange) -> bool:
    """An act's words where words of an act are asked: the other button of the pair is taken, what says nothing to the
    question is told to be no answer, 算了 leaves it."""
    top = exchange.dialog.top
    if top is None or not exchange.typed or not _is_wordy(top) or not _asks_for_an_act(top.flow):
        return False
    if _leaves(exchange, top.flow):
        take(exchange, converse(exchange.dialog, replace(exchange.heard, text=CANCEL), exchange.stage))
        return True
    acts = _named(exchange, top.flow)
    said = (*acts, *other_words.acts_under_a_card(exchange))
    instead = next((one for one in said if top.flow in taps.INSTEAD_OF.get(one, ())), None)
    ticket, _, extra = top.subject.partition(":")
    if instead is not None and ticket.isdigit():
        taps.on_ticket(exchange, CardTap(instead, int(ticket), 0, extra))
        return True
    if top.flow in acts or not (acts or _is_courtesy(exchange, top.flow)):
        return False
    take(exchange, show_again(exchange.dialog, exchange.stage))
    exchange.replies.begin_with(say("list.act_no_answer" if acts else "list.no_answer", words=exchange.typed))
    return True


def in_a_talk(exchange: Exchange) -> bool:
    """What the desk says to the card that came below the talk's last words; 办结 is said to nobody in it."""
    if not exchange.typed:
        return False
    if duty_in_words.answered(exchange) or on_the_lowest(exchange, is_wordy=True):
        return True
    acts = (*labels.acts_of(exchange.typed), *other_words.acts_meant(exchange))
    is_act = bool(acts) and DESKS_ACTS.issuperset(acts)
    if is_act:
        exchange.replies.say("list.act_not_relayed", words=exchange.typed)
    return is_act


def _is_wordy(top: Frame) -> bool:
    return top.shown is not None and top.shown.takes_words


def _asks_for_an_act(flow: str) -> bool:
    """Whether the words complete an act; of what is done already they are only more."""
    return flow not in ANYTHING_SAID and flow in FLOWS and FLOWS[flow].silence not in QUIET_ENDS


def _under_a_card(exchange: Exchange) -> tuple[str, ...]:
    """By any of the words' clauses: 好的，出发了 says 出发了."""
    whole = other_words.acts_under_a_card(exchange)
    said = besides_thanks(exchange.typed) - duty_in_words.YES
    words = other_words.of_side(exchange) if said and not whole else {}
    acts = [words.get(one, ()) for one in said]
    return whole or (tuple(act for found in acts for act in found) if all(acts) else ())


def _named(exchange: Exchange, flow: str) -> tuple[str, ...]:
    """The acts whose label, or other word, the whole message is; of a teacher none of the vendor's. 到了？ asks."""
    if exchange.typed.endswith(("?", "？")):
        return ()
    acts = tuple(labels.acts_of(exchange.typed))
    theirs = acts if lists.is_vendor(exchange.sitting.actor) or not VENDORS_ACTS.issuperset(acts) else ()
    if theirs or flow in RELAYED or any(one.waiting for one in exchange.around.own):
        return theirs
    words = other_words.of_side(exchange)
    said = besides_thanks(exchange.typed) - COURTESY
    return tuple(act for one in said for act in words.get(one, ())) if said and said <= words.keys() else ()


def _is_courtesy(exchange: Exchange, flow: str) -> bool:
    """好的 or 收到，马上去, where nothing is relayed that could be answered so."""
    said = besides_thanks(exchange.typed)
    return flow not in RELAYED and bool(said) and said <= COURTESY


def _leaves(exchange: Exchange, flow: str) -> bool:
    """点错了，还没修好: whoever thinks better of it does not say what was done. What is relayed may begin so."""
    said = [commands.fold(one) for one in CLAUSES.split(exchange.typed) if one.strip()]
    return bool(said) and said[0] in LEAVES and (flow not in RELAYED or LEAVES.issuperset(said))
