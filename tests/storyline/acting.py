"""What people do: a deed becomes what a phone sends, and the desk comes to rest before the next line."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from tests.doubles.platform import Platform
from tests.storyline.phones import Sending, sending
from tests.storyline.play_state import Held, Play, Send
from tests.storyline.script import Does, Together


async def act(play: Play, does: Does) -> None:
    """One person does one thing. Raises UnmetError when the screen lacks what it takes."""
    await _send_all(play, [await sending(play, does.person, does.deed)])


async def act_together(play: Play, together: Together) -> None:
    """All at the same moment. New tickets are numbered in the order of the lines."""
    await play.learn_numbers()
    deeds = [does for _, does in together.deeds]
    await _send_all(play, [await sending(play, does.person, does.deed) for does in deeds])
    await play.learn_numbers([does.person for does in deeds])


async def send_again(play: Play) -> None:
    """The platform sends its last update once more."""
    platform = play.last_platform
    assert platform is not None  # the reader has refused a resend before any deed
    await _bring(play, [platform.resend])


async def bring_held(play: Play) -> None:
    """The platforms bring what was sent while the desk was down, in order, each with its time of sending."""
    now, held = play.stage.now, play.held
    play.held = []
    for one in held:
        _set_platforms(play, one.sent_at)
        await one.send()
    _set_platforms(play, now)
    await play.stage.settle()


def _set_platforms(play: Play, moment: datetime) -> None:
    for platform in play.stage.platforms.values():
        platform.set_clock(moment)


async def _send_all(play: Play, sendings: Sequence[Sending]) -> None:
    platforms = [play.stage.platforms[one.phone.channel] for one in sendings]
    play.last_platform = platforms[-1]
    pairs = zip(platforms, sendings, strict=True)
    await _bring(play, [partial(_send, platform, one) for platform, one in pairs])


async def _bring(play: Play, sends: Sequence[Send]) -> None:
    """Send at once, all at the same moment; while the desk is down the platforms keep it for later."""
    if not play.is_up:
        play.held.extend(Held(play.stage.now, send) for send in sends)
        return
    await asyncio.gather(*(send() for send in sends))
    await play.stage.settle()


async def _send(platform: Platform, what: Sending) -> None:
    for thing in what.things:
        await platform.say(what.phone.account, thing)
