"""What a message knows of its writer when it has waited for the message before."""

import asyncio
from functools import partial

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

from desk import reporting, seeding, talking
from desk.showing import OPEN, viewer
from desk.sitting import Actor
from storage import talk
from storage.around import Around, around
from storage.arriving import arrive
from storage.prepared import Row
from storage.tables import Account, Dialog
from storage.work import PostgresWork
from tests.lifecycle.cast import NOW, Cast, cast
from tests.lifecycle.deeds import bring
from tests.test_databases import NOON

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


def message(number: str, account: str = "stranger") -> Row:
    return talk.message_row(
        channel="web",
        external_id=number,
        account=account,
        chat=account,
        received_at=NOON,
        sent_at=None,
        message={},
        raw="",
    )


def meet(session: Session) -> talk.Who:
    return talk.who_wrote(session, channel="web", external="stranger", chat="stranger", language="zh", now=NOON)


def open_things(session: Session) -> tuple[Cast, int]:
    """A ticket of the reporter and of a passer-by, and talks with two people; the passer-by's account."""
    people = cast(session)
    account = Account(channel="web", external="passer-by", chat="passer-by", created_at=NOW)
    session.add(account)
    session.flush()
    reporting.report(
        people.sitting("", session=session).by_the_clock(),
        reporting.Matter(school_id=people.school, text="走廊的大屏不亮了，请快点来看看", reported_at=NOW),
        reporter_id=None,
        reporter_account_id=account.id,
        channel="web",
    )
    for case in ("registered", "closed"):
        bring(people, case)
    for name in ("reporter", "colleague"):
        talking.ask_human(people.sitting(name))
    session.flush()
    return people, account.id


def begin_dialogs(session: Session) -> None:
    """Of everybody who has an account: with the first message of a chat nothing comes."""
    for account in session.scalars(select(Account)).all():
        talk.locked_dialog(session, account.id, account.chat)


def come_in(name: str, session: Session) -> Around | None:
    arrived = arrive(session, message(f"m-{name}", name), OPEN)
    assert arrived is not None
    assert arrived.met is not None
    return arrived.met.around


async def test_with_a_message_comes_what_its_writer_would_find_by_asking(on_postgres: PostgresWork) -> None:
    """For everybody, and of nobody else."""
    people, passer_by = await on_postgres.run(open_things)
    await on_postgres.run(begin_dialogs)
    actors = {**people.actors, "passer-by": Actor(account_id=passer_by)}
    seen = {name: await on_postgres.run(partial(come_in, name)) for name in actors}
    for name, actor in actors.items():
        asked = await on_postgres.read(partial(around, viewer=viewer(actor), states=OPEN))
        assert seen[name] == (asked if actor.person_id is not None else None), name  # strangers are looked at again
    assert {name for name, one in seen.items() if one and one.own} == {"reporter", "follower"}
    assert {name for name, one in seen.items() if one and one.talk_id} == {"reporter", "colleague"}


async def until_the_next_waits(work: PostgresWork, held: asyncio.Event) -> None:
    """The dialog is held; go on when another message hangs on it."""
    held.set()
    while not await work.read(lambda session: session.scalar(WAITING)):
        pass


async def test_whoever_waits_for_a_dialog_that_is_erased_looks_again(on_postgres: PostgresWork) -> None:
    """What was reported is worded anew by the erasure: the old words must not come back on a button."""
    people, _ = await on_postgres.run(open_things)
    await on_postgres.run(begin_dialogs)
    erasing = asyncio.Event()

    def erase(session: Session) -> None:
        session.execute(delete(Dialog).where(Dialog.account_id == people.actors["reporter"].account_id))
        await_only(until_the_next_waits(on_postgres, erasing))

    going = asyncio.ensure_future(on_postgres.run(erase))
    await erasing.wait()
    assert await on_postgres.run(partial(come_in, "reporter")) is None
    await going


async def test_a_stranger_whom_the_message_before_binds_is_no_stranger_to_the_next(on_postgres: PostgresWork) -> None:
    """It would be reported as a stranger's after theirs were handed over, and they would never see it again."""
    await on_postgres.run(meet)
    bound = asyncio.Event()

    def bind(session: Session) -> int:
        arrived = arrive(session, message("1"), OPEN)
        assert arrived is not None
        assert arrived.met is not None
        assert arrived.met.who.person_id is None
        assert arrived.met.around is None  # the first of this chat
        person = seeding.person(session, NOON, "王老师")
        session.execute(update(Account).where(Account.id == arrived.met.who.account_id).values(person_id=person))
        await_only(until_the_next_waits(on_postgres, bound))
        return person

    def come(session: Session) -> int | None:
        arrived = arrive(session, message("2"), OPEN)
        assert arrived is not None
        assert arrived.met is not None
        assert arrived.met.around is None  # to be looked at again
        return arrived.met.who.person_id

    binding = asyncio.ensure_future(on_postgres.run(bind))
    await bound.wait()
    assert await on_postgres.run(come) == await binding
