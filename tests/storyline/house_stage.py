"""The real product under the player: a `House` on fresh tables, its channels talking HTTP to the doubles."""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from agreement.words import VENDOR_ROLES, Role
from bot.clock import SetClock
from bot.house import House, open_work
from bot.waking import Waking
from desk.joining import invite
from desk.rulebook import Rulebook
from desk.sitting import THE_CLOCK, Sitting
from storage.tables import Room
from storage.work import Work
from tests.doubles.platform import Looks, Platform, Shown
from tests.doubles.platform import Sequence as Counter
from tests.storyline.anew import WITHOUT_EDITS, meant, shown_anew
from tests.storyline.kits import SECRET, make_channel, make_platform
from tests.storyline.moments import ZONE
from tests.storyline.script import Story
from tests.storyline.seeding import Known, school_id, seed
from tests.storyline.stage import Phone
from tests.storyline.table_facts import TableFacts

HOST = "127.0.0.1"
MakePlatform = Callable[[str, Counter], Platform]


class HouseStage:
    """One story's desk. `database_url` names a database with tables and no rows; `make` gives the doubles."""

    def __init__(self, database_url: str, make: MakePlatform = make_platform) -> None:
        self._database_url = database_url
        self._make = make
        self._clock = SetClock(datetime(2000, 1, 1, tzinfo=UTC))
        self._platforms: dict[str, Platform] = {}
        self._phones: dict[str, list[Phone]] = {}
        self._closing = AsyncExitStack()
        self._without_edits: list[Phone] = []
        self._anew: dict[Phone, frozenset[int]] = {}
        self._codes = 0
        self._is_up = False

    @property
    def now(self) -> datetime:
        return self._clock.now().astimezone(ZONE)

    @property
    def platforms(self) -> Mapping[str, Platform]:
        return self._platforms

    @property
    def facts(self) -> TableFacts:
        return self._facts

    async def open(self, story: Story, channel: str) -> None:
        """See `Stage`."""
        self._story = story
        self._media = Path(tempfile.mkdtemp(prefix="yn-story-"))
        self._closing.callback(shutil.rmtree, self._media)
        self._work: Work = open_work(self._database_url, Waking())
        self._closing.push_async_callback(self._work.close)
        self._facts = TableFacts(self._work)
        await self._open_platforms(story, channel)
        self.set_clock(story.first_moment)
        await self._enrol(story, channel)
        self._known: Known = await self._work.run(lambda session: seed(session, story, self._phones))
        self._closing.push_async_callback(self.stop)
        await self.start()

    async def _open_platforms(self, story: Story, channel: str) -> None:
        counter = Counter()
        people = story.cast.people()
        for name in dict.fromkeys(one for person in people for one in story.cast.channels(person, channel)):
            platform = self._make(name, counter)
            await platform.start()
            self._closing.push_async_callback(platform.stop)
            self._platforms[name] = platform

    async def _enrol(self, story: Story, channel: str) -> None:
        for person in story.cast.people():
            self._phones[person] = [
                Phone(name, await self._platforms[name].enrol(person))
                for name in story.cast.channels(person, channel)
            ]
        phones = [phone for phones in self._phones.values() for phone in phones]
        self._without_edits = [phone for phone in phones if phone.channel in WITHOUT_EDITS]

    async def close(self) -> None:
        await self._closing.aclose()

    def phones(self, person: str) -> Sequence[Phone]:
        return self._phones[person]

    def set_clock(self, moment: datetime) -> None:
        self._clock.set(moment)
        for platform in self._platforms.values():
            platform.set_clock(moment)

    async def settle(self) -> None:
        await self._house.settle()
        for platform in self._platforms.values():
            if isinstance(platform, Looks):
                await platform.look()
        for phone in self._without_edits:
            sent = await self._work.read(partial(meant, channel=phone.channel, account=phone.account))
            self._anew[phone] = shown_anew(self._platforms[phone.channel].screen(phone.account), sent)

    async def next_due(self) -> datetime | None:
        return await self._house.next_due()

    async def start(self) -> None:
        """A new process in all but name: nothing of the old house is kept but the tables."""
        self._house = House(
            database_url=self._database_url,
            secret_key=SECRET,
            media_dir=self._media,
            clock=self._clock,
            release="story",
        )
        for platform in self._platforms.values():
            self._house.add(make_channel(platform, self._house, self._clock, self._media))
        await self.furnish(self._house)
        await self._house.start(HOST, 0)
        for platform in self._platforms.values():
            platform.connect(f"http://{HOST}:{self._house.port}")
        self._is_up = True

    async def furnish(self, house: House) -> None:
        """What an installation has besides its channels; a story of the house has nothing."""

    async def stop(self) -> None:
        if self._is_up:
            self._is_up = False
            await self._house.stop()

    async def scan_code(self, person: str, room: str) -> str:
        """The room stands in the school of the person's line in the cast, or in the one that is named before it."""
        named, _, name = room.rpartition(" ")
        own = next(line.school for line in self._story.cast.of(person) if line.school)
        school = self._known.schools[named if named in self._known.schools else own]
        its_name = name if named in self._known.schools else room
        return await self._work.run(lambda session: _room_code(session, school, its_name))

    async def invite_code(self, person: str, school: str, role: str) -> str:
        """An invite for that person by name: the desk that gives it out knows for whom it is."""
        self._codes += 1
        code = f"story-invite-{self._codes:04d}"
        await self._work.run(lambda session: self._invite(session, code, person, school, Role(role)))
        return code

    def _invite(self, session: Session, code: str, person: str, school: str, role: Role) -> None:
        now = self._clock.now()
        sitting = Sitting(session=session, rulebook=Rulebook(), actor=THE_CLOCK, at=now, now=now)
        at_school = None if role in VENDOR_ROLES else school_id(session, school, now)
        invite(sitting, code, role=role, school_id=at_school, person_id=self._known.people[person])

    def is_shown_anew(self, phone: Phone, shown: Shown) -> bool:
        return shown.sequence in self._anew.get(phone, frozenset())


def _room_code(session: Session, at_school: int, room: str) -> str:
    code = f"room-{at_school}-{room}".encode().hex()[:40]
    if session.query(Room).filter(Room.code == code).first() is None:
        session.add(Room(school_id=at_school, name=room, aliases=[], code=code))
    return code
