"""A flow that breaks loses no message: it is kept as failed, said honestly, and tried again by the next release."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import sample
from bot.channel import Reception
from bot.paper_links import PaperLinks
from bot.papers import Papers
from bot.reader import Reader
from bot.receiving import Receiving
from bot.retrying import retry_failed
from conversations import commanding, router
from conversations.buttons import Signer
from conversations.engine.messages import Incoming
from conversations.exchange import Exchange, Remembered, Turnout
from desk.rulebook import Rulebook
from desk.sitting import Sitting
from records.office import Office
from storage.tables import Inbox, Outbox, Ticket
from storage.work import Work
from tests.test_databases import open_work

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


class Stopped:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


@pytest.fixture
async def work(database_url: str) -> AsyncIterator[Work]:
    """A desk with the sample's people."""
    opened = open_work(database_url)
    await opened.run(lambda session: sample.load(session, NOW))
    yield opened
    await opened.close()


def reader(release: str) -> Reader:
    """What a process of that release reads with."""
    rulebook = Rulebook()
    papers = Papers(Office(), rulebook, PaperLinks("k" * 32, ""), Path("nowhere"))
    return Reader(rulebook, Signer(b"k" * 32), release, papers)


def words(number: int, text: str) -> Incoming:
    """A message of one of the sample's teachers."""
    return Incoming(
        channel="web", account="demo-wang", chat="demo-wang", external_id=str(number), received_at=NOW, text=text
    )


def broken_route(sitting: Sitting, remembered: Remembered, incoming: Incoming, signer: Signer) -> Turnout:
    """A bug that shows after something was written."""
    commanding.report(Exchange(sitting, remembered, incoming, signer))
    raise ZeroDivisionError


async def test_a_message_on_which_a_flow_breaks_is_kept_and_tried_again(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept once, said once, undone wholly; the next release understands it, this one leaves it alone."""
    receiving = Receiving(work, Stopped(), reader("old"))
    message = words(1, "302教室的成绩系统打不开了")
    with monkeypatch.context() as patched:
        patched.setattr(router, "route", broken_route)
        assert (await receiving.receive(message)).reception is Reception.FAILED
    assert (await receiving.receive(message)).reception is Reception.SEEN

    assert await work.read(lambda session: session.scalars(select(Inbox.state)).all()) == ["failed"]
    assert await work.read(_replies) == 1
    assert await work.run(lambda session: retry_failed(session, reader("old"), NOW)) == 0
    assert await work.run(lambda session: retry_failed(session, reader("new"), NOW)) == 1
    assert await work.read(lambda session: session.scalars(select(Inbox.state)).all()) == ["done"]

    await receiving.receive(words(2, "确认提交"))
    assert await work.read(lambda session: session.scalars(select(Ticket.text)).all()) == [message.text]


async def test_what_breaks_again_stays_for_the_release_after(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tried once by each release; the message is still there."""
    receiving = Receiving(work, Stopped(), reader("old"))
    monkeypatch.setattr(router, "route", broken_route)
    await receiving.receive(words(1, "302教室的成绩系统打不开了"))
    assert await work.run(lambda session: retry_failed(session, reader("new"), NOW)) == 1
    assert await work.run(lambda session: retry_failed(session, reader("new"), NOW)) == 0
    rows = await work.read(lambda session: session.execute(select(Inbox.state, Inbox.release)).all())
    assert [tuple(row) for row in rows] == [("failed", "new")]


def _replies(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Outbox).where(Outbox.weight == "reply")) or 0
