"""The `me.duty` of flows over a sitting at the desk; and what 谁在值班 says."""

from collections.abc import Sequence
from datetime import date

from agreement.words import Role
from conversations.engine.gathering import Spot
from conversations.engine.questions import Option
from conversations.flows.duty import Duty
from desk import gaps, knowing, leaving, roster_showing, signing_in, swapping
from desk.duty import on_duty
from desk.sitting import Sitting
from desk.span_words import span_said
from texts.say import Say, say

GAP, SHIFT = "g", "s"  # before the id in an option's key


class OnDuty(Duty):
    """One person and the roster."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting

    @property
    def decides(self) -> bool:
        return bool(self._sitting.actor.roles & {Role.DESK, Role.LEAD})

    @property
    def is_engineer(self) -> bool:
        return Role.ENGINEER in self._sitting.actor.roles

    def own_shifts(self) -> Sequence[Option]:
        rows = roster_showing.shifts_of(self._sitting, self._sitting.actor.person_id)
        return [Option(str(one.id), span_said(one.span)) for one in rows]

    def open_places(self) -> Sequence[Option]:
        empty = [
            Option(f"{GAP}{row.id}", say("duty.gap", span=span_said(gaps.span_of(row))))
            for row in gaps.open_gaps(self._sitting)
        ]
        planned = [
            Option(f"{SHIFT}{one.id}", say("duty.shift_of", span=span_said(one.span), name=one.name))
            for one in roster_showing.shifts_of(self._sitting, None)
        ]
        return [*empty, *planned][: roster_showing.MOST]

    def colleagues(self) -> Sequence[Option]:
        found = knowing.colleagues(self._sitting, on_duty(self._sitting))
        return [Option(str(one.id), one.name) for one in found]

    def engineers(self) -> Sequence[Option]:
        return [Option(str(person), name) for person, name in roster_showing.engineers(self._sitting)]

    def residences(self) -> Sequence[Option]:
        found = signing_in.residences(self._sitting)
        return [
            Option(str(resident), say("duty.residence", school=school, place=place))
            for resident, school, place in found
        ]

    def ask_swap(self, shift: str, colleague: str) -> Say:
        swap = swapping.ask(self._sitting, shift_id=int(shift), to_id=int(colleague))
        return say("duty.swap_asked", name=roster_showing.name(self._sitting, swap.to_id))

    def give(self, which: str, person: str) -> Say:
        number, to_id = int(which[1:]), int(person)
        if which[:1] == GAP:
            swapping.fill_gap(self._sitting, gap_id=number, to_id=to_id)
        else:
            swapping.give_shift(self._sitting, shift_id=number, to_id=to_id)
        return say("duty.given", name=roster_showing.name(self._sitting, to_id))

    def ask_leave(self, person: str, since: date, until: date) -> Say:
        if person:
            leave = leaving.enter(self._sitting, person_id=int(person), since=since, until=until)
            name = roster_showing.name(self._sitting, leave.person_id)
            return say("duty.leave_entered", name=name, days=leaving.said(leave))
        leave = leaving.ask(self._sitting, since=since, until=until)
        return say("duty.leave_asked", days=leaving.said(leave))

    def coming_leave(self) -> Sequence[Option]:
        found = leaving.coming(self._sitting)
        names = {one.person_id: roster_showing.name(self._sitting, one.person_id) for one in found}
        return [
            Option(str(one.id), say("duty.leave_of", name=names[one.person_id], days=leaving.said(one)))
            for one in found
        ]

    def take_back(self, leave: str) -> Say:
        taken = leaving.take_back(self._sitting, int(leave))
        return say("duty.leave_taken_back", name=roster_showing.name(self._sitting, taken.person_id))

    def sign_in(self, residence: str) -> int:
        return signing_in.sign_in(self._sitting, resident_id=int(residence) if residence else None)

    def place_sign_in(self, signed: int, spot: Spot) -> None:
        signing_in.place(self._sitting, signed, latitude=spot.latitude, longitude=spot.longitude)
