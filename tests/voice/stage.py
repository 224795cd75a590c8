"""The stage of a story whose last rung rings: a house with the HTTP adapter, and the provider's double behind it."""

from datetime import UTC, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.house import House
from bot.voice.http import HttpVoice
from bot.voice.settings import VoiceSettings
from storage.tables import Person
from tests.doubles.voice import KEY, SECRET, VoiceProvider
from tests.storyline.house_stage import HouseStage

PHONE = "13800000001"


class VoiceStage(HouseStage):
    """Everybody has a phone; what is done at each ring stands in the double's `hands`."""

    provider: VoiceProvider

    async def furnish(self, house: House) -> None:
        """The port, and phone numbers for everybody."""
        if not hasattr(self, "provider"):
            self.provider = VoiceProvider(datetime(2000, 1, 1, tzinfo=UTC), list(self.hands))
            await self.provider.start()
            self._closing.push_async_callback(self.provider.stop)
        await house.work.run(lambda session: _give_phones(session, self.phone))
        settings = VoiceSettings(url=self.provider.url, key=KEY, secret=SECRET)
        self.voice = HttpVoice(settings, "", house.clock.now)
        house.ring_by(self.voice)

    hands: tuple[str, ...] = ()
    phone = PHONE

    async def start(self) -> None:
        await super().start()
        self.voice._callback = f"http://127.0.0.1:{self._house.port}/voice/callback"

    async def settle(self) -> None:
        """After the desk has come to rest people answer their phones, and it comes to rest again."""
        await super().settle()
        self.provider.now = self.now
        if await self.provider.answer():
            await super().settle()


def _give_phones(session: Session, phone: str) -> None:
    session.execute(update(Person).values(phone=phone))
