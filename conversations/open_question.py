"""What words mean while something is asked or begun: by the dialog of this chat, or by an engineer who waits."""

import re
from typing import Final

from agreement.lifecycle import STEPS
from agreement.words import Kind
from conversations import labels, late_media, lists, shown_cards
from conversations.engine import commands
from conversations.engine.conversation import converse
from conversations.engine.flow import QUIET_ENDS
from conversations.engine.kept import Frame
from conversations.exchange import Exchange
from conversations.half_report import is_plainly_a_place
from conversations.playing import FLOWS
from conversations.taking import take
from conversations.understanding import NO_NAMES, IsReport, Understood, understand
from desk.showing import CUSTOMERS

VENDORS_ACTS: Final = frozenset(step.act for step in STEPS) - {step.act for step in STEPS if step.who & CUSTOMERS}
OF_SERVICE: Final = re.compile(
    r"来得|来的|修得|修的|上门|师傅|你们|工程师|服务|响应|处理|态度|等了|took|wait|response|service|came|technician",
    re.IGNORECASE,
)
CAME_LATE: Final = re.compile(r"才(?:来|有人|修|处理|解决|到)")  # of whatever is named: 302空调坏了一周才来
# What is wished of people, not of software: 建议增加人手, 能不能周末也派人来.
OF_PEOPLE: Final = re.compile(
    r"人手|人太少|派人|派.{0,4}(?:师傅|工程师)|响应时间|来之前|值班|态度|more (?:staff|people|technicians)",
    re.IGNORECASE,
)
OF_SOFTWARE: Final = re.compile(
    r"系统|软件|功能|按钮|页面|菜单|导出|打不开|坏|打不通|system|software|feature|button|page", re.IGNORECASE
)
WHO: Final = frozenset({"name", "phone"})  # the questions of who somebody is


def answered(exchange: Exchange) -> bool:
    """The open question takes it; what it cannot read after all is done goes on as free words, and so does what came
    when the question had gone: a plan whose ticket somebody else has by now takes no words."""
    top = exchange.dialog.top
    if top is None:
        return False
    done = top.flow in FLOWS and FLOWS[top.flow].silence in QUIET_ENDS
    if shown_cards.is_number_of_a_newer_card(exchange, top):
        return False
    # What is done asks only whether there is more to say.
    if done and (_is_their_label(exchange) or _sounds_new(top.flow, exchange.heard.words)):
        return False
    if _means_its_card(top, exchange.typed):
        return False
    turn = converse(exchange.dialog, exchange.heard, exchange.stage)
    if not turn.understood and (done or _is_asked(exchange) or late_media.is_place(exchange)):
        return False
    take(exchange, turn)
    return turn.heard


def _is_their_label(exchange: Exchange) -> bool:
    """Whether the words are a button that this person may press: 没解决 and 同意方案 are no opinion. Done typed by a
    teacher is one.
    """
    acts = labels.acts_of(exchange.typed)
    return bool(acts) and (lists.is_vendor(exchange.sitting.actor) or not VENDORS_ACTS.issuperset(acts))


def _means_its_card(top: Frame, typed: str) -> bool:
    """已解决 while we ask where other words belong, or who somebody is, is the ticket's button; the question waits.

    补充 is an answer to the first; nobody is called 催办, or 3.
    """
    if top.flow == "free_words":
        return any(act != "add" for act in labels.acts_of(typed))
    asked = top.shown.question.rpartition(".")[2] if top.shown is not None else ""
    is_number = asked == "name" and commands.number(typed) is not None
    return asked in WHO and (is_number or bool(labels.acts_of(typed)))


def _is_asked(exchange: Exchange) -> bool:
    """Whether an engineer waits for words: what is no phone number may be their answer."""
    return bool(exchange.heard.words) and any(one.waiting for one in exchange.around.own)


def _sounds_new(flow: str, words: str) -> bool:
    """Words after a mark that state another matter, or where it is, are a report, not an opinion.

    What was slow and has no name may be the service: 来得太慢了，等了两个小时 is the opinion that was asked for.
    """
    if flow != "solved" or not words:
        return False
    read = understand(words, NO_NAMES)
    is_new = read.is_report is IsReport.YES and not _is_of_service(read, words)
    return is_new or is_plainly_a_place(words)


def _is_of_service(read: Understood, words: str) -> bool:
    if CAME_LATE.search(words):
        return True
    if read.system or read.place:
        return False
    is_slow_service = read.kind is Kind.PERFORMANCE and bool(OF_SERVICE.search(words))
    return is_slow_service or bool(OF_PEOPLE.search(words) and not OF_SOFTWARE.search(words))


def nothing_to_leave(exchange: Exchange) -> bool:
    """返回, 取消 or 0 where nothing is begun."""
    if not (commands.is_back(exchange.typed) or commands.is_cancel(exchange.typed)):
        return False
    exchange.replies.say("list.nothing_begun")
    return True


def asked_for(exchange: Exchange) -> bool:
    """An unanswered 提问 takes the next words."""
    waiting = next((one for one in exchange.around.own if one.waiting), None)
    if waiting is None:
        return False
    exchange.add_to(waiting.id, exchange.heard.words, exchange.incoming.media)
    return True
