"""A ticket's number, or a label, typed alone: what it names, so that it never becomes a report of that text."""

import re
from typing import TYPE_CHECKING, Final

from conversations import lists
from conversations.engine import commands
from conversations.replies import Reply
from desk import joining
from desk.showing import TicketView, show, view_of, viewer
from storage import sight
from texts.refused import Refused

if TYPE_CHECKING:
    from conversations.router import Router

ALONE: Final = re.compile(r"#\s?(?P<ordinal>\d{1,9})|(?P<number>zxfk-\d{4}-\d{6})")  # of a folded text


def ticket_of(router: "Router", key: str) -> TicketView:
    """The ticket of this short or whole number. Raises Refused for one that is not theirs to see."""
    ordinal = int(key) if key.isdigit() else 0
    ticket = sight.ticket_seen(
        router.sitting.session,
        viewer(router.sitting.actor),
        ordinal=ordinal,
        number="" if ordinal else key.upper(),
    )
    if ticket is None:
        raise Refused("refused.no_ticket")
    return view_of(router.sitting, ticket)


def show_card(router: "Router", ticket: TicketView) -> None:
    """进度 1, #1 or the whole number: the card as it is now."""
    card = lists.card_of(router.sitting, router.signer, ticket)
    router.replies.add(Reply(text=card.text, buttons=card.buttons, ticket_id=ticket.id))
    router.ticket_id = ticket.id


def number_alone(router: "Router") -> bool:
    """A ticket's number and nothing else."""
    found = ALONE.fullmatch(commands.fold(router.incoming.text)) if not router.incoming.media else None
    if found is None:
        return False
    show_card(router, ticket_of(router, found["ordinal"] or found["number"]))
    return True


def label_alone(router: "Router") -> bool:
    """A label that no card shows now is meant for the one ticket that is open: it says what is possible instead."""
    acts = router.acts_of(router.incoming.text) if not router.incoming.media else ()
    own = [one.id for one in router.what_is_open().own] if acts else []
    if not own:
        return False
    last = router.remembered.ticket_id
    meant = last if last in own else own[0] if len(own) == 1 else None
    ticket = show(router.sitting, meant) if meant is not None else None
    if ticket is None:
        router.replies.say("list.which_ticket", label=router.incoming.text.strip())
    else:
        router.take_for_tap(acts, ticket)
    return True


def invite_alone(router: "Router") -> bool:
    """An invite's code, typed: on WeChat there is no other way to open it, whoever one is by then."""
    words = router.incoming.text.strip()
    if router.incoming.media or not joining.is_invite(router.sitting, words):
        return False
    router.scanned(words)
    return True


def nothing_to_leave(router: "Router") -> bool:
    """返回, 取消 or 0 where nothing is begun."""
    text = router.incoming.text
    if router.incoming.media or not (commands.is_back(text) or commands.is_cancel(text)):
        return False
    router.replies.say("list.nothing_begun")
    return True
