"""A statement over many rows does to them what it does to one: on both databases, in order, whatever their number."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from sqlalchemy import Table, select, update

from storage.many import insert_many, many
from storage.queueing import queue
from storage.tables import ChannelHold, PolicyRow
from tests.test_databases import open_work

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOLDS = cast("Table", ChannelHold.__table__)
HELD = insert_many(
    HOLDS,
    ("channel", "until_at"),
    lambda new: new.on_conflict_do_nothing().returning(HOLDS.c.channel, HOLDS.c.until_at),
)
MOVED = many(
    {"of": HOLDS.c.channel.type, "until": HOLDS.c.until_at.type},
    lambda new: update(HOLDS).where(HOLDS.c.channel == new["of"]).values(until_at=new["until"]),
)
POLICIES = cast("Table", PolicyRow.__table__)
STORED = insert_many(POLICIES, ("digest", "text", "overrides", "created_at"), lambda new: new)


@pytest.mark.parametrize("count", [1, 2, 300])
async def test_what_is_there_already_is_left_out_of_what_comes_back(database_url: str, count: int) -> None:
    """Also where the same row comes twice in one go."""
    work = open_work(database_url)
    rows = [{"channel": f"c{one}", "until_at": NOON} for one in range(count)]
    await work.run(lambda session: HELD.run(session, rows[:1]))
    made = await work.run(lambda session: HELD.rows(session, [*rows, *rows]))
    assert sorted(made) == sorted((f"c{one}", NOON) for one in range(1, count))
    await work.close()


@pytest.mark.parametrize("count", [0, 1, 2, 300])
async def test_each_row_is_given_its_own_values(database_url: str, count: int) -> None:
    """A row that is not named stays as it was."""
    work = open_work(database_url)
    names = [f"c{one}" for one in range(count)]
    await work.run(lambda session: HELD.run(session, [{"channel": one, "until_at": NOON} for one in [*names, "other"]]))
    then = {name: NOON + timedelta(minutes=place) for place, name in enumerate(names)}
    await work.run(lambda session: MOVED.run(session, [{"of": one, "until": at} for one, at in then.items()]))
    query = select(HOLDS.c.channel, HOLDS.c.until_at)
    held = await work.read(lambda session: {row[0]: row[1] for row in session.execute(query)})
    assert held == {**then, "other": NOON}
    await work.close()


@pytest.mark.parametrize("overrides", [[{"a": "一"}], [{}, {"a": "'\"\\{}"}, {"b": ""}]])
async def test_rows_are_numbered_in_their_order_and_keep_their_json(
    database_url: str, overrides: Sequence[dict[str, str]]
) -> None:
    """Messages wait in the order of their numbers."""
    work = open_work(database_url)
    rows = [
        {"digest": f"d{place}", "text": "", "overrides": one, "created_at": NOON} for place, one in enumerate(overrides)
    ]
    await work.run(lambda session: STORED.run(session, rows))
    query = select(PolicyRow.overrides).order_by(PolicyRow.id)
    assert list(await work.read(lambda session: session.scalars(query).all())) == list(overrides)
    await work.close()


async def test_nothing_to_tell_opens_no_lane(database_url: str) -> None:
    work = open_work(database_url)
    await work.run(lambda session: queue(session, [], []))
    await work.close()
