"""`python -m bot roster FILE.toml`: rotations, shifts, leave, residents, named engineers and breaks from a file."""

from datetime import datetime

from sqlalchemy.orm import Session

from agreement.policy_file import DEFAULT
from agreement.roster_file import RosterFile, read_roster
from bot.house import open_work
from bot.waking import Waking
from desk import entering, gaps
from desk.alerting import sitting
from desk.rulebook import Rulebook


async def enter_roster(database_url: str, now: datetime, text: str, source: str) -> str:
    """What was entered, in one line. Raises PolicyError that names `source` and the line."""

    def enter(session: Session) -> str:
        house = sitting(session, Rulebook(), now)
        read = read_roster(text, source, entering.names(house), DEFAULT.zone)
        entering.enter(house, read)
        return _said(read, len(gaps.open_gaps(house)))

    work = open_work(database_url, Waking())
    try:
        return await work.run(enter)
    finally:
        await work.close()


def _said(read: RosterFile, empty: int) -> str:
    counts = {
        "rotations": len(read.rotations),
        "shifts": len(read.shifts),
        "leaves": len(read.leaves),
        "overrides": len(read.overrides),
        "projects with named engineers": len(read.named),
        "residents": len(read.residents),
        "breaks": len(read.breaks),
    }
    found = ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "nothing"
    gap = f"; {empty} gaps in the next four weeks" if empty else "; no gap in the next four weeks"
    return f"entered: {found}{gap}"
