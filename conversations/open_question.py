"""What words mean while something is asked or begun: by the dialog of this chat, or by an engineer who waits."""

from typing import Final

from agreement.lifecycle import STEPS
from conversations import is_it_solved, labels, late_marks, late_media, lists, other_words, shown_cards, taps
from conversations.after_the_mark import sounds_new
from conversations.engine import commands
from conversations.engine.conversation import converse, show_again
from conversations.engine.flow import QUIET_ENDS
from conversations.engine.kept import Frame
from conversations.engine.summary import CANCEL
from conversations.engine.turn import Turn
from conversations.exchange import Exchange
from conversations.playing import FLOWS
from conversations.taking import take
from conversations.understanding import IsReport, reads_as
from desk.asking_back import asked_last
from desk.showing import CUSTOMERS

VENDORS_ACTS: Final = frozenset(step.act for step in STEPS) - {step.act for step in STEPS if step.who & CUSTOMERS}
SORTING: Final = frozenset({"free_words", "unclear"})  # they ask where other words belong
SORTS: Final = frozenset({"where", "meant"})  # by these questions; their summary, when it comes, sorts nothing
DRAFTS: Final = SORTING | {"report"}
# No report says these: 有异议 while a summary waits is the receipt's button. 紧急 and 撤销 may be said of the draft;
# 确认提交 is its own button, whatever else bears that label.
AMID_A_DRAFT: Final = shown_cards.DECIDES - {"confirm_request"} | {"solved", "not_solved", "nudge"}
LONGEST_NAME: Final = 4  # characters that may sound like a matter and still be somebody's name
WHO: Final = frozenset({"name", "phone"})  # the questions of who somebody is


def amid_sorting(exchange: Exchange) -> bool:
    """满意 or 一切正常 while we ask where other words belong is what its own buttons say, where they still wait; nobody
    reports 一切正常 either.
    """
    top = exchange.dialog.top
    if top is None or top.flow not in DRAFTS:
        return False
    if commands.fold(exchange.typed) in labels.ANSWERS and shown_cards.label_of_card(exchange):
        return True
    if top.flow not in SORTING:
        return False
    if late_marks.typed(exchange):
        return True
    # What a card below our question asks is asked later; a label is its button.
    asked_below = (is_it_solved.sounds_solved, is_it_solved.sounds_unsolved, shown_cards.decision_in_a_word)
    return not labels.acts_of(exchange.typed) and any(row(exchange) for row in asked_below)


def failed_again(exchange: Exchange) -> bool:
    """An opinion that says it fails again is kept, and one tap begins it anew; of a ticket that can be reopened no
    longer it is a new report.
    """
    top = exchange.dialog.top
    if top is None or top.flow != "solved" or not top.subject.isdigit() or _is_asked(exchange):
        return False
    if not is_it_solved.fails_again(exchange) or _is_their_label(exchange):
        return False
    ticket = int(top.subject)
    if is_it_solved.asks_about_another(exchange, ticket):
        return is_it_solved.sounds_unsolved(exchange)
    return taps.reported_again(exchange, ticket) or _kept_and_offered(exchange, ticket)


def _kept_and_offered(exchange: Exchange, ticket: int) -> bool:
    is_kept = answered(exchange)
    if is_kept:
        is_it_solved.offer_not_solved(exchange, ticket)
    return is_kept


def asked_back(exchange: Exchange) -> bool:
    """你们什么时候来？ where a name is asked goes to the engineer of what is open: nobody is called that."""
    top = exchange.dialog.top
    is_name = top is not None and top.shown is not None and top.shown.question.rpartition(".")[2] == "name"
    if not is_name or not exchange.around.own:
        return False
    if not exchange.typed.endswith(("?", "？")) and not _states_a_matter(exchange.typed):
        return False
    exchange.add_to(exchange.around.own[0].id, exchange.heard.words, exchange.incoming.media)
    take(exchange, show_again(exchange.dialog, exchange.stage))
    return True


def answered(exchange: Exchange) -> bool:
    """The open question takes it; what it cannot read after all is done goes on as free words, and so does what came
    when the question had gone: a plan whose ticket somebody else has by now takes no words."""
    top = exchange.dialog.top
    if top is None:
        return False
    done = top.flow in FLOWS and FLOWS[top.flow].silence in QUIET_ENDS
    if shown_cards.is_number_of_a_newer_card(exchange, top):
        return False
    if done and top.subject.isdigit() and is_it_solved.says_of_another(exchange, int(top.subject)):
        return False
    # What is done asks only whether there is more to say.
    if done and (_is_their_label(exchange) or sounds_new(top.flow, exchange.heard.words)):
        return False
    if top.flow == "solved" and top.shown is not None and top.shown.takes_words and _is_asked(exchange):
        return False  # whoever asks about another ticket waits for an answer, the opinion for none
    if _means_its_card(exchange, top) or _replies_elsewhere(exchange, top):
        return False
    turn = converse(exchange.dialog, exchange.heard, exchange.stage)
    if _is_asked(exchange) and _is_still_sorting(top, turn):
        return False  # who asked came after the words that are being sorted
    if not turn.understood and (done or _is_asked(exchange) or late_media.is_place(exchange)):
        return False
    take(exchange, turn)
    return turn.heard


def _states_a_matter(words: str) -> bool:
    """还有空调也坏了; no name is that long and sounds so."""
    return len(words) > LONGEST_NAME and reads_as(words) is IsReport.YES


def _is_their_label(exchange: Exchange) -> bool:
    """Whether the words are a button that this person may press: 没解决 and 同意方案 are no opinion. Done typed by a
    teacher is one.
    """
    acts = labels.acts_of(exchange.typed)
    return bool(acts) and (lists.is_vendor(exchange.sitting.actor) or not VENDORS_ACTS.issuperset(acts))


def _means_its_card(exchange: Exchange, top: Frame) -> bool:
    """已解决 while we ask where other words belong, or who somebody is, is the ticket's button; the question waits.

    补充 is an answer to the first; nobody is called 催办, or 3.
    """
    typed = exchange.typed
    acts = labels.acts_of(typed)
    asked = top.shown.question.rpartition(".")[2] if top.shown is not None else ""
    if asked in SORTS:
        acts = acts or (() if _holds_a_matter(top) else other_words.acts_meant(exchange))
        return any(act != "add" for act in acts)
    if top.flow in DRAFTS and not AMID_A_DRAFT.isdisjoint(acts):
        return True
    is_number = asked == "name" and commands.number(typed) is not None
    return asked in WHO and (is_number or bool(labels.acts_of(typed)))


def _holds_a_matter(top: Frame) -> bool:
    """303教室的空调也坏了, 撤单: which of both is meant is not said; the words wait together."""
    held = top.answers.get("what")
    return held is not None and any(reads_as(one) is IsReport.YES for one in str(held.value).splitlines())


def _replies_elsewhere(exchange: Exchange, top: Frame) -> bool:
    """Whether the message is a reply to the card of a ticket, and the question is about another one or a draft."""
    asked = top.shown.question.rpartition(".")[2] if top.shown is not None else ""
    is_draft = top.flow in DRAFTS and asked not in WHO
    about = top.subject.partition(":")[0] if top.flow not in labels.NOT_ON_A_TICKET else ""
    if not is_draft and not about.isdigit():
        return False
    replied_to = shown_cards.replied_to(exchange)
    return replied_to is not None and (is_draft or about != str(replied_to))


def _is_still_sorting(top: Frame, turn: Turn) -> bool:
    """Whether the words named none of the places for those before them."""
    after = next((one for one in turn.dialog.frames if one.id == top.id), None)
    return top.flow in SORTING and after is not None and after.shown is not None and after.shown == top.shown


def _is_asked(exchange: Exchange) -> bool:
    """Whether an engineer waits for words: what is no phone number may be their answer."""
    return bool(exchange.heard.words) and any(one.waiting for one in exchange.around.own)


def nothing_to_leave(exchange: Exchange) -> bool:
    """返回, 取消 or 0 where nothing is begun; 算了，不用修了 as well, where nothing is open that it may be said of."""
    is_let_go = CANCEL.is_named(exchange.typed) and not exchange.around.own
    if not (is_let_go or commands.is_back(exchange.typed) or commands.is_cancel(exchange.typed)):
        return False
    exchange.replies.say("list.nothing_begun")
    return True


def asked_for(exchange: Exchange) -> bool:
    """An unanswered 提问 takes the next words; of several the last. 还是不亮 is said to a lower 请问解决了吗."""
    own = exchange.around.own
    waiting = next((one.id for one in own if one.waiting), None)
    if waiting is None:
        return False
    asked = waiting if len(own) == 1 else (asked_last(exchange.sitting, own) or waiting)
    if not is_it_solved.answered_of_another(exchange, asked):
        exchange.add_to(asked, exchange.heard.words, exchange.incoming.media)
    return True
