"""转人工 that nobody takes over: more and more of the house hear of it, and whoever waits learns what else they can do.

Words in such a talk mean nothing but what a human reads in them: without this a fault could lie in it for hours with no
clock running.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from agreement.policy_file import DEFAULT
from agreement.words import Role
from desk import knowing, news
from desk.apart import by_itself
from desk.joining import actor_of
from desk.sitting import Sitting
from desk.talk_lines import line_of, lines_of, tell
from desk.talk_unheard import BETWEEN, listed_to_call
from desk.telling import Line
from storage import due, talk
from storage.tables import Talk
from storage.talk import Who
from storage.work import wake

WAITS: Final = timedelta(minutes=DEFAULT.talk_waits_minutes)
# Who hears of it each time, and what whoever waits is told.
RUNGS: Final[tuple[tuple[tuple[Role, ...], str], ...]] = (
    ((Role.DESK,), "talk_waits"),
    ((Role.DESK, Role.LEAD), ""),
    ((Role.LEAD, Role.MANAGER), "talk_waits_long"),
)


def watch(sitting: Sitting, one: Talk) -> None:
    """It is open and nobody has taken it over: told again so much later."""
    one.next_at = sitting.now + WAITS
    wake(sitting.session, "alarms")


def tell_due(sitting: Sitting, limit: int = 20) -> int:
    """Tell of the talks that nobody took over. Returns how many were due."""
    rows = due.talks(sitting.session, sitting.now, limit)
    for one in rows:
        if not by_itself(sitting.session, f"talk {one.id}", lambda: _tell(sitting, one)):  # noqa: B023 - called at once
            sitting.session.refresh(one)
            one.next_at = sitting.now + WAITS
    return len(rows)


def _tell(sitting: Sitting, one: Talk) -> None:
    roles, waits = RUNGS[one.told]
    one.told += 1
    is_last = one.told == len(RUNGS)
    one.next_at = None if is_last else sitting.now + WAITS
    who = talk.who_is(sitting.session, one.account_id)
    values: dict[str, object] = {
        "by": who.name,
        "minutes": int((sitting.now - one.opened_at) / timedelta(minutes=1)),
        "words": BETWEEN.join(str(said["words"]) for said in one.words),
    }
    tell(sitting, one, _lines(sitting, roles), "talk_untaken" if one.words else "talk_untaken_silent", values)
    if waits:
        waits = waits if _may_report(sitting, who) else f"{waits}_only"
        tell(sitting, one, [line_of(sitting.session, one.account_id)], waits, {})
    if is_last:
        listed_to_call(sitting, one)


def _may_report(sitting: Sitting, who: Who) -> bool:
    """Whether 报修 leads anywhere: the vendor's own people and a stranger without a room have no school for it."""
    return bool(knowing.schools(replace(sitting, actor=actor_of(who, sitting.now))))


def _lines(sitting: Sitting, roles: tuple[Role, ...]) -> list[Line]:
    people = news.having(sitting, roles) or news.having(sitting, news.INSTEAD)
    return [line for person in people for line in lines_of(sitting.session, person)]
