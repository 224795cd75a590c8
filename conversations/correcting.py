"""What an edited message means: words of an open draft replace what they were, words of a ticket gain a line."""

from conversations import lists
from conversations.engine.conversation import correct
from conversations.exchange import Exchange
from conversations.taking import take
from desk import customers
from desk.access import facts_of
from desk.showing import viewer
from storage import sight


def corrected(exchange: Exchange) -> None:
    """The draft that the message was an answer in, else the ticket that its words went to, else the one last talked
    about; while it is open.
    """
    turn = correct(exchange.dialog, exchange.incoming.edits, exchange.heard, exchange.stage)
    if turn is not None:
        take(exchange, turn)
        return
    sitting, words = exchange.sitting, exchange.heard.words
    meant = exchange.dialog.went.get(exchange.incoming.edits, exchange.remembered.ticket_id)
    ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ticket_id=meant) if meant else None
    if ticket is not None and words and facts_of(ticket).state.value in lists.OPEN:
        customers.correct(sitting, ticket.id, words=words)
