"""A desk in the middle of its work: who has said what, and what each of them says next, after the change of release.

Every line of the first half leaves a question open that an act of the second half ends.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from bot.clock import SetClock
from bot.house import House
from bot.mailbox import OutboxMailbox
from bot.web.channel import WebChannel
from bot.web.links import Links
from bot.web.uploads import DiskUploads
from conversations.engine.messages import Incoming
from storage.tables import Account, Outbox

NOW: Final = datetime(2026, 11, 23, 6, tzinfo=UTC)
SECRET: Final = "k" * 32
FOLDER: Final = Path(__file__).parent / "desks"


@dataclass(frozen=True)
class Next:
    """What somebody writes after the change, and a piece of what they read then."""

    account: str
    words: str
    reads: str


BEFORE: Final = (
    ("demo-liu", "教务系统导不出成绩单"),
    ("demo-liu", "确认提交"),
    ("demo-li", "接单 1"),
    ("demo-li", "出方案 1"),
    ("demo-li", "检查导出组件"),
    ("demo-sun", "201教室的打印机卡纸"),
    ("demo-sun", "确认提交"),
    ("demo-zhang", "接单 2"),
    ("demo-zhang", "完成 2"),
    ("demo-wang", "302教室的投影仪打不开"),
    ("demo-sun", "紧急 2"),
    ("demo-lin", "登记"),
    ("demo-lin", "第一中学"),
    ("demo-chen", "指派 1"),
    ("demo-liu", "补充 1"),
)
AFTER: Final = (
    Next("demo-wang", "确认提交", "#3 已登记"),
    Next("demo-li", "明天17:00", "请确认方案"),
    Next("demo-sun", "1", "不处理会造成什么"),
    Next("demo-zhang", "清了纸路", "#2 已完成"),
    Next("demo-lin", "王老师", "怎么来的"),
    Next("demo-chen", "张工", "原因"),
    Next("demo-liu", "高三的全都导不出", "已补充到 #1"),
)


def open_house(path: Path, media: Path) -> House:
    """The desk over this SQLite file, whose tables are up to date."""
    house = House(
        database_url=f"sqlite:///{path}", secret_key=SECRET, media_dir=media, clock=SetClock(NOW), release="test"
    )
    mailbox = OutboxMailbox(house.work, house.waking)
    house.add(WebChannel(Links(SECRET), mailbox, DiskUploads(media), house.clock.now))
    return house


async def say(house: House, account: str, words: str, number: int) -> None:
    """This person's message, and all that follows from it."""
    await house.receiving.receive(
        Incoming(
            channel="web", account=account, chat=account, external_id=f"kept-{number}", received_at=NOW, text=words
        )
    )
    await house.settle()


async def read_last(house: House, account: str) -> list[str]:
    """The newest messages of this person, the last first."""
    newest = select(Outbox.rendered).join(Account, Account.id == Outbox.account_id)
    mine = newest.where(Account.external == account, Outbox.state == "sent").order_by(Outbox.id.desc()).limit(3)
    shown = await house.work.read(lambda session: session.scalars(mine).all())
    return [str(one["text"]) for one in shown if one]
