"""Acts that say no before they write have no savepoint: a refusal finds nothing to take back."""

from collections.abc import Callable

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from conversations.flows.me import Draft
from conversations.playing import RefusedTooLateError, refusing_first
from conversations.standing import Standing
from desk import seeding
from storage.prepared import Prepared
from storage.tables import ChannelHold, Person
from storage.work import Last, Work, last
from tests.lifecycle.cast import NOW, cast
from texts.refused import Refused

HOLD = {"channel": "web", "until_at": NOW}
HELD = Prepared(insert(ChannelHold.__table__))  # type: ignore[arg-type]  # a mapped class has a Table
FOUND = Prepared(
    update(Person).where(Person.name == bindparam("who")).values(name="李老师").returning(Person.id)
)


def by_an_object(session: Session) -> None:
    session.add(ChannelHold(**HOLD))


def by_a_change(session: Session) -> None:
    session.scalars(select(Person)).one().name = "李老师"


def by_a_flush(session: Session) -> None:
    by_a_change(session)
    session.flush()


WAYS: dict[str, Callable[[Session], object]] = {
    "an object": by_an_object,
    "a change": by_a_change,
    "a flush": by_a_flush,
    "a statement": lambda session: session.execute(insert(ChannelHold), HOLD),
    "a prepared one": lambda session: HELD.run(session, HOLD),
    "one that waits": lambda session: HELD.run_later(session, HOLD),
    "one that returns": lambda session: FOUND.rows(session, {"who": "王老师"}),
    "many": lambda session: HELD.run(session, HOLD, {**HOLD, "channel": "telegram"}),
    "what is told": lambda session: last(session, Last.LANES, lambda _session, _told: None, "told"),
}


def refuse(session: Session, before: Callable[[Session], object]) -> None:
    with refusing_first(session):
        before(session)
        raise Refused("refused.no_ticket")


def look(session: Session) -> list[Person]:
    return list(session.scalars(select(Person)))


def state(session: Session) -> tuple[list[str], list[str]]:
    return list(session.scalars(select(Person.name))), list(session.scalars(select(ChannelHold.channel)))


@pytest.fixture(autouse=True)
async def somebody(work: Work) -> None:
    await work.run(lambda session: seeding.person(session, NOW, "王老师"))


@pytest.mark.parametrize("way", WAYS)
async def test_what_refuses_after_a_write_fails_the_whole_message(work: Work, way: str) -> None:
    """In whatever way it wrote; the message is kept as failed, and nothing of it is done by halves."""
    with pytest.raises(RefusedTooLateError):
        await work.run(lambda session: refuse(session, WAYS[way]))
    assert await work.read(state) == (["王老师"], [])


async def test_what_refuses_before_it_writes_takes_nothing_back(work: Work) -> None:
    """What the message had written before, flushed or not, stays."""

    def body(session: Session) -> str:
        by_a_change(session)
        HELD.run_later(session, HOLD)
        try:
            refuse(session, look)
        except Refused as no:
            return no.said.key
        return ""

    assert await work.run(body) == "refused.no_ticket"
    assert await work.read(state) == (["李老师"], ["web"])


async def test_what_is_wrong_after_a_question_put_to_somebody_else_is_not_filed(work: Work) -> None:
    """有问题 of a follow-up that is not this person's: said before anything is written."""
    people = await work.run(cast)
    draft = Draft(str(people.school), "打印机卡纸", "", "", "fault", (), NOW, None, None, confirmed=True)

    def body(session: Session) -> None:
        with refusing_first(session):
            Standing(people.sitting("reporter", session=session), "f99", [], tuple).report(draft)

    with pytest.raises(Refused):
        await work.run(body)
