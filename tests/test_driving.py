"""Statements that stay prepared on PostgreSQL's connection: not more than the server should keep plans for."""

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from storage import driving
from storage.prepared import Prepared
from storage.tables import Person
from tests.test_databases import open_work

AMONG = Prepared(select(Person.id).where(Person.id.in_(bindparam("these", expanding=True))))


async def test_a_list_of_any_length_leaves_no_statement_behind(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each length is a statement of its own; the oldest makes room, and what makes room is prepared anew."""
    monkeypatch.setattr(driving, "MOST", 5)
    work = open_work(postgres_url)

    def ask(session: Session) -> int:
        for length in [*range(1, 20), 1]:
            assert AMONG.rows(session, {"these": list(range(length))}) == []
        return len(session.connection().info[driving.PREPARED])

    assert await work.run(ask) == 5
    await work.close()
