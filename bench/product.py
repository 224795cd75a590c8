"""The desk as a contender: HTTP, signature, dialog, rules, texts and notices; one process, as `make run` is.

Each teacher, who has greeted the desk before, writes a fault and answers what is asked: a report, its submission,
later words to it. Engineers are told, and delivery runs beside it or only between the rounds.
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from agreement.words import Role
from bench.contender import Contender, Request, Started
from bot import sample
from bot.clock import RealClock
from bot.house import House
from bot.mailbox import OutboxMailbox
from bot.running import Running
from bot.web.channel import WebChannel
from bot.web.links import Links
from bot.web.uploads import DiskUploads
from bot.workdays import load_calendar
from conversations.engine.messages import Incoming
from desk import seeding
from desk.rulebook import Rulebook
from storage.leasing import IS_WAITING
from storage.migrating import migrate

SECRET = "only-for-measuring-only-for-measuring"
SCHOOL = "第一中学"
TEACHERS = 64  # on each connection, so that nobody writes faster than a person might
CONNECTIONS = 16
WORDS = "302教室的成绩系统打不开了，下午两点有公开课，麻烦尽快。"
SIGNED_AT = datetime(2026, 1, 1, tzinfo=UTC)
REST = 0.05  # seconds between two looks
UNSENT = select(exists().where(IS_WAITING))
FOREVER = datetime(2100, 1, 1, tzinfo=UTC) - SIGNED_AT


def a_message(connection: int, number: int) -> Request:
    """Words on even numbers, the first of what was offered on odd ones; two of one teacher, then the next.

    No two words are alike: what is remembered of a sentence helps only within its own message.
    """
    account = _account(connection % CONNECTIONS, number // 2 % TEACHERS)
    said = {"id": str(number), "text": f"{WORDS}编号{connection}-{number}" if number % 2 == 0 else "1"}
    headers = (("Content-Type", "application/json"), ("Authorization", f"Bearer {_token(account)}"))
    return Request("/web/messages", json.dumps(said, ensure_ascii=False).encode(), headers)


def _account(connection: int, teacher: int) -> str:
    return f"bench-{connection}-{teacher}"


@cache
def _token(account: str) -> str:
    return Links(SECRET).make(account, SIGNED_AT, FOREVER)


Background = Callable[[House], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def delivering(house: House) -> AsyncIterator[None]:
    """Everything that runs beside the messages in earnest."""
    running = Running(house)
    await running.start()
    try:
        yield
    finally:
        await running.stop()


def receiving(_house: House) -> AbstractAsyncContextManager[None]:
    """Nothing beside the messages: what was written to the outbox is sent between the rounds."""
    return nullcontext()


Past = Callable[[House], Awaitable[None]]


async def nothing_before(_house: House) -> None:
    """A desk that has just begun."""


def product(name: str, url: str, background: Background, past: Past = nothing_before) -> Contender:
    """The desk on this empty database, with that past."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Started]:
        await migrate(url)
        with tempfile.TemporaryDirectory(prefix="yn-bench-") as folder:
            house = web_house(url, Path(folder))
            await house.work.run(lambda session: _seed(session, house.clock.now()))
            await _greet(house)
            await past(house)
            async with listening(house), background(house):
                yield Started((house.port,), lambda: _all_sent(house))

    return Contender(name, start, a_message)


def web_house(url: str, folder: Path) -> House:
    """The desk over this database, with the web chat."""
    house = a_house(url, folder)
    mailbox = OutboxMailbox(house.work, house.waking)
    house.add(WebChannel(Links(SECRET), mailbox, DiskUploads(folder), house.clock.now))
    return house


def a_house(url: str, media: Path) -> House:
    """The desk over this database, without a channel."""
    return House(database_url=url, secret_key=SECRET, media_dir=media, clock=RealClock(), release="bench")


@asynccontextmanager
async def listening(house: House) -> AsyncIterator[None]:
    """Its server is up for the length of the block."""
    await house.start("127.0.0.1", 0)
    try:
        yield
    finally:
        await house.stop()


async def _all_sent(house: House) -> None:
    """Nothing is left to do and to send: what delivery has in its hands is not due, and would slow who comes next."""
    await house.settle()
    while await house.work.read(lambda session: session.scalar(UNSENT)):
        await asyncio.sleep(REST)
        await house.settle()


async def _greet(house: House) -> None:
    """Every teacher has written once: the first message of a life makes its dialog and costs more than any other."""
    for connection in range(CONNECTIONS):
        accounts = [_account(connection, number) for number in range(TEACHERS)]
        await asyncio.gather(*(say(house, one, "你好") for one in accounts))
    await house.settle()


async def say(house: House, account: str, text: str) -> None:
    """A message of this teacher's before anything is measured; its words are its id."""
    now, external_id = house.clock.now(), f"{text}-{account}"
    await house.receiving.receive(
        Incoming(channel="web", account=account, chat=account, external_id=external_id, received_at=now, text=text)
    )


def _seed(session: Session, now: datetime) -> None:
    load_calendar(session, Rulebook(), now)
    sample.load(session, now)
    school = seeding.school(session, now, SCHOOL)
    for connection in range(CONNECTIONS):
        for number in range(TEACHERS):
            teacher = seeding.person(session, now, f"老师{connection}-{number}")
            seeding.member(session, now, teacher, Role.TEACHER, school)
            seeding.account(session, now, teacher, channel="web", external=_account(connection, number))
