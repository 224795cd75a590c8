"""The `me` of flows, over a sitting at the desk: reads as plain values, acts as calls of `desk`."""

from collections.abc import Sequence

from agreement.words import Act, Cause, Harm, Kind, Role
from conversations import complaints
from conversations.caring import Caring
from conversations.engine.gathering import Content, Spot
from conversations.engine.messages import Media
from conversations.engine.questions import Option
from conversations.flows.me import Draft, Guess, PhoneDraft, PlanDraft, TalkInHand
from conversations.ledger_standing import LedgerStanding
from conversations.on_duty import OnDuty
from conversations.standing_papers import AtTheTicket, sent_along
from conversations.understanding import Named, Surroundings, Understood, understand
from desk import (
    acceptance,
    archiving,
    asking_first,
    customers,
    finishing,
    handling,
    joining,
    knowing,
    merging,
    opinions,
    planning,
    registering,
    reporting,
    resorting,
    talking,
)
from desk.access import locked
from desk.numbers import number_now
from desk.reporting import Matter
from desk.representing import is_represented
from desk.sitting import Sitting
from storage import sight
from texts.refused import Refused
from texts.say import say

OPEN_STATES = ("registered", "acknowledged", "proposed", "in_progress", "resolved", "accepted")


class Standing(AtTheTicket):
    """One person in one frame. `subject` is the ticket's id and what the button carried besides: "12", "12:2"."""

    def __init__(self, sitting: Sitting, subject: str, filed: list[int] | None = None) -> None:
        """`filed` remembers the ids of the tickets that are filed here."""
        self._sitting = sitting
        self._filed = filed if filed is not None else []
        self.care = Caring(sitting, subject)
        self.duty = OnDuty(sitting)
        head, _, self._extra = subject.partition(":")
        self._ticket = int(head) if head.isdigit() else 0
        self._schools: list[Option] | None = None

    @property
    def ledger(self) -> LedgerStanding:
        """The entries of this ticket; the button's `extra` is the entry's id."""
        return LedgerStanding(self._sitting, self._ticket, self._extra)

    @property
    def is_bound(self) -> bool:
        return self._sitting.actor.person_id is not None

    @property
    def privacy_link(self) -> str:
        """Where the notice about personal data stands."""
        return f"{self._sitting.rulebook.public_url}/privacy"

    def understand(self, words: str, school: str) -> Guess:
        """What the words say, by the school's own rooms and systems."""
        read = understand(words, self._surroundings(school))
        place = read.place or self.scanned_place()
        return Guess(place, read.system, read.kind.value, tuple(one.value for one in read.kinds), read.urgent)

    def reads_as(self, words: str) -> Understood:
        """Whether words sound like a report, without a school's own names."""
        return understand(words, Surroundings((), ()))

    def _surroundings(self, school: str) -> Surroundings:
        if not school.isdigit():
            return Surroundings((), ())
        return Surroundings(
            tuple(_named(one) for one in knowing.rooms(self._sitting, int(school))),
            tuple(_named(one) for one in knowing.systems(self._sitting, int(school))),
        )

    def schools(self) -> Sequence[Option]:
        """Looked up once per message: a flow asks for them several times."""
        if self._schools is None:
            self._schools = [Option(str(one.id), one.name) for one in knowing.schools(self._sitting)]
        return self._schools

    def usual_school(self) -> str:
        if len(self.schools()) < 2:
            return ""
        usual = knowing.usual_school(self._sitting)
        return str(usual) if usual is not None else ""

    def all_schools(self) -> Sequence[Option]:
        return [Option(str(one.id), one.name) for one in knowing.all_schools(self._sitting)]

    def people_of(self, school: str) -> Sequence[Option]:
        return [Option(str(one.id), one.name) for one in knowing.people_of(self._sitting, int(school))]

    def open_tickets(self) -> Sequence[Option]:
        """The person's open tickets, newest first; one alone is just 补充."""
        found = sight.own_open(self._sitting.session, _viewer(self._sitting), OPEN_STATES)
        if len(found) == 1:
            return [Option(str(found[0].id), say("label.add"), "primary")]
        return [
            Option(str(one.id), say("ask.add_to", number=one.ordinal, text=one.text[:12]))
            for one in found[:8]
        ]

    def colleagues(self) -> Sequence[Option]:
        return [Option(str(one.id), one.name) for one in knowing.colleagues(self._sitting)]

    def open_steps(self) -> Sequence[Option]:
        steps = knowing.open_steps(self._sitting, self._ticket)
        return [Option(str(one.step), f"{one.step}. {one.what[:20]}") for one in steps]

    def fee(self) -> tuple[str, str]:
        return knowing.fee(self._sitting, self._ticket)

    def is_deep(self) -> bool:
        return locked(self._sitting, self._ticket).is_deep

    def scanned_place(self) -> str:
        room = knowing.scanned_room(self._sitting) if not self.is_bound else None
        return room.name if room is not None else ""

    def report(self, draft: Draft) -> int | None:
        """File it; the number that people say, where the talk goes on with it: a stranger is asked who they are."""
        actor = self._sitting.actor
        matter = Matter(
            school_id=int(draft.school) if draft.school else None,
            text=draft.what,
            reported_at=draft.reported_at,
            kind=Kind(draft.kind),
            place=draft.place,
            system=draft.system,
            sent=sent_along(actor.channel, draft.photos),
            urgent_at=draft.urgent_at,
            is_unconfirmed=not draft.confirmed,
            says_urgent=draft.says_urgent,
            follows_id=self._ticket or None,
        )
        ticket = reporting.report(
            self._sitting,
            matter,
            reporter_id=actor.person_id,
            reporter_account_id=actor.account_id,
            channel=actor.channel,
        )
        complaints.note(self._sitting, ticket.id, draft.what)
        self.care.filed(ticket.id)
        self._filed.append(ticket.id)
        if self.is_bound:
            return None
        number_now(self._sitting, ticket)
        return ticket.ordinal

    def add_to(self, ticket: str, words: str, media: tuple[Media, ...]) -> None:
        added = customers.add(
            self._sitting,
            int(ticket) if ticket else self._ticket,
            words=words,
            sent=sent_along(self._sitting.actor.channel, media),
        )
        complaints.note(self._sitting, added.id, words)

    def may(self, act: str) -> None:
        asking_first.may(self._sitting, self._ticket, Act(act))

    def speaks_for(self, school: str) -> bool:
        """Whether the person is this school's representative, or stands in where it has named none."""
        if not school.isdigit() or not self.is_bound:
            return False
        is_one = self._sitting.actor.is_at(int(school), Role.REPRESENTATIVE)
        return is_one or not is_represented(self._sitting, int(school))

    def may_finish(self) -> None:
        self.may(Act.DONE.value)

    def acknowledge(self) -> None:
        handling.acknowledge(self._sitting, self._ticket)

    def nudge(self) -> None:
        customers.nudge(self._sitting, self._ticket)

    def withdraw(self) -> None:
        customers.withdraw(self._sitting, self._ticket)

    def declare_urgent(self) -> None:
        customers.declare_urgent(self._sitting, self._ticket)

    def state_urgency(self, cause: str, harm: str) -> None:
        customers.state_urgency(self._sitting, self._ticket, cause=Cause(cause), harm=Harm(harm))

    def take_back_urgency(self) -> None:
        customers.take_back_urgency(self._sitting, self._ticket)

    def agree(self) -> None:
        planning.agree(self._sitting, self._ticket, version=self._carried)

    def discuss(self, words: str) -> None:
        planning.discuss(self._sitting, self._ticket, words=words, version=self._carried)

    def solved(self) -> None:
        opinions.solved(self._sitting, self._ticket)

    def rate(self, mark: int) -> None:
        opinions.rate(self._sitting, self._ticket, mark=mark)

    def opinion_words(self, words: str) -> None:
        opinions.add_words(self._sitting, self._ticket, words=words)

    def not_solved(self) -> None:
        opinions.not_solved(self._sitting, self._ticket)

    def object_to(self, words: str) -> None:
        customers.object_to(self._sitting, self._ticket, words=words)

    def do_not_object(self) -> None:
        customers.do_not_object(self._sitting, self._ticket)

    def consent(self) -> None:
        resorting.consent(self._sitting, self._ticket, question=self._carried)

    def dissent(self) -> None:
        resorting.refuse(self._sitting, self._ticket, question=self._carried)

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

    def put_question(self, words: str) -> None:
        handling.ask(self._sitting, self._ticket, words=words)

    def answer(self, content: Content) -> None:
        handling.answer(
            self._sitting,
            self._ticket,
            words=content.words,
            sent=sent_along(self._sitting.actor.channel, content.media),
        )

    def note(self, words: str) -> None:
        handling.note(self._sitting, self._ticket, words=words)

    def begin(self) -> None:
        finishing.begin(self._sitting, self._ticket)

    def propose(self, plan: PlanDraft) -> None:
        steps = [planning.Step(what=one.what, due_at=one.due_at) for one in plan.steps]
        fee = planning.Fee(mode=plan.fee, clause=plan.clause, fen=plan.fen)
        planning.propose(self._sitting, self._ticket, steps=steps, fee=fee)

    def done(self, step: str, words: str) -> None:
        finishing.done(self._sitting, self._ticket, words=words, step=int(step) if step else 0)

    def decline(self, words: str) -> None:
        finishing.decline(self._sitting, self._ticket, words=words)

    def merge(self, into: str) -> None:
        wanted = into.strip().lstrip("#")
        seen = sight.ticket_seen(self._sitting.session, _viewer(self._sitting), number=wanted)
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

    def talk_in_hand(self) -> TalkInHand:
        talk = talking.in_hand(self._sitting)
        if talk is None:
            return TalkInHand()
        school = knowing.school_of(self._sitting, talk.person_id) if talk.person_id else None
        return TalkInHand(_key(school), _key(talk.person_id), talking.began_at(talk))

    def register(self, draft: PhoneDraft) -> int:
        person = (
            int(draft.person)
            if draft.person
            else joining.register_person(
                self._sitting, school_id=int(draft.school), name=draft.name, phone=draft.phone
            )
        )
        matter = Matter(
            school_id=int(draft.school),
            text=draft.words,
            reported_at=draft.received_at,
            place=draft.place,
            system=draft.system,
            urgent_at=draft.received_at if draft.urgent == "yes" else None,
            cause=Cause(draft.cause),
            harm=Harm(draft.harm),
            kind=Kind(draft.kind),
            said_kind=Kind(draft.said_kind) if draft.said_kind != draft.kind else None,
            says_urgent=draft.says_urgent,
        )
        ticket = registering.register(
            self._sitting, matter, reporter_id=person, way=draft.way, answered=draft.answered
        )
        complaints.note(self._sitting, ticket.id, draft.words)
        return ticket.ordinal

    def bind_by_invite(self, code: str, name: str, phone: str) -> str:
        return joining.bind_by_invite(self._sitting, code, name=name, phone=phone).school

    def invited_name(self, code: str) -> str:
        return knowing.invited_name(self._sitting, joining.hashed(code)) or self._sitting.actor.name

    def bind_by_room(self, name: str, phone: str) -> str:
        room = knowing.scanned_room(self._sitting)
        if room is None:
            raise Refused("refused.room_unknown")
        return joining.bind_by_room(self._sitting, room_code=room.code, name=name, phone=phone).school

    def ask_human(self) -> None:
        talking.ask_human(self._sitting)



def _key(one: int | None) -> str:
    return str(one) if one is not None else ""


def _named(one: knowing.Known) -> Named:
    return Named(str(one.id), one.name, one.aliases)


def _viewer(sitting: Sitting) -> sight.Viewer:
    actor = sitting.actor
    return sight.Viewer(person_id=actor.person_id, account_id=actor.account_id, memberships=actor.memberships)
