"""Plays one story on one stage, line by line; the clock stands still between the lines.

await play_story(story, stage, channel, transcript)      raises LineFailedError
"""

import asyncio
from datetime import datetime

from tests.storyline.acting import act, act_together, send_again
from tests.storyline.hearing import all_heard, at_most, hear, hear_nothing, offers, offers_not
from tests.storyline.looking import (
    check_count,
    check_due,
    check_penalty,
    check_promise,
    check_record,
    check_ticket,
)
from tests.storyline.moments import after_workdays
from tests.storyline.ordering import accept, refuse, restart, start, stop
from tests.storyline.passing import let_pass
from tests.storyline.play_state import Play, UnmetError
from tests.storyline.script import (
    Accept,
    At,
    AtMost,
    CanMake,
    Does,
    Hears,
    HearsNothing,
    Line,
    Offers,
    OffersNot,
    PenaltySum,
    PromiseDue,
    PromiseIs,
    Refuse,
    Resend,
    Restart,
    Start,
    Step,
    Stop,
    Story,
    TicketCount,
    TicketIs,
    Together,
    Wait,
    WaitWorkdays,
)
from tests.storyline.showing import report
from tests.storyline.stage import Stage
from tests.storyline.transcript import Transcript

PATIENCE_SECONDS = 120.0  # of real time for one line: a desk that hangs is a failure with its line


class LineFailedError(Exception):
    """A line that did not hold. The text is the whole report: file, line, expectation, screens."""


async def play_story(story: Story, stage: Stage, channel: str, transcript: Transcript) -> None:
    """Play it to the end. Raises LineFailedError, also when the desk itself breaks (then with its cause)."""
    play = Play(story, stage)
    try:
        await stage.open(story, channel)
        transcript.heading(story)
        for line in story.lines:
            await _play_line(play, line)
            transcript.after(play, line)
        if story.strict:
            _end_strictly(play, story.lines[-1])
        transcript.traffic(stage)
    finally:
        await stage.close()


async def _play_line(play: Play, line: Line) -> None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await _step(play, line.step)
    except UnmetError as unmet:
        raise LineFailedError(report(play, line, str(unmet))) from None
    except Exception as broken:
        raise LineFailedError(report(play, line, f"no error; the desk broke: {broken!r}")) from broken


def _end_strictly(play: Play, last: Line) -> None:
    try:
        all_heard(play)
    except UnmetError as unmet:
        raise LineFailedError(report(play, last, str(unmet))) from None


async def _step(play: Play, step: Step) -> None:
    match step:
        case At() | Wait() | WaitWorkdays():
            await _pass(play, _until(play.stage.now, step))
        case Does():
            await act(play, step)
        case Together():
            await act_together(play, step)
        case Resend():
            await send_again(play)
        case Stop() | Start() | Restart() | Refuse() | Accept():
            await _order(play, step)
        case Hears() | HearsNothing() | Offers() | OffersNot() | AtMost():
            await _look_at_screens(play, step)
        case TicketIs() | TicketCount() | PromiseIs() | PromiseDue() | PenaltySum() | CanMake():
            await _look_at_tables(play, step)


def _until(now: datetime, step: At | Wait | WaitWorkdays) -> datetime:
    match step:
        case At(moment):
            return moment
        case Wait(length):
            return now + length
        case WaitWorkdays(days):
            return after_workdays(now, days)


async def _pass(play: Play, until: datetime) -> None:
    if play.is_up:
        await let_pass(play.stage, until)
    else:
        play.stage.set_clock(until)


async def _order(play: Play, step: Stop | Start | Restart | Refuse | Accept) -> None:
    match step:
        case Stop():
            await stop(play)
        case Start():
            await start(play)
        case Restart():
            await restart(play)
        case Refuse():
            refuse(play, step)
        case Accept(person):
            accept(play, person)


async def _look_at_screens(play: Play, step: Hears | HearsNothing | Offers | OffersNot | AtMost) -> None:
    match step:
        case Hears():
            hear(play, step)
        case HearsNothing(person):
            hear_nothing(play, person)
        case Offers():
            await offers(play, step)
        case OffersNot():
            await offers_not(play, step)
        case AtMost():
            at_most(play, step)


async def _look_at_tables(
    play: Play, step: TicketIs | TicketCount | PromiseIs | PromiseDue | PenaltySum | CanMake
) -> None:
    match step:
        case TicketIs():
            await check_ticket(play, step)
        case TicketCount():
            await check_count(play, step)
        case PromiseIs():
            await check_promise(play, step)
        case PromiseDue():
            await check_due(play, step)
        case PenaltySum():
            await check_penalty(play, step)
        case CanMake():
            await check_record(play, step)
