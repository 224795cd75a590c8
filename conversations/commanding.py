"""What each command of the house does, as a whole message or as an entry of a platform's menu."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from agreement.words import Role
from conversations import (
    archive_words,
    contract_words,
    duty_taps,
    duty_words,
    ledger_lists,
    lists,
    page_words,
)
from conversations.care_cards import list_of_calls
from conversations.engine.conversation import open_frame, show_again
from conversations.replies import Reply
from desk import followed_up, knowing, talking
from texts.refused import Refused

if TYPE_CHECKING:
    from conversations.router import Router


def report(router: "Router") -> None:
    """报修 begins a report; with one open it is shown again."""
    router.take(open_frame(router.dialog, "report", "", replace(router.heard(), text=""), router.stage))


def progress(router: "Router") -> None:
    """进度: the person's tickets, each as its card."""
    _require_known(router)
    for card, ticket_id in lists.progress(router.sitting, router.signer):
        router.replies.add(Reply(text=card.text, buttons=card.buttons, ticket_id=ticket_id))


def on_duty(router: "Router") -> None:
    """谁在值班, with 换班 and 请假 for the engineers."""
    _require_known(router)
    buttons = duty_taps.menu(router.sitting.actor, router.signer)
    router.replies.add(Reply(text=duty_words.on_duty(router.sitting), buttons=buttons))


def show_help(router: "Router") -> None:
    """帮助; an open question is shown again below it."""
    router.replies.add(Reply(text=lists.help_text(router.sitting.actor)))
    if router.dialog.top is not None:
        router.take(show_again(router.dialog, router.stage))


def human(router: "Router") -> None:
    """转人工: the desk is asked to take over."""
    router.say_with_end("talk.waiting", talking.ask_human(router.sitting).id)


def end(router: "Router") -> None:
    """结束 where no talk is open."""
    router.replies.say("talk.nobody")


def register(router: "Router") -> None:
    """登记: the desk files what came by phone or on paper."""
    if Role.DESK not in router.sitting.actor.roles:
        raise Refused("refused.desk_only")
    router.take(open_frame(router.dialog, "register", "", replace(router.heard(), text=""), router.stage))


def sign_in(router: "Router") -> None:
    """签到."""
    router.from_menu("sign_in")


def swap(router: "Router") -> None:
    """换班."""
    router.from_menu("swap")


def leave(router: "Router") -> None:
    """请假."""
    router.from_menu("leave")


def calls(router: "Router") -> None:
    """回访: the calls that wait for this person."""
    if not lists.is_vendor(router.sitting.actor):
        raise Refused("refused.vendor_only")
    for card in list_of_calls(router.sitting, router.signer):
        router.replies.add(Reply(text=card.text, buttons=card.buttons))


def leave_alone(router: "Router") -> None:
    """免打扰: no follow-ups any more."""
    followed_up.leave_alone(router.sitting)
    router.replies.say("follow_up.left_alone")


def keep_in_touch(router: "Router") -> None:
    """The contrary."""
    followed_up.keep_in_touch(router.sitting)
    router.replies.say("follow_up.in_touch")


def ledger(router: "Router") -> None:
    """账本: the deposit and what may be deducted from it."""
    for reply in ledger_lists.ledger(router.sitting, router.signer):
        router.replies.add(reply)


def to_archive(router: "Router") -> None:
    """待归档: what may be archived, and what the others lack."""
    router.replies.add(archive_words.waiting(router.sitting, router.signer))


def archive_all(router: "Router") -> None:
    """全部归档: one message for all of them."""
    router.replies.add(archive_words.archived(router.sitting))


def register_book(router: "Router") -> None:
    """登记簿: a link to the register of a period."""
    router.replies.add(Reply(text=page_words.register_book(router.sitting)))


def archive_page(router: "Router") -> None:
    """档案: a link to the catalogue of what is archived."""
    router.replies.add(Reply(text=page_words.archive_page(router.sitting)))


def contract(router: "Router") -> None:
    """合同: the dates and the deposit, for the school's representative and the vendor."""
    router.replies.add(Reply(text=contract_words.contracts(router.sitting)))


def _require_known(router: "Router") -> None:
    if router.sitting.actor.person_id is None and knowing.scanned_room(router.sitting) is None:
        raise Refused("refused.unbound")


RULES: Mapping[str, Callable[["Router"], None]] = MappingProxyType(
    {
        "report": report,
        "progress": progress,
        "on_duty": on_duty,
        "help": show_help,
        "human": human,
        "end": end,
        "register": register,
        "sign_in": sign_in,
        "swap": swap,
        "leave": leave,
        "calls": calls,
        "undisturbed": leave_alone,
        "keep_in_touch": keep_in_touch,
        "ledger": ledger,
        "contract": contract,
        "register_book": register_book,
        "archive_page": archive_page,
        "to_archive": to_archive,
        "archive_all": archive_all,
    }
)
