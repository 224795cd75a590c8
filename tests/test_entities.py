"""Rows as objects: read by a prepared select, changed, written by a prepared update, forgotten by a rollback."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from desk import seeding
from storage.born import Born
from storage.entities import Entities
from storage.tables import Person
from storage.work import Work
from tests.test_databases import open_work
from tests.test_statements import counted

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BY_ID = Entities(Person, lambda rows: rows.where(Person.id.in_(bindparam("these", expanding=True))).order_by(Person.id))

BORN = Born(Person)
NEW = {"name": "赵工", "phone": "", "language": "zh", "created_at": NOON}


@pytest.fixture
async def work(database_url: str) -> AsyncIterator[Work]:
    """A database with 王老师 and 李工."""
    opened = open_work(database_url)
    await opened.run(lambda session: [seeding.person(session, NOON, name) for name in ("王老师", "李工")])
    yield opened
    await opened.close()


def both(session: Session) -> list[Person]:
    return BY_ID.found(session, {"these": [1, 2]})


def name_in_table(session: Session, person_id: int = 1) -> str:
    return str(session.scalar(select(Person.name).where(Person.id == person_id)))


async def test_only_what_differs_is_written_at_a_flush(work: Work) -> None:
    """One statement for both rows; a value set to what it was is no change, and nothing is written twice."""

    def change(session: Session) -> list[str]:
        wang, li = both(session)
        wang.phone = wang.phone
        with counted() as (statements, _):
            session.flush()
            assert statements == []
            wang.name, li.name = "王丽", "李强"
            session.flush()
            session.flush()
        return list(statements)

    (one,) = await work.run(change)
    assert one.startswith("UPDATE people SET name=")
    assert [one.name for one in await work.read(both)] == ["王丽", "李强"]


async def test_what_nobody_flushed_is_written_by_the_commit(work: Work) -> None:
    def change(session: Session) -> None:
        both(session)[0].name = "王丽"

    await work.run(change)
    assert await work.read(name_in_table) == "王丽"


async def test_a_new_row_and_a_changed_one_are_written_together(work: Work) -> None:
    def change(session: Session) -> None:
        both(session)[0].name = "王丽"
        session.add(Person(name="赵工", phone="", language="zh", created_at=NOON))

    await work.run(change)
    assert await work.read(lambda session: name_in_table(session, 3)) == "赵工"
    assert await work.read(name_in_table) == "王丽"


@pytest.mark.parametrize("flushed", [True, False])
async def test_a_savepoint_taken_back_takes_back_the_object(work: Work, flushed: bool) -> None:
    """Written or not: afterwards the object says what the table says, and the commit writes nothing of it."""

    def change(session: Session) -> tuple[str, str]:
        wang = both(session)[0]
        with suppress(ValueError), session.begin_nested():
            wang.name = "王丽"
            if flushed:
                session.flush()
            raise ValueError("refused")
        return wang.name, both(session)[0].name

    assert await work.run(change) == ("王老师", "王老师")
    assert await work.read(name_in_table) == "王老师"


async def test_what_a_savepoint_took_back_may_be_set_without_a_look(work: Work) -> None:
    """The object remembers nothing then, not even its key."""

    def change(session: Session) -> None:
        wang = both(session)[0]
        with suppress(ValueError), session.begin_nested():
            wang.name = "王丽"
            raise ValueError("refused")
        wang.name = "王芳"

    await work.run(change)
    assert await work.read(name_in_table) == "王芳"


async def test_a_savepoint_taken_back_takes_back_what_was_born_in_it(work: Work) -> None:
    """SQLite gives the next one the same number, and the session would take it for the other."""

    def change(session: Session) -> tuple[Person | None, str]:
        with suppress(ValueError), session.begin_nested():
            gone = BORN.insert(session, NEW)
            raise ValueError("refused")
        left = session.get(Person, gone.id)
        BORN.insert(session, NEW).name = "赵六"
        return left, gone.name

    assert await work.run(change) == (None, "赵工")
    names = await work.read(lambda session: session.scalars(select(Person.name).order_by(Person.id)).all())
    assert names == ["王老师", "李工", "赵六"]


async def test_a_savepoint_kept_keeps_the_change(work: Work) -> None:
    def change(session: Session) -> None:
        with session.begin_nested():
            both(session)[0].name = "王丽"

    await work.run(change)
    assert await work.read(name_in_table) == "王丽"


async def test_found_keeps_what_is_not_written_and_anew_does_not(work: Work) -> None:
    """A row that the session holds is the same object both times."""

    def read(session: Session) -> None:
        wang = both(session)[0]
        wang.name = "王丽"
        found = both(session)[0]
        assert (found is wang, found.name) == (True, "王丽")
        (anew, _) = BY_ID.anew(session, {"these": [1, 2]})
        assert (anew is wang, anew.name) == (True, "王老师")

    await work.run(read)
    assert await work.read(name_in_table) == "王老师"


async def test_a_moment_is_kept_as_utc_and_comes_back_so(work: Work) -> None:
    """Whatever zone it was told in; one without a zone is refused before it reaches the table."""
    told = datetime(2026, 11, 23, 20, 0, 0, 5, tzinfo=timezone(timedelta(hours=8)))

    def change(session: Session) -> None:
        both(session)[0].created_at = told

    def naive(session: Session) -> None:
        both(session)[0].created_at = datetime(2026, 11, 23, 20, 0)  # noqa: DTZ001 - the mistake that is refused

    await work.run(change)
    (kept, _) = await work.read(both)
    assert (kept.created_at, kept.created_at.tzinfo) == (NOON + timedelta(microseconds=5), UTC)
    with pytest.raises(ValueError, match="naive"):
        await work.run(naive)


async def test_a_moment_that_somebody_wrote_with_its_zone_is_that_moment(work: Work) -> None:
    """SQLite keeps text, and a hand on the table may write more of it than we do."""

    def write(session: Session) -> None:
        session.execute(text("UPDATE people SET created_at = '2026-11-23 20:00:00+08:00' WHERE id = 1"))

    await work.run(write)
    assert (await work.read(both))[0].created_at == NOON
