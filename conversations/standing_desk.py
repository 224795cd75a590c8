"""The part of `Standing` by which the desk comes to know people: who calls and is registered, and who joins."""

from collections.abc import Sequence

from agreement.words import Cause, Harm, Kind
from conversations import complaints
from conversations.at_the_ticket import AtTheTicket
from conversations.engine.questions import Option
from conversations.flows.me import PhoneDraft, TalkInHand
from desk import joining, knowing, registering, scanned_rooms, talking
from desk.reporting import Matter
from desk.talk_words import began_at
from texts.refused import Refused


class DeskStanding(AtTheTicket):
    """The desk that registers for somebody, or the one who joins."""

    def all_schools(self) -> Sequence[Option]:
        return [Option(str(one.id), one.name) for one in knowing.all_schools(self._sitting)]

    def people_of(self, school: str) -> Sequence[Option]:
        return [Option(str(one.id), one.name) for one in knowing.people_of(self._sitting, int(school))]

    def talk_in_hand(self) -> TalkInHand:
        talk = talking.in_hand(self._sitting)
        if talk is None:
            return TalkInHand()
        school = knowing.school_of(self._sitting, talk.person_id) if talk.person_id else None
        return TalkInHand(_key(school), _key(talk.person_id), began_at(talk))

    def register(self, draft: PhoneDraft) -> int:
        person = self._person_of(draft)
        ticket = registering.register(
            self._sitting, _matter(draft), reporter_id=person, way=draft.way, answered=draft.answered
        )
        complaints.note(self._sitting, ticket.id, draft.words)
        return ticket.ordinal

    def _person_of(self, draft: PhoneDraft) -> int:
        """The one who was chosen, or a new one of that school."""
        if draft.person:
            return int(draft.person)
        return joining.register_person(
            self._sitting, school_id=int(draft.school), name=draft.name, phone=draft.phone
        )

    def invited_name(self, code: str) -> str:
        return knowing.invited_name(self._sitting, joining.hashed(code)) or self._sitting.actor.name

    def bind_by_invite(self, code: str, name: str, phone: str) -> str:
        return joining.bind_by_invite(self._sitting, code, name=name, phone=phone).school

    def bind_by_room(self, name: str, phone: str) -> str:
        room = scanned_rooms.scanned_room(self._sitting)
        if room is None:
            raise Refused("refused.room_unknown")
        return joining.bind_by_room(self._sitting, room_code=room.code, name=name, phone=phone).school


def _matter(draft: PhoneDraft) -> Matter:
    return Matter(
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
        urgency_said_at=draft.received_at if draft.says_urgent else None,
    )


def _key(one: int | None) -> str:
    return str(one) if one is not None else ""
