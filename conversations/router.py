"""Where a message goes: a tap, a command, an answer to the open question, or words of their own.

The order of the rows of `WORDS` is the rule: a human talk first, then commands as whole messages, 为什么 among them,
then the open question, then what words can mean without one. Nothing here writes a ticket; flows act, the desk decides.
"""

from collections.abc import Callable
from typing import Final

from conversations import (
    asked_lower,
    care_in_words,
    commanding,
    correcting,
    duty_in_words,
    free_words,
    half_report,
    human_talk,
    is_it_solved,
    late_marks,
    late_media,
    naming,
    newcomers,
    open_question,
    said_below,
    shown_cards,
    taps,
    which_ticket,
)
from conversations.buttons import Signer
from conversations.engine.messages import Contact, Incoming
from conversations.exchange import Exchange, Remembered, Turnout
from conversations.replies import Reply
from conversations.unfit_files import without_programs
from desk.sitting import Sitting
from texts.refused import Refused
from texts.say import say

SAYS_NOTHING: Final = frozenset({Contact.IGNORED, Contact.RECEIPT, Contact.LEFT})
# The first row that knows what to do with the words does it and says so; the last one always does.
WORDS: Final[tuple[Callable[[Exchange], bool], ...]] = (
    human_talk.relayed,
    commanding.command,
    shown_cards.number_and_label,
    naming.act_with_number,
    naming.act_with_words,
    naming.label_in_reply,
    newcomers.invite_alone,
    naming.why_amid,
    late_media.sticker,
    late_marks.named,
    said_below.said_below,
    asked_lower.by_a_plan,
    asked_lower.by_engineer,
    said_below.no_answer,
    open_question.amid_sorting,
    open_question.failed_again,
    open_question.asked_back,
    open_question.answered,
    shown_cards.replied,
    shown_cards.number_of_card,
    which_ticket.asked_first,
    shown_cards.label_of_card,
    duty_in_words.answered,
    care_in_words.all_well,
    which_ticket.of_ones_own,
    shown_cards.word_of_card,
    shown_cards.decision_in_a_word,
    late_marks.typed,
    newcomers.stranger,
    naming.number_alone,
    which_ticket.decided,
    naming.label_alone,
    naming.word_alone,
    open_question.nothing_to_leave,
    open_question.asked_for,
    naming.why,
    late_media.location,
    late_media.photo,
    free_words.manners,
    duty_in_words.wanted,
    free_words.of_vendor,
    care_in_words.something_wrong,
    is_it_solved.sounds_solved,
    is_it_solved.sounds_unsolved,
    is_it_solved.nothing_wrong,
    shown_cards.decision_waits,
    free_words.while_open,
    half_report.place_alone,
    free_words.anew,
)


def route(sitting: Sitting, remembered: Remembered, incoming: Incoming, signer: Signer) -> Turnout:
    """Answer one message of one person, inside its transaction."""
    fit = without_programs(incoming)
    exchange = Exchange(sitting, remembered, fit, signer)
    try:
        _answer(exchange)
    except Refused as no:
        exchange.replies.add(Reply(text=exchange.replies.worded(no.said)))
    if fit is not incoming:
        exchange.replies.begin_with(say("list.program_not_taken"))
    return exchange.turnout


def _answer(exchange: Exchange) -> None:
    one = exchange.incoming
    if one.contact in SAYS_NOTHING:
        return
    if one.scan:
        newcomers.scanned(exchange, one.scan)
    elif one.tap:
        taps.tapped(exchange, one.tap)
    elif one.edits:
        correcting.corrected(exchange)
    elif one.text.strip() or one.media:
        any(row(exchange) for row in WORDS)
    elif one.contact is Contact.FOLLOWED:
        newcomers.greeted(exchange)
