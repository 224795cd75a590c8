"""Which of an engineer's questions the next words answer, where several tickets are open: the one that came last."""

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select

from desk.sitting import Sitting
from storage.around import OwnTicket
from storage.prepared import Prepared
from storage.tables import Event

ASKS: Final = re.compile(r"(?:[?？]|[吗么呢])[\s。.!！~～]*$")
LOOKED_AT: Final = 20  # of the last things said about these tickets


def asked_last(sitting: Sitting, own: Sequence[OwnTicket]) -> int | None:
    """The ticket whose question was put last and has no answer yet. 答复 may ask as well: 我2点到，可以吗."""
    waiting, answered = {one.id for one in own if one.waiting}, set()
    for ticket, name, data in SAID.rows(sitting.session, {"tickets": [one.id for one in own]}):
        if name == "add":
            answered.add(ticket)
        elif ticket not in answered and (ticket in waiting if name == "ask" else ASKS.search(str(data["words"]))):
            return int(ticket)
    return None


SAID = Prepared(
    select(Event.ticket_id, Event.name, Event.data)
    .where(
        Event.ticket_id.in_(bindparam("tickets", expanding=True)), Event.name.in_(("ask", "answer", "add"))
    )
    .order_by(Event.id.desc())
    .limit(LOOKED_AT)
)
