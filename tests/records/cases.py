"""Real cases, brought about by real acts, three of them with the longest realistic words, and a desk to act at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import Engine, create_engine, update
from sqlalchemy.orm import Session

from agreement.words import Cause, Harm, Kind, Role
from bot.workdays import published
from desk import (
    acceptance,
    agreeing,
    archiving,
    customers,
    finishing,
    handling,
    opinions,
    planning,
    reporting,
    seeding,
)
from desk.case_file import CaseFile
from desk.case_reading import case_file
from desk.reporting import Sent
from desk.rulebook import Rulebook
from desk.seeding import Named
from desk.sitting import THE_CLOCK, Actor, Sitting
from records import closing
from records.office import Office as PrintingOffice
from storage.session import DeskSession
from storage.tables import Attachment, Contract, Table, Ticket
from storage.work import do_last

NOW = datetime(2026, 11, 23, 6, 2, tzinfo=UTC)  # Monday 14:02 in Shanghai
SCHOOL = "江州市高新技术产业开发区第一实验中学（东校区）"
PEOPLE: Mapping[str, tuple[str, Role, str]] = {
    "reporter": ("欧阳慕雪", Role.TEACHER, "13812348000"),
    "representative": ("王秀兰", Role.REPRESENTATIVE, "13900010002"),
    "engineer": ("李建国", Role.ENGINEER, "13700010003"),
    "lead": ("陈主管", Role.LEAD, "13700010004"),
    "desk": ("陈静", Role.DESK, "13700010005"),
    "archivist": ("赵喆", Role.ARCHIVIST, "13700010006"),
    "manager": ("周经理", Role.MANAGER, "13700010007"),
}
REPORT = (
    "今天上午第二节课开始，教务处三位老师在成绩管理系统的“期末成绩录入”页面保存成绩时一直转圈，大约四十秒后弹出"
    "“网络超时（错误码 ORA-01013）”，刷新以后刚录入的内容全部丢失。涉及初二年级十二个班、约六百名学生；换过 Edge "
    "和 Chrome 两种浏览器、换过两台电脑，现象一样。昨天下午还是正常的。期末成绩须在本周五（11月27日）18:00前报教育局，"
    "请尽快处理。另外：导出 Excel 时，“平均分”一列出现 #DIV/0!，不知是否同一个原因。"
)
CAUSE = (
    "经远程登录应用服务器和数据库检查：昨晚备份任务未正常结束，锁住了成绩表 T_SCORE；保存语句等待锁超过四十秒后被"
    "连接池中断，因此页面提示超时。已结束遗留的备份会话并重新统计索引，连续保存六百条成绩，平均每条0.3秒，恢复正常；"
    "备份任务已改为凌晨两点执行，并增加超时退出。导出的 #DIV/0! 由两个班缺考全空造成，属正常显示。"
)
REASON = (
    "经核对，贵校反映的“查询页面只显示本学期成绩”是系统按教务处今年九月的书面要求设置的默认筛选条件，历史成绩没有"
    "丢失。操作方法：在查询页面右上角点“学期”，选择“全部学期”，再点“查询”即可；也可以点“保存为默认”，以后打开就是"
    "全部学期。已电话指导，附操作说明一页。"
)
OPINION = (
    "李工响应很快，不到五分钟就有人接单，处理过程中也一直告诉我们进展，态度很好。希望以后备份安排在夜里，并且在系统"
    "忙的时候给一个明白的提示，不要让老师以为成绩已经保存了。"
)
LONG_STEPS = 24


@dataclass
class Office:
    """A desk over tables in memory, with a clock that the case sets."""

    session: Session
    rulebook: Rulebook
    actors: Mapping[str, Actor]
    school: int
    at: datetime = NOW

    def sits(self, person: str) -> Sitting:
        """This person now; "" is the clock. A minute passes with every act."""
        self.at += timedelta(minutes=1)
        actor = self.actors[person] if person else THE_CLOCK
        return Sitting(session=self.session, rulebook=self.rulebook, actor=actor, at=self.at, now=self.at)

    def wait(self, **length: float) -> None:
        self.at += timedelta(**length)

    def report(self, text: str, *, photos: int = 0, kind: Kind = Kind.FAULT) -> int:
        """A report of the teacher; the ticket's id."""
        actor = self.actors["reporter"]
        matter = reporting.Matter(
            school_id=self.school,
            text=text,
            reported_at=self.at,
            kind=kind,
            place="教学楼三楼 教务处",
            system="成绩管理系统",
            sent=tuple(_photo(number) for number in range(1, photos + 1)),
        )
        ticket = reporting.report(
            self.sits("reporter"),
            matter,
            reporter_id=actor.person_id,
            reporter_account_id=actor.account_id,
            channel="wechat",
        )
        self.session.flush()
        do_last(self.session)
        # No platform is there to fetch the photos from.
        self.session.execute(update(Attachment).where(Attachment.ticket_id == ticket.id).values(state="failed"))
        return ticket.id

    def leave(self) -> None:
        """Give the tables in memory up, in the thread that made them."""
        engine = self.session.get_bind()
        self.session.close()
        if isinstance(engine, Engine):
            engine.dispose()

    def file(self, ticket_id: int) -> CaseFile:
        """The case as it stands now."""
        return case_file(self.sits("desk"), self.session.get_one(Ticket, ticket_id))


def close_records(desk: Office, office: PrintingOffice, times: int = 20) -> None:
    """What the job does: until nothing is left to close."""
    for _ in range(times):
        found = closing.due_now(desk.session, desk.rulebook, office, desk.at)
        for one in found:
            house = Sitting(
                session=desk.session, rulebook=desk.rulebook, actor=THE_CLOCK, at=desk.at, now=desk.at
            )
            closing.keep(house, one, closing.counted(one, office))
        if not found:
            return
    raise AssertionError("closing does not come to an end")


def _photo(number: int) -> Sent:
    return Sent(channel="web", kind="photo", reference="", name=f"成绩录入超时截图-{number}.jpg")


def office() -> Office:
    """Empty tables with one school, its contract and everybody of the case."""
    engine = create_engine("sqlite://")
    Table.metadata.create_all(engine)
    return office_at(DeskSession(engine, expire_on_commit=False))


def office_at(session: Session) -> Office:
    """The same over tables that are there."""
    seeding.calendar(session, published(range(2025, 2027)), "2026")
    school = seeding.school(session, NOW, SCHOOL, systems=[Named(name="成绩管理系统")])
    contract = seeding.contract(
        session,
        NOW,
        school,
        accepted_on=date(2026, 3, 1),
        delivered_on=date(2026, 2, 1),
        deposit_fen=5_000_000,
    )
    session.get_one(Contract, contract).number = "JZGX-XXH-2026-017"
    return Office(session, Rulebook(), {key: _join(session, school, key) for key in PEOPLE}, school)


def _join(session: Session, school: int, key: str) -> Actor:
    name, role, phone = PEOPLE[key]
    person = seeding.person(session, NOW, name, phone=phone)
    where = school if role in {Role.TEACHER, Role.REPRESENTATIVE} else None
    seeding.member(session, NOW, person, role, where)
    account = seeding.account(session, NOW, person, channel="wechat", external=f"o-{key}")
    if role is Role.ENGINEER:
        seeding.shift(session, person, starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(days=30))
    return Actor(
        person_id=person, account_id=account, name=name, channel="wechat", memberships=((where, role),)
    )


def settled_at_once(desk: Office) -> int:
    """(a): nine photos, a long report, a long cause, an opinion in words."""
    ticket = desk.report(REPORT, photos=9)
    handling.acknowledge(desk.sits("engineer"), ticket)
    customers.add(desk.sits("reporter"), ticket, words="刚才又试了一次，还是超时，第三次了。")
    handling.answer(desk.sits("engineer"), ticket, words="已定位到数据库锁，正在处理，十分钟内给您答复。")
    desk.wait(minutes=9)
    finishing.done(desk.sits("engineer"), ticket, words=CAUSE)
    opinions.solved(desk.sits("reporter"), ticket)
    opinions.rate(desk.sits("reporter"), ticket, mark=5)
    opinions.add_words(desk.sits("reporter"), ticket, words=OPINION)
    archiving.close(desk.sits("desk"), ticket)
    archiving.archive(desk.sits("archivist"), ticket)
    return ticket


ORDINARY = (
    # a step of the plan, and what was said when it was done
    ("更换投影服务的驱动版本并测试", "已更换驱动，连续播放半小时正常"),
    ("恢复课表联动并请老师确认", "课表联动恢复，老师已试用"),
)


FREE: Final = planning.Fee(mode="free", clause="coverage.in_warranty")
PAID: Final = planning.Fee(mode="paid", clause="coverage.after_warranty", fen=128_050)


def ordinary(desk: Office, steps: int = 2, fee: planning.Fee = FREE) -> int:
    """What a school has every week: a short report, a plan of a step or two, agreed, done, accepted, closed."""
    ticket = desk.report("三年级2班投影黑屏，重启没用，下节课要用。")
    handling.acknowledge(desk.sits("engineer"), ticket)
    desk.wait(minutes=20)
    plan = [
        planning.Step(what=what, due_at=desk.at + timedelta(days=1, hours=hours))
        for hours, (what, _) in enumerate(ORDINARY[:steps])
    ]
    planning.propose(desk.sits("engineer"), ticket, steps=plan, fee=fee)
    agreeing.agree(desk.sits("representative"), ticket)
    for number, (_, words) in enumerate(ORDINARY[:steps], start=1):
        desk.wait(minutes=40)
        finishing.done(desk.sits("engineer"), ticket, step=number, words=words)
    acceptance.accept(desk.sits("lead"), ticket)
    opinions.solved(desk.sits("reporter"), ticket)
    opinions.rate(desk.sits("reporter"), ticket, mark=5)
    archiving.close(desk.sits("desk"), ticket)
    return ticket


def deep_with_a_failed_acceptance(desk: Office, steps: int = LONG_STEPS) -> int:
    """(b): urgent, a plan of four pages discussed once, a visit, acceptance that failed and passed, a low mark."""
    ticket = desk.report(REPORT, photos=9)
    handling.acknowledge(desk.sits("engineer"), ticket)
    customers.declare_urgent(desk.sits("reporter"), ticket)
    customers.state_urgency(desk.sits("reporter"), ticket, cause=Cause.BUSINESS, harm=Harm.INTERRUPTION)
    desk.wait(minutes=40)
    fee = planning.Fee(mode="paid", fen=140_950)
    planning.propose(desk.sits("engineer"), ticket, steps=_steps(desk, steps), fee=fee)
    agreeing.discuss(
        desk.sits("representative"), ticket, words="费用应在质保期内免除；第三步请安排在周六，不影响上课。"
    )
    free = planning.Fee(mode="free", clause="coverage.in_warranty")
    planning.propose(desk.sits("engineer"), ticket, steps=_steps(desk, steps), fee=free)
    agreeing.agree(desk.sits("representative"), ticket)
    handling.depart(desk.sits("engineer"), ticket)
    desk.wait(minutes=35)
    handling.arrive(desk.sits("engineer"), ticket, place={"latitude": 31.2, "longitude": 121.5})
    for number in range(1, steps + 1):
        desk.wait(minutes=20)
        finishing.done(
            desk.sits("engineer"), ticket, step=number, words=f"第{number}步已按方案完成，{CAUSE[:60]}"
        )
    acceptance.reject(
        desk.sits("lead"),
        ticket,
        words="初二（3）班仍有一名学生的平均分不对，且历史学期的汇总没有重新计算，请一并修正后重新提交验收。",
    )
    desk.wait(hours=2)
    finishing.done(
        desk.sits("engineer"),
        ticket,
        words="已修正缺考学生的平均分算法，并重新计算近三个学期的汇总，逐班核对无误。",
    )
    acceptance.accept(desk.sits("lead"), ticket)
    opinions.solved(desk.sits("reporter"), ticket)
    opinions.rate(desk.sits("reporter"), ticket, mark=2)
    opinions.add_words(desk.sits("reporter"), ticket, words="问题解决了，但是前后等了一天，影响了报送。")
    archiving.close(desk.sits("desk"), ticket)
    archiving.archive(desk.sits("archivist"), ticket)
    return ticket


def _steps(desk: Office, count: int) -> list[planning.Step]:
    what = (
        "编写并在测试环境验证新的成绩汇总存储过程：按班级分批提交、对缺考与缓考分别处理、失败自动回滚；准备回退脚本，"
        "完成后由教务处抽查两个班级共九十名学生的成绩，逐项核对总分、平均分和名次"
    )
    return [
        planning.Step(what=what, due_at=desk.at + timedelta(days=1, hours=number))
        for number in range(1, count + 1)
    ]


def not_needed(desk: Office) -> int:
    """(c): a receipt that nobody objects to."""
    ticket = desk.report(
        "成绩查询页面只能看到本学期的成绩，以前学期的都没有了，是不是丢失了？", kind=Kind.CONSULTATION
    )
    handling.acknowledge(desk.sits("engineer"), ticket)
    finishing.decline(desk.sits("engineer"), ticket, words=REASON)
    customers.do_not_object(desk.sits("reporter"), ticket)
    archiving.archive(desk.sits("archivist"), ticket)
    return ticket


def closable(desk: Office) -> int:
    """Done and said to be solved: the desk may close it."""
    ticket = desk.report("打印机卡纸")
    finishing.done(desk.sits("engineer"), ticket, words="已取出卡纸")
    opinions.solved(desk.sits("reporter"), ticket)
    return ticket


def propose(desk: Office, ticket: int, *, fen: int) -> None:
    """A paid plan of one step."""
    step = planning.Step(what="增加按班级导出", due_at=desk.at + timedelta(days=5))
    planning.propose(desk.sits("engineer"), ticket, steps=[step], fee=planning.Fee(mode="paid", fen=fen))


def silent(desk: Office) -> int:
    """Done, asked, and nobody ever answered."""
    ticket = desk.report("打印机卡纸")
    finishing.done(desk.sits("engineer"), ticket, words="已取出卡纸")
    desk.wait(days=7)
    opinions.silence_stands(desk.sits(""), desk.session.get_one(Ticket, ticket))
    return ticket


def with_a_note(desk: Office) -> int:
    """A note among colleagues, on a case that otherwise goes to its end."""
    ticket = desk.report("打印机卡纸")
    handling.note(desk.sits("engineer"), ticket, words="内部备注：这台打印机是我们的备机")
    finishing.done(desk.sits("engineer"), ticket, words="已取出卡纸")
    return ticket
