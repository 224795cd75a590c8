"""The last rung rings: who is to be called by phone, what is said, and the key press that acknowledges.

The desk only says what is to be called; the port in `bot/voice` does it and brings back what the provider tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from agreement.lifecycle import ENDED
from agreement.words import Act, Promise, PromiseState, Role, State
from desk import clock_rows, expiring
from desk.access import locked, open_acts
from desk.due_words import promise_said
from desk.events import append
from desk.rungs import Ring
from desk.said_by_phone import on_the_phone
from desk.sitting import Sitting
from desk.telling import tell
from storage import due
from storage.tables import Person, PromiseRow, Ticket, VoiceCall, VoiceEvent
from storage.talk import insert
from storage.work import wake
from texts.say import Say, render, say

VOICE: Final = "voice"  # woken when somebody is to be called
ACKNOWLEDGES: Final = "1"
REACHED: Final = "pressed"
ANEW: Final = ("state", "tries", "reason", "next_at", "created_at")
AGAIN_AFTER_REFUSAL: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Placing:
    """One call to be made now."""

    call_id: int
    reference: str
    phone: str
    language: str
    text: str


def want(sitting: Sitting, rings: Sequence[tuple[int, Ring]]) -> None:
    """Of (person, rung), nobody told before, those that the policy rings by phone: one call for each.

    One that was made for the same rung is over: the clock was withdrawn and has begun anew, and so does its call.
    """
    rows = [
        {
            "ticket_id": ring.clock.ticket_id,
            "promise_id": ring.clock.id,
            "stage": ring.stage,
            "person_id": person,
            "state": "wanted",
            "reference": "",
            "tries": 0,
            "reason": "",
            "next_at": sitting.now,
            "created_at": sitting.now,
        }
        for person, ring in rings
        if ring.stage in sitting.rulebook.policy(sitting.session, ring.clock.policy_id).voice.stages
    ]
    if rows:
        new = insert(sitting.session)(VoiceCall)
        anew = {name: new.excluded[name] for name in ANEW}
        key = ["promise_id", "stage", "person_id"]
        again = new.on_conflict_do_update(index_elements=key, set_=anew, where=VoiceCall.next_at.is_(None))
        sitting.session.execute(again, rows)
        wake(sitting.session, VOICE)


def claim(sitting: Sitting, limit: int = 20) -> tuple[list[Placing], int]:
    """Calls to be made now, each leased until its next try; and how many rows were due."""
    rows = due.voice_calls(sitting.session, sitting.now, limit)
    made = [one for row in rows if (one := _claim(sitting, row)) is not None]
    sitting.session.flush()
    return made, len(rows)


def _claim(sitting: Sitting, row: VoiceCall) -> Placing | None:
    ticket = sitting.session.get_one(Ticket, row.ticket_id)
    clock = sitting.session.get_one(PromiseRow, row.promise_id, populate_existing=True)
    voice = sitting.rulebook.policy(sitting.session, clock.policy_id).voice
    person = sitting.session.get_one(Person, row.person_id)
    if not _still_rings(sitting, ticket, clock):
        row.state, row.next_at = "over", None
        return None
    if row.tries >= voice.tries or not person.phone:
        _give_up(sitting, ticket, row, person)
        return None
    row.tries += 1
    row.state, row.reference = "calling", _next_reference(row)
    row.next_at = sitting.now + timedelta(minutes=voice.again_minutes)
    said = render(_text(ticket, clock, row), person.language, sitting.now)
    return Placing(row.id, row.reference, person.phone, person.language, said)


def _next_reference(row: VoiceCall) -> str:
    """Never one that the provider has had: a call that is made anew counts its tries anew, its references go on."""
    last = row.reference.rpartition("-")[2] or "0"
    return f"{row.id}-{int(last) + 1}"


def _still_rings(sitting: Sitting, ticket: Ticket, clock: PromiseRow) -> bool:
    life = clock_rows.life_of(sitting, clock)
    is_unmet = life.fulfilled_at is None and life.state in {PromiseState.RUNNING, PromiseState.BROKEN}
    is_over = clock.round != ticket.round or State(ticket.state) in ENDED
    return is_unmet and not is_over and not clock.is_known


def _text(ticket: Ticket, clock: PromiseRow, row: VoiceCall) -> Say:
    return say(
        "voice.text",
        number=ticket.ordinal,
        promise=promise_said(Promise(clock.promise).value, clock.step),
        stage=say(f"stage.{row.stage}", due_at=clock.due_at),
    )


def _give_up(sitting: Sitting, ticket: Ticket, row: VoiceCall, person: Person) -> None:
    """Nobody pressed a key, or there is no number to call: the desk must find another way."""
    row.state, row.next_at = "unanswered", None
    data = {"person": row.person_id, "tries": row.tries, "reason": row.reason}
    event = append(sitting, ticket, "phone_unanswered", data, visibility="internal")
    what = say("voice.unanswered", tries=row.tries) if person.phone else say("voice.no_phone")
    tell(sitting, ticket, event, values={"person": person.name, "what": what})


def placed(sitting: Sitting, call_id: int) -> None:
    """The provider has taken this try: it stands in the evidence."""
    row = sitting.session.get_one(VoiceCall, call_id, with_for_update=True)
    ticket = sitting.session.get_one(Ticket, row.ticket_id)
    data = {"person": row.person_id, "try": row.tries, "stage": row.stage}
    append(sitting, ticket, "phone_rang", data, visibility="internal")


def not_placed(sitting: Sitting, call_id: int, reason: str) -> None:
    """The provider refused this try, or was not there: soon again."""
    row = sitting.session.get_one(VoiceCall, call_id, with_for_update=True)
    row.reason = reason
    if row.state == "calling":
        row.next_at = sitting.now + AGAIN_AFTER_REFUSAL


def is_new(sitting: Sitting, event_id: str) -> bool:
    """Take this callback in; False for one that was taken in before."""
    new = (
        insert(sitting.session)(VoiceEvent)
        .values(id=event_id, at=sitting.now)
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(VoiceEvent.id)
    )
    return sitting.session.scalar(new) is not None


def told(sitting: Sitting, reference: str, status: str, digits: str) -> bool:
    """What the provider tells of a try; False for one that is not the newest of any call.

    The key acknowledges. Anything else leaves the next try where it is.
    """
    query = select(VoiceCall).where(VoiceCall.reference == reference).with_for_update()
    row = sitting.session.scalar(query) if reference else None
    if row is None:
        return False
    row.reason = status
    if row.state == "calling" and digits == ACKNOWLEDGES:
        _pressed(sitting, row)
    return True


def _pressed(sitting: Sitting, row: VoiceCall) -> None:
    """The person knows: an event of theirs; a manager's key is 已知悉 as well."""
    row.state, row.next_at = REACHED, None
    actor = on_the_phone(sitting, row.person_id)
    theirs = replace(sitting, actor=actor)
    ticket = locked(theirs, row.ticket_id)
    append(theirs, ticket, "phone_acknowledged", {"stage": row.stage}, visibility="internal")
    if Role.MANAGER in actor.roles and Act.AWARE in open_acts(theirs, ticket):
        expiring.aware(theirs, ticket.id)
