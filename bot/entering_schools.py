"""`python -m bot school FILE.toml`: rooms and systems from a file; prints what each room's QR must contain."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime

from agreement.school_file import read_schools
from bot.house import open_work
from bot.waking import Waking
from desk import schools
from desk.alerting import sitting
from desk.rulebook import Rulebook
from desk.schools import RoomCode

AddressOf = Callable[[str], Awaitable[str]]
CODE_BYTES = 9  # twelve letters: nobody guesses another room's


async def enter_schools(database_url: str, now: datetime, text: str, source: str) -> list[RoomCode]:
    """The rooms of the file with their codes. Raises PolicyError that names the line."""
    lines = read_schools(text, source)
    work = open_work(database_url, Waking())
    try:
        return await work.run(
            lambda session: schools.enter(
                sitting(session, Rulebook(), now), lines, lambda: secrets.token_urlsafe(CODE_BYTES)
            )
        )
    finally:
        await work.close()


async def print_codes(
    codes: list[RoomCode],
    public_url: str,
    say: Callable[[str], None],
    *,
    telegram: AddressOf | None = None,
    wechat: AddressOf | None = None,
) -> None:
    """Where each code leads, by channel; the platforms that are connected tell their own addresses."""
    for one in codes:
        say(f"{one.school} {one.room}")
        say(f"  web       {public_url}/web/room/{one.code}")
        if telegram is not None:
            say(f"  telegram  {await telegram(one.code)}")
        if wechat is not None:
            say(f"  wechat    {await wechat(one.code)}")
