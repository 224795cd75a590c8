"""Phone calls on their way: claimed in a transaction, made outside it, and what the provider tells booked."""

import logging
from collections.abc import Mapping

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.voice.port import PhoneCall, Told, VoicePort
from desk import phoning
from desk.alerting import sitting
from desk.phoning import Placing
from desk.rulebook import Rulebook
from desk.sitting import Sitting
from storage.work import Work

log = logging.getLogger(__name__)

ROUNDS = 1000


class Voicing:
    """Makes the calls that the ladder wants. Any number of these may run: a call is leased to one."""

    def __init__(self, work: Work, clock: Clock, rulebook: Rulebook, voice: VoicePort) -> None:
        self._work = work
        self._clock = clock
        self._rulebook = rulebook
        self._voice = voice

    async def drain(self) -> int:
        """Make every call that is due now; how many rows that was."""
        done = 0
        for _ in range(ROUNDS):
            calls, due = await self._work.run(lambda session: phoning.claim(self._sitting(session)))
            for one in calls:
                await self._call(one)
            done += due
            if not due:
                return done
        log.error("the phone still finds calls after %s rounds", ROUNDS)
        return done

    async def _call(self, one: Placing) -> None:
        call = PhoneCall(
            reference=one.reference,
            phone=one.phone,
            language=one.language,
            text=one.text,
            key=phoning.ACKNOWLEDGES,
        )
        reason = (await self._voice.call(call)).reason
        if reason:
            log.warning("phone call %s was not placed: %s", one.reference, reason)
        await self._work.run(lambda session: self._book(self._sitting(session), one.call_id, reason))

    def _book(self, house: Sitting, call_id: int, reason: str) -> None:
        if reason:
            phoning.not_placed(house, call_id, reason)
        else:
            phoning.placed(house, call_id)

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        """The callback in this request; raises what the port raises."""
        return self._voice.read(headers, body)

    async def hear(self, told: Told) -> int:
        """Take it in once."""
        return await self._work.run(lambda session: self._hear(self._sitting(session), told))

    def _hear(self, house: Sitting, told: Told) -> int:
        if not phoning.is_new(house, told.event):
            return 409
        return 204 if phoning.told(house, told.reference, told.status, told.digits) else 404

    def _sitting(self, session: Session) -> Sitting:
        return sitting(session, self._rulebook, self._clock.now())
