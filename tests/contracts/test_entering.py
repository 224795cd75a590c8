"""Contracts from a file: entered once, changed by the same number, and what runs keeps the policy it began with."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from agreement.toml_lines import PolicyError
from bot.entering_contracts import enter_contracts
from bot.house import open_work
from bot.waking import Waking
from storage.tables import Contract, PolicyRow, School

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TEXT = '[[contract]]\nschool = "第一中学"\nnumber = "HT-1"\naccepted = 2026-03-01\ndeposit = "50000.00"\n'


async def entered(url: str, text: str, folder: Path) -> str:
    """As the command does it."""
    return await enter_contracts(url, NOW, text, folder / "contracts.toml")


async def contracts(url: str) -> list[tuple[str, str, int, dict[str, str]]]:
    """(school, number, deposit, own limits) of every contract."""
    work = open_work(url, Waking())
    query = (
        select(School.name, Contract.number, Contract.deposit_fen, PolicyRow.overrides)
        .join(School, School.id == Contract.school_id)
        .join(PolicyRow, PolicyRow.id == Contract.policy_id)
    )
    rows = await work.read(lambda session: [tuple(row) for row in session.execute(query)])
    await work.close()
    return rows


async def test_entered_twice_it_is_one_contract(database_url: str, tmp_path: Path) -> None:
    """The school is made where it is new; a changed deposit and limit change the same contract."""
    assert await entered(database_url, TEXT, tmp_path) == "contracts: 1 new, 0 changed, 0 as they were"
    assert await entered(database_url, TEXT, tmp_path) == "contracts: 0 new, 0 changed, 1 as they were"
    other = TEXT.replace("50000", "60000") + '[contract.limits]\npauses = "usability"\n'
    assert await entered(database_url, other, tmp_path) == "contracts: 0 new, 1 changed, 0 as they were"
    assert await contracts(database_url) == [("第一中学", "HT-1", 6_000_000, {"pauses": "usability"})]


async def test_a_policy_that_is_not_there_is_named(sqlite_url: str, tmp_path: Path) -> None:
    """Nothing is entered."""
    with pytest.raises(PolicyError, match=r"own\.toml"):
        await entered(sqlite_url, TEXT + 'policy = "own.toml"\n', tmp_path)
    assert await contracts(sqlite_url) == []
