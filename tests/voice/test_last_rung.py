"""The last rung rings: stories with a phone, over HTTP both ways, and callbacks that are refused."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.house import House, open_work
from bot.waking import Waking
from desk import phoning
from desk.rungs import Ring
from storage import due
from storage.tables import Person, VoiceCall
from tests.doubles.voice import SECRET
from tests.scheduler.desk import Desk, open_desk
from tests.storyline.house_stage import HouseStage
from tests.storyline.player import play_story
from tests.storyline.reading import read_story
from tests.storyline.transcript import silent
from tests.voice.stage import PHONE, VoiceStage

HERE = Path(__file__).parent


async def played(name: str, url: str, *hands: str) -> VoiceStage:
    """The story, with what is done at each ring."""
    stage = VoiceStage(url)
    stage.hands = hands
    await play_story(read_story(HERE / name), stage, "web", silent())
    return stage


async def test_a_key_acknowledges(database_url: str) -> None:
    """Rung twice, five minutes apart; the text names ticket and promise, the number is the manager's."""
    stage = await played("the-phone-rings.txt", database_url, "", "1")
    assert [ring["reference"] for ring in stage.provider.rings] == ["1-1", "1-2"]
    first = stage.provider.rings[0]
    assert (first["to"], first["key"], first["language"]) == (PHONE, "1", "zh")
    assert "1 号工单" in first["text"]
    assert "按 1 表示已知悉" in first["text"]


async def test_another_key_is_none(sqlite_url: str) -> None:
    """Only the key that was named acknowledges; it rings until the policy's tries are over."""
    stage = await played("nobody-answers.txt", sqlite_url, "", "2", "")
    assert len(stage.provider.rings) == 3


async def test_without_a_number_the_desk_hears_at_once(sqlite_url: str) -> None:
    """Nobody is called, and nobody is left to believe that somebody was."""

    class Unknown(VoiceStage):
        phone = ""

    stage = Unknown(sqlite_url)
    with pytest.raises(Exception, match="周经理：没有登记电话号码"):
        await play_story(read_story(HERE / "nobody-answers.txt"), stage, "web", silent())
    assert stage.provider.rings == []


class Refusals(VoiceStage):
    """Forged callbacks arrive before the person presses; what the desk answered is kept."""

    async def settle(self) -> None:
        await HouseStage.settle(self)  # the house alone: nobody answers
        self.provider.now = self.now
        if self.provider.rings and not hasattr(self, "answers"):
            ring = self.provider.rings[0]
            await self._attack(ring["callback"], ring["reference"])
        await HouseStage.settle(self)

    async def _attack(self, callback: str, reference: str) -> None:
        pressed = {"event": "e1", "reference": reference, "status": "pressed", "digits": "1"}
        tell, now = self.provider.tell, self.now
        self.answers = [
            await tell(callback, pressed, secret="another-secret-of-thirty-two-chars"),
            await tell(callback, pressed, at=now - timedelta(minutes=6)),
            await tell(callback, pressed, at=now + timedelta(minutes=6)),
            await tell(callback, pressed | {"digits": "7"}),
            await tell(callback, pressed),
            await tell(callback, pressed | {"event": "e2", "reference": "99-1"}),
            await tell(callback, {"event": "e3"}),
        ]


async def test_forged_stale_and_replayed_callbacks_change_nothing(sqlite_url: str) -> None:
    """403 for another secret and for old or future timestamps; 409 for an event heard before; 404, 400."""
    stage = Refusals(sqlite_url)
    await play_story(read_story(HERE / "nobody-answers.txt"), stage, "web", silent())
    assert stage.answers == [403, 403, 403, 204, 409, 404, 400]


@pytest.mark.parametrize("status", [429, 500])
async def test_a_provider_that_refuses_is_asked_again(sqlite_url: str, status: int) -> None:
    """Every minute, three times in all; then the desk hears of it."""

    class Down(VoiceStage):
        async def furnish(self, house: House) -> None:
            await super().furnish(house)
            self.provider.refuses = status

    stage = Down(sqlite_url)
    story = read_story(HERE / "nobody-answers.txt")
    with pytest.raises(Exception, match="no message to 林客服"):
        await play_story(story, stage, "web", silent())
    assert stage.provider.rings == []
    assert SECRET not in repr(stage.voice._settings)


async def test_the_same_rung_of_a_clock_that_began_anew_rings_anew(sqlite_url: str) -> None:
    """Its call was over; the next one has all its tries, and no reference that the provider has had."""
    work = open_work(sqlite_url, Waking())
    try:
        desk = await open_desk(work)
        [ticket] = await desk.report()
        assert await work.run(lambda session: _call(desk, session, ticket)) == ["1-1"]
        assert await work.run(lambda session: _call(desk, session, ticket)) == ["1-2"]
    finally:
        await work.close()


def _call(desk: Desk, session: Session, ticket: int) -> list[str]:
    """The manager is called at the last rung of the ticket's first clock, and does not answer."""
    sitting = desk.people.sitting("", timedelta(hours=5), session)
    clock = due.clocks(session, [ticket], sitting.now)[0]
    session.get_one(Person, desk.people.id_of("manager")).phone = PHONE
    phoning.want(sitting, [(desk.people.id_of("manager"), Ring(clock, "twice", sitting.now, (), clock.due_at, False))])
    made, _ = phoning.claim(sitting)
    session.execute(update(VoiceCall).values(state="unanswered", tries=3, next_at=None))
    return [one.reference for one in made]
