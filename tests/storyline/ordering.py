"""The lines about the world: the desk goes down and comes up, a platform refuses and accepts again."""

from tests.storyline.acting import bring_held
from tests.storyline.play_state import Play
from tests.storyline.script import Refuse


async def stop(play: Play) -> None:
    """The desk is down; the clock may move and people may write."""
    await play.stage.stop()
    play.is_up = False


async def start(play: Play) -> None:
    """The desk is up again and hears what the platforms kept for it."""
    await play.stage.start()
    play.is_up = True
    await bring_held(play)


async def restart(play: Play) -> None:
    """Down and up with no time between."""
    await stop(play)
    await start(play)


def refuse(play: Play, line: Refuse) -> None:
    """The platform that would reach the person now refuses from now on."""
    phones = list(play.stage.phones(line.person))
    refused = play.refused.setdefault(line.person, [])
    phone = next((phone for phone in phones if phone not in refused), phones[0])
    play.stage.platforms[phone.channel].refuse(phone.account, line.reason)
    refused.append(phone)


def accept(play: Play, person: str) -> None:
    """Every platform takes messages to this person again."""
    for phone in play.stage.phones(person):
        play.stage.platforms[phone.channel].refuse(phone.account, "")
    play.refused.pop(person, None)
