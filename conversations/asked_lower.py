"""What an engineer asked, or a card asks for, below the open question: that is what a short answer answers.

Whoever reads down a chat answers what stands lowest. The question above it stays open, and so does a draft.
"""

from typing import Final

from conversations import duty_in_words, labels, late_marks, shown_cards
from conversations.engine import commands
from conversations.engine.heard import DialogTap
from conversations.engine.kept import Frame
from conversations.engine.summary import TAKEN_BACK_BY
from conversations.exchange import Exchange
from conversations.half_report import is_plainly_a_place
from conversations.open_question import SORTS, WHO
from conversations.thanks import CLAUSES, besides_thanks
from conversations.understanding import names_something
from storage.shown import lowest_is_edited, told_below

SHORT: Final = 12  # characters; more are said to the question, or are a matter of their own
ASKS, ANSWERS = "engineer_asks", "engineer_answers"  # notices
SAME: Final = frozenset({"add", "not_solved"})  # of the same ticket: their words reach the engineer too
OF_THE_DRAFT: Final = frozenset({"确认", "确定", "提交", "提交吧", "改", "改一下", "confirm", "submit", *TAKEN_BACK_BY})


def by_engineer(exchange: Exchange) -> bool:
    """不亮 and 可以 are for the engineer who asked below a draft, 3 is no mark and no cause of an urgency."""
    top = exchange.dialog.top
    if top is None or not exchange.around.own or not _is_short_answer(exchange, top):
        return False
    is_yes_or_no = besides_thanks(exchange.typed) <= duty_in_words.YES | duty_in_words.NO
    waiting = {one.id for one in exchange.around.own if one.waiting}
    ticket = _asking(exchange, top, waiting, is_yes_or_no=is_yes_or_no) if waiting or is_yes_or_no else None
    if ticket is None or (top.flow in SAME and top.subject == str(ticket)) or _is_its_button(exchange, top):
        return False
    if exchange.sitting.actor.channel in shown_cards.NUMBERS_PRINTED and commands.number(exchange.typed) is not None:
        return shown_cards.number_of_card(exchange)  # the list as it was shown (dialogs, rule 3)
    exchange.add_to(ticket, exchange.heard.words, exchange.incoming.media)
    return True


def by_a_plan(exchange: Exchange) -> bool:
    """可以 below a plan that came while a report waits files nothing: which answers there are is said."""
    top = exchange.dialog.top
    said = {commands.fold(one) for one in CLAUSES.split(exchange.typed) if one.strip()}
    if top is None or top.flow != "report" or not said or not said <= shown_cards.YES_OR_NO:
        return False
    if shown_cards.DECIDES.isdisjoint(tap.act for tap in shown_cards.newest_taps(exchange)):
        return False
    is_lowest = not lowest_is_edited(exchange.sitting.session, exchange.account_id)
    return is_lowest and shown_cards.decision_in_a_word(exchange)


def _asking(exchange: Exchange, top: Frame, waiting: set[int], *, is_yes_or_no: bool) -> int | None:
    """The ticket of the question told last below this one, or of the answer that stands lowest of all: a yes or no
    is said to that, and only once."""
    asked = top.shown.question if top.shown is not None else ""
    own = {one.id for one in exchange.around.own}
    told = told_below(exchange.sitting.session, exchange.account_id, f"{top.id}:{asked}")
    for place, (notice, ticket) in enumerate(told):
        is_answered = notice == ANSWERS and place == 0 and is_yes_or_no and ticket in own
        if is_answered or (notice == ASKS and ticket in waiting):
            return ticket
    return None


def _is_short_answer(exchange: Exchange, top: Frame) -> bool:
    """Neither a button, nor a matter, nor what only this question asks."""
    typed = exchange.typed
    asked = top.shown.question.rpartition(".")[2] if top.shown is not None else ""
    if not 0 < len(typed) <= SHORT or asked in SORTS | WHO or commands.is_back(typed) or commands.is_cancel(typed):
        return False
    folded = commands.fold(typed)
    is_button = bool(labels.acts_of(typed)) or folded in OF_THE_DRAFT
    is_mark = asked == "mark" and late_marks.is_mark(exchange)
    return not (is_button or is_mark or names_something(typed) or is_plainly_a_place(typed))


def _is_its_button(exchange: Exchange, top: Frame) -> bool:
    """软件缺陷 is the cause that the open question shows, whoever asks below it."""
    buttons = [(str(label), str(data)) for one in exchange.shown for label, data, *_ in one["buttons"]]
    taps = ((label, exchange.signer.read(data, exchange.account_id)) for label, data in buttons)
    theirs = {commands.fold(label) for label, tap in taps if isinstance(tap, DialogTap) and tap.frame == top.id}
    return commands.fold(exchange.typed) in theirs
