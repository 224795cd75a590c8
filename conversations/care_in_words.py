"""挺好的 or 昨天又白屏了 below a follow-up: what it asks is answered in words as often as by its buttons.

All is well by these words, for a thought may be better: 有问题 and 请来电 stay open. A problem is booked as 有问题 and
becomes a report that names what the follow-up asked about, so that nobody calls to ask once more.
"""

from typing import Final

from conversations import care_taps
from conversations.buttons import CardTap
from conversations.caring import FOLLOW_UP
from conversations.engine.conversation import open_frame
from conversations.exchange import Exchange
from conversations.shown_cards import newest_taps
from conversations.taking import take
from conversations.thanks import besides_thanks
from conversations.understanding import IsReport, said_without_names, still_fails
from desk import followed_up
from desk.followed_up import AskedAbout
from texts.say import say

# Each a whole clause, folded. 好的 is none: it may be said to the question itself.
WELL: Final = frozenset(
    {"一切正常", "都正常", "正常", "很正常", "挺正常", "正常使用", "挺好的", "挺好", "很好", "都挺好", "都挺好的"}
    | {"都好", "一切都好", "一切良好", "良好", "没问题", "没有问题", "都没问题", "没什么问题", "没有什么问题"}
    | {"没啥问题", "用着挺好", "用得挺好", "用着挺好的", "用得挺好的", "好用", "挺好用", "挺好用的"}
    | {"没毛病", "目前正常", "目前没问题"}
    | {"all well", "all good", "fine", "all fine", "everything is fine", "everything works", "works fine", "very good"}
    | {"no problem", "no problems"}
)  # fmt: skip


def all_well(exchange: Exchange) -> bool:
    """The words say so, and nothing else, below a follow-up. Said once more they ask for nothing."""
    is_answer = any(one.waiting for one in exchange.around.own)  # 正常 to an engineer who asks is no visit
    said = frozenset() if is_answer else besides_thanks(exchange.typed)
    tap = _lowest(exchange, "all_well") if said and said <= WELL else None
    if tap is None:
        return False
    if not followed_up.may_be_well(exchange.sitting, tap.ticket_id):
        exchange.replies.say("list.good_news")
        return True
    heard = exchange.heard.emptied
    take(exchange, care_taps.opened(exchange.dialog, tap, heard, exchange.stage, exchange.sitting))
    return True


def something_wrong(exchange: Exchange) -> bool:
    """A problem told below one that waits, unless the words name another place or system than it asks about."""
    words = exchange.heard.words
    if not words or exchange.around.own or not _states_a_problem(words):
        return False
    tap = _lowest(exchange, "something_wrong")
    if tap is None or not followed_up.waits(exchange.sitting, tap.ticket_id):
        return False
    asked = followed_up.asked_about(exchange.sitting, tap.ticket_id)
    if asked is not None and _names_another(words, asked):
        return False
    school = followed_up.something_wrong(exchange.sitting, tap.ticket_id)
    prefilled = {"what": _told(exchange, words, asked)} | ({"school": str(school)} if school is not None else {})
    subject = f"{FOLLOW_UP}{tap.ticket_id}"
    take(exchange, open_frame(exchange.dialog, tap.act, subject, exchange.heard, exchange.stage, prefilled))
    return True


def _states_a_problem(words: str) -> bool:
    """As an answer says it. Whoever names the place tells a matter anew, and nobody is asked what stands above it."""
    read = said_without_names(words)
    return still_fails(words) or (read.is_report is IsReport.YES and not read.place)


def _names_another(words: str, asked: AskedAbout) -> bool:
    """302投影坏了 below a follow-up about 选课页面 is a report of its own, and the follow-up waits."""
    read = said_without_names(words)
    return any(one and one not in asked.text for one in (read.place, read.system))


def _told(exchange: Exchange, words: str, asked: AskedAbout | None) -> str:
    """With the number of what it was asked about; what fails again with its words too: 又白屏了 names nothing."""
    if asked is None:
        return words
    again = say("report.again_in_words", text=asked.text, words=words, number=asked.ordinal)
    said = say("report.at_follow_up", words=words, number=asked.ordinal)
    return exchange.replies.worded(again if still_fails(words) else said)


def _lowest(exchange: Exchange, act: str) -> CardTap | None:
    """The tap on this button of the follow-up, where one stands lowest."""
    if not exchange.sitting.actor.schools():
        return None
    return next((one for one in newest_taps(exchange) if one.act == act), None)
