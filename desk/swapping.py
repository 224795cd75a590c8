"""换班: an engineer asks a colleague to take a shift; the colleague's word suffices, the desk is told.

Desk and lead give a shift, or a gap, to somebody by their own word (an override). Only what is to come changes:
of a running shift the rest.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from agreement.rosters import Span, swap_reminder_at, without
from agreement.words import Role
from desk import laying, news
from desk.access import name_of
from desk.sitting import Sitting
from desk.span_words import span_said
from storage import due
from storage.rosters import leaves, shifts
from storage.tables import Membership, RosterGap, Shift, Swap
from texts.refused import Refused
from texts.say import Say

SWAP, OVERRIDE = "swap", "override"


def ask(sitting: Sitting, *, shift_id: int, to_id: int) -> Swap:
    """Ask this colleague. Refused for a shift that is not one's own or is over, and for a colleague who is away."""
    shift = _locked(sitting, shift_id)
    if shift is None or shift.person_id != sitting.actor.person_id or shift.ends_at <= sitting.now:
        raise Refused("refused.not_your_shift")
    _must_be_there(sitting, to_id, _rest(shift, sitting.now), "colleague")
    asked = select(Swap.id).where(Swap.shift_id == shift.id, Swap.to_id == to_id, Swap.answer == "")
    if sitting.session.scalar(asked.limit(1)) is not None:
        raise Refused("refused.swap_asked", again="colleague", name=name_of(sitting, to_id))
    swap = Swap(
        shift_id=shift.id,
        from_id=shift.person_id,
        to_id=to_id,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        asked_at=sitting.at,
        next_at=swap_reminder_at(sitting.now, Span(shift.starts_at, shift.ends_at)),
    )
    sitting.session.add(swap)
    sitting.session.flush()
    values = {"by": sitting.actor.name, "shift": span_said(_rest(shift, sitting.now))}
    news.to_people(sitting, [to_id], "swap_wanted", values, key=f"swap:{swap.id}", about=swap.id)
    return swap


def agree(sitting: Sitting, swap_id: int) -> None:
    """同意: the rest of the shift is the colleague's. What happened meanwhile is said instead, where something did."""
    swap = _asked(sitting, swap_id)
    shift = _locked(sitting, swap.shift_id)
    if shift is None or shift.person_id != swap.from_id or shift.ends_at <= sitting.now:
        _answer(sitting, swap, "overtaken")
        _replied(sitting, swap, "swap_overtaken")
        return
    span = _rest(shift, sitting.now)
    _must_be_there(sitting, swap.to_id, span, None)
    _answer(sitting, swap, "agreed")
    _give(sitting, shift, swap.to_id, SWAP)
    values = {"by": sitting.actor.name, "from": name_of(sitting, swap.from_id), "shift": span_said(span)}
    _replied(sitting, swap, "swap_taken", values)
    news.to_people(sitting, [swap.from_id], "swap_agreed", values, key=f"swap:{swap.id}:agreed")
    news.to_roles(sitting, "swap_told", values, key=f"swap:{swap.id}:told")
    laying.lay_ahead(sitting)


def refuse(sitting: Sitting, swap_id: int) -> None:
    """拒绝: the shift stays where it is; whoever asked hears of it."""
    swap = _asked(sitting, swap_id)
    _answer(sitting, swap, "refused")
    _replied(sitting, swap, "swap_declined", {"from": name_of(sitting, swap.from_id)})
    values = {"by": sitting.actor.name, "shift": span_said(Span(swap.starts_at, swap.ends_at))}
    news.to_people(sitting, [swap.from_id], "swap_refused", values, key=f"swap:{swap.id}:refused")


def waits(sitting: Sitting, swap_id: int) -> bool:
    """Whether nobody has answered it."""
    swap = sitting.session.get(Swap, swap_id)
    return swap is not None and not swap.answer


def remind_due(sitting: Sitting, limit: int = 20) -> int:
    """The colleague is asked once more, and whoever asked hears that nobody has answered. How many were due."""
    rows = due.swaps(sitting.session, sitting.now, limit)
    for swap in rows:
        swap.next_at = None
        shift = _locked(sitting, swap.shift_id)
        if swap.answer == "" and shift is not None and shift.ends_at > sitting.now:
            _remind(sitting, swap, span_said(_rest(shift, sitting.now)))
    return len(rows)


def _remind(sitting: Sitting, swap: Swap, shift: Say) -> None:
    asked = {"by": name_of(sitting, swap.from_id), "shift": shift}
    news.to_people(
        sitting, [swap.to_id], "swap_wanted", asked, key=f"swap:{swap.id}:again", about=swap.id
    )
    silent = {"name": name_of(sitting, swap.to_id), "shift": shift}
    news.to_people(sitting, [swap.from_id], "swap_silent", silent, key=f"swap:{swap.id}:silent")


def give_shift(sitting: Sitting, *, shift_id: int, to_id: int) -> None:
    """An override by desk or lead: the rest of this shift is somebody else's. Both hear of it."""
    _must_decide(sitting)
    shift = _locked(sitting, shift_id)
    if shift is None or shift.ends_at <= sitting.now:
        raise Refused("refused.shift_over", again="which")
    if shift.person_id == to_id:
        raise Refused("refused.has_it_already", again="person", name=name_of(sitting, to_id))
    span, before = _rest(shift, sitting.now), shift.person_id
    _must_be_there(sitting, to_id, span, "person")
    _give(sitting, shift, to_id, OVERRIDE)
    values = {"by": sitting.actor.name, "name": name_of(sitting, to_id), "shift": span_said(span)}
    key = f"override:{shift.id}:{to_id}:{sitting.now.isoformat()}"
    _told_but_actor(sitting, [before], "shift_given_away", values, key=f"{key}:from")
    _told_but_actor(sitting, [to_id], "shift_given", values, key=f"{key}:to")
    laying.lay_ahead(sitting)


def fill_gap(sitting: Sitting, *, gap_id: int, to_id: int) -> None:
    """Somebody is put on duty for a gap."""
    _must_decide(sitting)
    gap = sitting.session.get(RosterGap, gap_id, with_for_update=True)
    if gap is None or gap.closed_at is not None or gap.ends_at <= sitting.now:
        raise Refused("refused.gap_closed", again="which")
    span = Span(max(gap.starts_at, sitting.now), gap.ends_at)
    _must_be_there(sitting, to_id, span, "person")
    sitting.session.add(Shift(person_id=to_id, starts_at=span.since, ends_at=span.until, origin=""))
    values = {"by": sitting.actor.name, "shift": span_said(span)}
    key = f"gap:{gap.id}:{to_id}:{sitting.now.isoformat()}"
    _told_but_actor(sitting, [to_id], "shift_given", values, key=key)
    laying.lay_ahead(sitting)


def _told_but_actor(
    sitting: Sitting, people: Sequence[int], notice: str, values: dict[str, object], *, key: str
) -> None:
    others = [one for one in people if one != sitting.actor.person_id]
    news.to_people(sitting, others, notice, values, key=key)


def _locked(sitting: Sitting, shift_id: int) -> Shift | None:
    return sitting.session.get(Shift, shift_id, with_for_update=True, populate_existing=True)


def _asked(sitting: Sitting, swap_id: int) -> Swap:
    """The swap that the actor was asked for and has not answered; else what became of it."""
    swap = sitting.session.get(Swap, swap_id, with_for_update=True, populate_existing=True)
    if swap is None or swap.to_id != sitting.actor.person_id:
        raise Refused("refused.not_asked")
    if swap.answer:
        raise Refused(f"refused.swap_{swap.answer}", at=swap.answered_at, by=name_of(sitting, swap.from_id))
    return swap


def _answer(sitting: Sitting, swap: Swap, answer: str) -> None:
    swap.answer, swap.answered_at, swap.next_at = answer, sitting.at, None


def _replied(sitting: Sitting, swap: Swap, notice: str, values: dict[str, object] | None = None) -> None:
    """The answer takes the place of the question on the colleague's screen."""
    key = f"swap:{swap.id}:{notice}"
    news.in_place(sitting, [swap.to_id], notice, values or {}, key=key, of="swap_wanted", about=swap.id)


def _give(sitting: Sitting, shift: Shift, to_id: int, origin: str) -> None:
    """Pass on what is left of the shift. A colleague who has hours of it already is not put on them twice."""
    span = _rest(shift, sitting.now)
    own = [
        Span(row.starts_at, row.ends_at)
        for row in shifts(sitting.session, span.since, span.until)
        if row.person_id == to_id and row.rotation_id == shift.rotation_id
    ]
    if shift.starts_at < sitting.now:
        shift.ends_at = sitting.now
    else:
        sitting.session.delete(shift)
    sitting.session.flush()
    for piece in without(span, own):
        sitting.session.add(
            Shift(
                person_id=to_id,
                starts_at=piece.since,
                ends_at=piece.until,
                rotation_id=shift.rotation_id,
                origin=origin,
            )
        )
    sitting.session.flush()


def _rest(shift: Shift, now: datetime) -> Span:
    return Span(max(shift.starts_at, now), shift.ends_at)


def _must_be_there(sitting: Sitting, person_id: int, span: Span, again: str | None) -> None:
    """Refused for somebody who is no engineer any more or is on leave in that span."""
    engineer = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.role == Role.ENGINEER.value,
        Membership.until_at.is_(None),
    )
    if sitting.session.scalar(engineer.limit(1)) is None:
        raise Refused("refused.no_engineer", again=again)
    if leaves(sitting.session, span.since, span.until, [person_id]):
        raise Refused("refused.on_leave", again=again, name=name_of(sitting, person_id))


def _must_decide(sitting: Sitting) -> None:
    if not sitting.actor.roles & {Role.DESK, Role.LEAD}:
        raise Refused("refused.roster_desk_only")
