"""Links to pages about no single ticket, for this person alone and for some days: the register, the archive."""

from desk import register_seen
from desk.page_links import LASTS, Pass
from desk.sitting import Sitting
from texts.refused import Refused
from texts.say import render, say


def register_book(sitting: Sitting) -> str:
    """登记簿. Raises Refused for whoever may not read it."""
    return _link(sitting, "register", "register_page.link")


def archive_page(sitting: Sitting) -> str:
    """档案. Raises Refused for whoever may not read it."""
    return _link(sitting, "archive", "archive_page.link")


def _link(sitting: Sitting, kind: str, key: str) -> str:
    actor = sitting.actor
    if not register_seen.may_read(actor):
        raise Refused("refused.no_register")
    if actor.person_id is None:
        raise Refused("refused.unbound")
    link = sitting.rulebook.links.make(Pass(kind, "0", actor.person_id, actor.language), sitting.now)
    return render(say(key, days=LASTS.days, link=link), actor.language)
