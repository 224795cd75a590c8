"""`python -m tests.kept.record NAME`: keep the desk that today's code leaves, for the releases that come.

The file is SQL, with the schema as it is now: whoever reads it has to migrate it first, as an installation is.
"""

import asyncio
import sqlite3
import sys
import tempfile
from pathlib import Path

from bot import sample
from bot.workdays import load_calendar
from storage.migrating import migrate
from tests.kept.talking import BEFORE, FOLDER, NOW, open_house, say

LEFT_OUT = ('INSERT INTO "calendar_days"', 'INSERT INTO "calendar_editions"')  # the next start loads them again


async def record(name: str) -> Path:
    """Say the first half on an empty desk, write its tables to `desks/NAME.sql`."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "desk.db"
        await migrate(f"sqlite:///{database}")
        house = open_house(database, Path(folder))
        await house.work.run(lambda session: load_calendar(session, house.rulebook, NOW))
        await house.work.run(lambda session: sample.load(session, NOW))
        for number, (account, words) in enumerate(BEFORE):
            await say(house, account, words, number)
        await house.stop()
        lines = [one for one in sqlite3.connect(database).iterdump() if not one.startswith(LEFT_OUT)]
    kept = FOLDER / f"{name}.sql"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return kept


if __name__ == "__main__":
    print(asyncio.run(record(sys.argv[1])))
