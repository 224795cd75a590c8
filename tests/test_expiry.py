"""What silence does to a dialog in the tables: nothing typed is lost, also where the flow is gone."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import sample
from bot.paper_links import PaperLinks
from bot.papers import Papers
from bot.reader import Reader
from bot.receiving import accept
from conversations.buttons import Signer
from conversations.engine.messages import Incoming, Media, MediaKind
from conversations.expiry import expire_what_is_due
from desk.rulebook import Rulebook
from records.office import Office
from storage.tables import Dialog, Outbox, Talk, Ticket
from storage.work import SqliteWork

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def reader() -> Reader:
    rulebook = Rulebook()
    papers = Papers(Office(), rulebook, PaperLinks("k" * 32, ""), Path("nowhere"))
    return Reader(rulebook, Signer(b"k" * 32), "test", papers)


def typed(
    session: Session, text: str, number: int, media: tuple[Media, ...] = (), account: str = "demo-wang"
) -> None:
    """A message of one teacher on the web."""
    accept(
        session,
        Incoming(
            channel="web",
            account=account,
            chat=account,
            external_id=str(number),
            received_at=NOW,
            text=text,
            media=media,
        ),
        reader(),
    )


def drop_the_flow(session: Session) -> None:
    """A deploy that takes the flow of the open dialog away."""
    row = session.scalars(select(Dialog)).one()
    row.state = json.loads(json.dumps(row.state).replace('"flow": "report"', '"flow": "taken_away"'))


def words_at_the_desk(session: Session) -> list[str]:
    return [one["words"] for talk in session.scalars(select(Talk)) for one in talk.words]


async def test_a_draft_whose_flow_a_deploy_took_away_goes_to_the_desk(sqlite_url: str) -> None:
    """By silence alone: nobody writes again. The words, and by name what was sent beside them."""
    work = SqliteWork(sqlite_url, lambda _: None)
    try:
        await work.run(lambda session: sample.load(session, NOW))
        photo = Media(kind=MediaKind.PHOTO, reference="u1", name="a.jpg")
        await work.run(lambda session: typed(session, "投影坏了", 1))
        await work.run(lambda session: typed(session, "", 2, (photo,)))
        await work.run(drop_the_flow)
        later = NOW + timedelta(days=2)
        done = await work.run(
            lambda session: expire_what_is_due(session, Rulebook(), Signer(b"k" * 32), later)
        )
        assert done == 1
        said = await work.read(words_at_the_desk)
        assert said[0] == "投影坏了"
        assert await work.read(lambda session: session.scalars(select(Ticket)).all()) == []
        assert await work.read(lambda session: len(session.scalars(select(Outbox)).all())) >= 1
    finally:
        await work.close()


def damage_one(session: Session) -> None:
    """What no code reads any more, in the dialog of one person."""
    row = session.scalars(select(Dialog).order_by(Dialog.id).limit(1)).one()
    row.state = {"frames": "not a list of frames"}


async def test_one_draft_that_breaks_stops_no_other(sqlite_url: str) -> None:
    """The others are filed, the broken one keeps what it holds, and the desk hears of it once."""
    work = SqliteWork(sqlite_url, lambda _: None)
    try:
        await work.run(lambda session: sample.load(session, NOW))
        await work.run(lambda session: typed(session, "投影坏了", 1))
        await work.run(lambda session: typed(session, "打印机卡纸", 2, account="demo-sun"))
        await work.run(damage_one)
        for minutes in (4, 15):
            later = NOW + timedelta(minutes=minutes)
            await work.run(
                lambda session: expire_what_is_due(session, Rulebook(), Signer(b"k" * 32), later)  # noqa: B023
            )
        assert await work.read(lambda session: session.scalars(select(Ticket.text)).all()) == ["打印机卡纸"]
        assert await work.read(lambda session: session.get_one(Dialog, 1).state) == {
            "frames": "not a list of frames"
        }
        alarms = select(Outbox).where(Outbox.telling.startswith("d1:"))
        assert await work.read(lambda session: len(session.scalars(alarms).all())) == 1
    finally:
        await work.close()


async def test_silence_that_had_a_dialog_is_counted_like_a_message(sqlite_url: str) -> None:
    """Who waited for it meanwhile must look again at what is open: it may have been filed."""
    work = SqliteWork(sqlite_url, lambda _: None)

    def turns(session: Session) -> int:
        return session.scalars(select(Dialog.turns)).one()

    try:
        await work.run(lambda session: sample.load(session, NOW))
        await work.run(lambda session: typed(session, "投影坏了", 1))
        assert await work.read(turns) == 0
        await work.run(lambda session: typed(session, "是302教室", 2))
        assert await work.read(turns) == 1
        await work.run(
            lambda session: expire_what_is_due(session, Rulebook(), Signer(b"k" * 32), NOW + timedelta(days=2))
        )
        assert await work.read(turns) == 2
    finally:
        await work.close()
