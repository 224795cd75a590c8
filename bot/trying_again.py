"""`python -m bot again`: what was set aside after failures gets another chance, once its cause is mended."""

from collections.abc import Callable
from datetime import datetime

from bot.house import open_work
from bot.waking import Waking
from storage import set_aside


async def try_again(database_url: str, now: datetime, say: Callable[[str], None]) -> int:
    """Say what is tried again; the desk that runs finds it by itself."""
    work = open_work(database_url, Waking())
    try:
        found = await work.run(lambda session: set_aside.try_again(session, now))
    finally:
        await work.close()
    for kind, count in found.items():
        say(f"{kind}: {count}")
    say("they are tried again now" if found else "nothing was set aside")
    return 0
