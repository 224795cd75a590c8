"""The part of `Standing` that the vendor's people have on a ticket: from 接单 to 归档."""

from collections.abc import Sequence

from agreement.words import Act, Kind
from conversations.at_the_ticket import AtTheTicket
from conversations.engine.gathering import Content, Spot
from conversations.engine.messages import Media
from conversations.engine.questions import Option
from conversations.flows.me import PlanDraft
from desk import acceptance, archiving, finishing, handling, knowing, merging, planning, resorting, routing
from desk.access import locked
from desk.showing import viewer
from storage import sight
from texts.refused import Refused
from texts.say import say


class VendorStanding(AtTheTicket):
    """An engineer, the lead, the desk or the archivist."""

    def colleagues(self) -> Sequence[Option]:
        """Whoever would be rung next stands first: 转交 1 passes the ticket on as the clock would. Who is on leave
        stands last and is said to be: to choose them is a mistake more often than not.
        """
        first = routing.in_turn(self._sitting, locked(self._sitting, self._ticket))
        found, away = knowing.colleagues(self._sitting, first), knowing.on_leave(self._sitting)
        there = [Option(str(one.id), one.name) for one in found if one.id not in away]
        absent = [
            Option(str(one.id), say("label.away", name=one.name, until_at=away[one.id]), also=(one.name,))
            for one in found
            if one.id in away
        ]
        return [*there, *absent]

    def open_steps(self) -> Sequence[Option]:
        steps = knowing.open_steps(self._sitting, self._ticket)
        # Without its number, which would be another than that of the list once a step is done.
        return [Option(str(one.step), one.what[:20], also=(f"第{one.step}步", f"step {one.step}")) for one in steps]

    def fee(self) -> tuple[str, str]:
        return knowing.fee(self._sitting, self._ticket)

    def is_deep(self) -> bool:
        return locked(self._sitting, self._ticket).is_deep

    def may_finish(self) -> None:
        self.may(Act.DONE.value)

    def acknowledge(self) -> None:
        handling.acknowledge(self._sitting, self._ticket)

    def hand_over(self, colleague: str, reason: str) -> None:
        handling.hand_over(self._sitting, self._ticket, to_id=int(colleague), reason=reason)

    def assign(self, colleague: str, reason: str) -> None:
        handling.assign(self._sitting, self._ticket, to_id=int(colleague), reason=reason)

    def depart(self) -> None:
        handling.depart(self._sitting, self._ticket)

    def arrive(self) -> None:
        handling.arrive(self._sitting, self._ticket)

    def arrived_at(self, spot: Spot | None) -> None:
        if spot is not None:
            handling.place_arrival(self._sitting, self._ticket, spot.latitude, spot.longitude)

    def put_question(self, words: str, photos: tuple[Media, ...]) -> None:
        handling.ask(self._sitting, self._ticket, words=words, sent=self._sent(photos))

    def answer(self, content: Content) -> None:
        handling.answer(
            self._sitting,
            self._ticket,
            words=content.words,
            sent=self._sent(content.media),
        )

    def note(self, words: str) -> None:
        handling.note(self._sitting, self._ticket, words=words)

    def begin(self) -> None:
        finishing.begin(self._sitting, self._ticket)

    def propose(self, plan: PlanDraft) -> None:
        steps = [planning.Step(what=one.what, due_at=one.due_at) for one in plan.steps]
        fee = planning.Fee(mode=plan.fee, clause=plan.clause, fen=plan.fen)
        planning.propose(self._sitting, self._ticket, steps=steps, fee=fee)

    def done(self, step: str, words: str, photos: tuple[Media, ...]) -> None:
        which, sent = int(step) if step else 0, self._sent(photos)
        finishing.done(self._sitting, self._ticket, words=words, step=which, sent=sent)

    def decline(self, words: str) -> None:
        finishing.decline(self._sitting, self._ticket, words=words)

    def merge(self, into: str) -> None:
        wanted = into.strip().lstrip("#")
        seen = sight.ticket_seen(self._sitting.session, viewer(self._sitting.actor), number=wanted)
        ordinal = seen.ordinal if seen is not None else int(wanted) if wanted.isdigit() else 0
        if not ordinal:
            raise Refused("refused.no_such_ticket", again="into", number=into)
        merging.merge(self._sitting, self._ticket, into_ordinal=ordinal)

    def ask_resort(self, kind: str) -> None:
        resorting.ask(self._sitting, self._ticket, kind=Kind(kind))

    def ask_urgency(self) -> None:
        resorting.ask_urgency(self._sitting, self._ticket)

    def settle_school(self, school: str) -> None:
        resorting.settle_school(self._sitting, self._ticket, school_id=int(school))

    def accept(self) -> None:
        acceptance.accept(self._sitting, self._ticket)

    def reject(self, words: str) -> None:
        acceptance.reject(self._sitting, self._ticket, words=words)

    def close(self) -> None:
        archiving.close(self._sitting, self._ticket)

    def archive(self) -> None:
        archiving.archive(self._sitting, self._ticket)
