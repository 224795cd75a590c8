"""What 为什么 says: each due time of a ticket with its start, its limit, the days it counts and what moved it."""

from collections.abc import Iterator, Sequence

from agreement.explaining import Counting, Days
from agreement.segments import CALENDAR, Segment, SegmentKind
from desk.due_words import due_said
from desk.explaining import Deed, Laid, Reasons, reasons, reasons_of_clock
from desk.planning import below
from desk.showing import viewer
from desk.sitting import Sitting
from storage import sight
from texts.refused import Refused
from texts.say import Say, say

BY_DAYS = frozenset({Counting.WORKING_DAYS, Counting.DATES})
DUE_LINES = frozenset({"digest.step", "digest.late"})
NOBODY = Deed("", "")
TURNS = {
    SegmentKind.STARTED: "explained.restarted",
    SegmentKind.PAUSED: "explained.paused",
    SegmentKind.RESUMED: "explained.resumed",
    SegmentKind.KEPT: "explained.kept",
    SegmentKind.UNKEPT: "explained.unkept",
    SegmentKind.MOVED: "explained.moved",
    SegmentKind.WITHDRAWN: "explained.withdrawn",
}


def why(sitting: Sitting, ticket_id: int, clock_id: int = 0) -> Say:
    """The answer for whoever sees the ticket, the clocks that still run first; or of the one clock on the button."""
    ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ticket_id=ticket_id)
    if ticket is None:
        raise Refused("refused.no_ticket")
    found = reasons_of_clock(sitting, ticket, clock_id) if clock_id else reasons(sitting, ticket)
    if not found.clocks:
        return say("explained.nothing", number=found.ordinal)
    return below([below(list(_lines(found, one))) for one in found.clocks])


def why_of_list(sitting: Sitting, listed: Sequence[Say]) -> Say:
    """The due times that a list names: each line's own promise or step, else what falls due first on its ticket."""
    said: list[Say] = []
    for line in filter(shows_due_time, listed):
        number = int(str(line.values["number"]))
        ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ordinal=number)
        if ticket is not None:
            found = reasons(sitting, ticket)
            meant = [one for one in found.clocks if _means(line, one)][:1]
            said += [each for one in meant for each in _lines(found, one)]
    return below(said) if said else say("explained.nothing_open")


def shows_due_time(line: Say) -> bool:
    """Whether this line of a list says when something is due."""
    until = line.values.get("until")
    return line.key in DUE_LINES or (isinstance(until, Say) and until.key == "digest.until")


def _means(line: Say, one: Laid) -> bool:
    promise, step = line.values.get("promise"), line.values.get("step")
    own = isinstance(promise, Say) and promise.key == f"promise.{one.why.promise.value}"
    return own or one.step == step or (promise is None and step is None)


def _lines(found: Reasons, one: Laid) -> Iterator[Say]:
    life = one.why.life
    yield say(
        "explained.head",
        number=found.ordinal,
        promise=say(f"promise.{one.why.promise.value}"),
        step=say("explained.step", step=one.step) if one.step else "",
        due_at=due_said(life.due_at, provisional=life.provisional),
        state=say(f"promise_state.{life.state.value}"),
    )
    yield say("explained.started", at=life.started_at, why=_deed(found, one.why.start))
    yield _limit(one)
    yield from _counted(one)
    for turn in one.why.turns:
        yield _turn(found, turn)


def _limit(one: Laid) -> Say:
    rests = say("explained.agreements" if one.why.is_agreements else "explained.targets")
    term = one.why.term
    if term is None:
        return say("explained.own_date", rests=rests)
    length = say(f"unit.{term.unit.value}", amount=term.amount)
    own = say("explained.contracts_own") if one.is_own else ""
    return say("explained.limit", length=length, rests=rests, version=one.why.policy.partition("+")[0], own=own)


def _counted(one: Laid) -> Iterator[Say]:
    if one.why.counting is Counting.AT_ONCE:
        yield say("explained.at_once")
    if one.why.counting in BY_DAYS:
        yield say("explained.counted", days=_days(one.why.counted))
        if one.why.skipped:
            yield say(f"explained.skipped_{one.why.counting.value}", days=_days(one.why.skipped))
        if one.why.calendar:
            yield say("explained.calendar", edition=one.why.calendar)
    if one.why.life.provisional:
        yield say("explained.provisional")


def _days(days: Sequence[Days]) -> list[Say]:
    return [
        say(
            "explained.day" if one.first == one.last else "explained.days",
            first=f"{one.first:%m-%d}",
            last=f"{one.last:%m-%d}",
            name=f" {one.name}" if one.name else "",
        )
        for one in days
    ]


def _turn(found: Reasons, turn: Segment) -> Say:
    if turn.kind is SegmentKind.MOVED and turn.reason == CALENDAR:
        return say("explained.calendar_came", at=turn.at, due_at=turn.due_at)
    by = say(f"keeping.{turn.by}") if turn.by else ""
    return say(TURNS[turn.kind], at=turn.at, due_at=turn.due_at, by=by, why=_deed(found, turn))


def _deed(found: Reasons, turn: Segment) -> Say | str:
    deed = found.deeds.get(turn.event or 0, NOBODY)
    if not deed.what:
        return ""
    what = say(f"event.{deed.what}")
    return say("explained.done_by", what=what, who=deed.who) if deed.who else say("explained.done", what=what)
