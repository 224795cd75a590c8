"""`python -m bot contract FILE.toml`: contracts with their dates, deposit and limits, from a file."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from agreement.contract_file import read_contracts
from agreement.toml_lines import PolicyError
from bot.house import open_work
from bot.waking import Waking
from desk import contracts
from desk.alerting import sitting
from desk.rulebook import Rulebook, shipped


async def enter_contracts(database_url: str, now: datetime, text: str, file: Path) -> str:
    """What the text of this file entered, in one line. Raises PolicyError that names the line."""

    def policy_of(path: str) -> str:
        try:
            return (file.parent / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise PolicyError(file.name, None, f'names a policy that cannot be read: "{path}"') from error

    lines = read_contracts(text, file.name, shipped(), policy_of)

    def enter(session: Session) -> tuple[int, int]:
        return contracts.enter(sitting(session, Rulebook(), now), lines)

    work = open_work(database_url, Waking())
    try:
        made, changed = await work.run(enter)
    finally:
        await work.close()
    same = len(lines) - made - changed
    return f"contracts: {made} new, {changed} changed, {same} as they were"
