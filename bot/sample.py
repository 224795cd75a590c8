"""A sample vendor with two schools, so that a newcomer can play every part at once. Loaded into empty tables only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from agreement.words import Role
from desk import seeding
from desk.seeding import Named

WEB = "web"
SHIFT_LASTS = timedelta(days=3650)


@dataclass(frozen=True)
class Player:
    """One person of the sample. `account` is what the demo page signs a link for."""

    name: str
    account: str
    role: Role
    school: str = ""
    phone: str = ""


SCHOOLS: dict[str, tuple[Named, ...]] = {
    "第一中学": (
        Named(name="302教室", aliases=("302", "三楼302"), code="demo-room-302"),
        Named(name="机房", code="demo-room-lab"),
        Named(name="图书馆", aliases=("阅览室",), code="demo-room-library"),
        Named(name="5号楼", code="demo-room-5"),
    ),
    "第二中学": (
        Named(name="201教室", aliases=("201",), code="demo-room-201"),
        Named(name="多媒体教室", code="demo-room-media"),
    ),
}
SYSTEMS = (
    Named(name="成绩系统", aliases=("成绩管理系统", "查分系统")),
    Named(name="教务系统", aliases=("教务",)),
    Named(name="选课系统", aliases=("选课",)),
    Named(name="检索机", aliases=("检索系统",)),
)
PLAYERS = (
    Player("王老师", "demo-wang", Role.TEACHER, "第一中学", "13800000001"),
    Player("刘主任", "demo-liu", Role.REPRESENTATIVE, "第一中学", "13800000002"),
    Player("孙老师", "demo-sun", Role.TEACHER, "第二中学", "13800000003"),
    Player("李工", "demo-li", Role.ENGINEER, phone="13900000001"),
    Player("张工", "demo-zhang", Role.ENGINEER, phone="13900000002"),
    Player("陈主管", "demo-chen", Role.LEAD, phone="13900000003"),
    Player("林客服", "demo-lin", Role.DESK, phone="13900000004"),
    Player("赵文档", "demo-zhao", Role.ARCHIVIST, phone="13900000005"),
    Player("周经理", "demo-zhou", Role.MANAGER, phone="13900000006"),
)


def load(session: Session, now: datetime) -> bool:
    """The sample, unless anybody is there already. True if it was loaded."""
    if seeding.anybody(session):
        return False
    schools = {
        name: seeding.school(session, now, name, rooms=rooms, systems=SYSTEMS)
        for name, rooms in SCHOOLS.items()
    }
    for school_id in schools.values():
        seeding.contract(
            session,
            now,
            school_id,
            accepted_on=_months_ago(now, 6),
            delivered_on=_months_ago(now, 7),
            deposit_fen=5_000_000,
        )
    for player in PLAYERS:
        _join(session, now, player, schools)
    return True


def _join(session: Session, now: datetime, player: Player, schools: dict[str, int]) -> None:
    person = seeding.person(session, now, player.name, phone=player.phone)
    seeding.member(session, now, person, player.role, schools.get(player.school))
    seeding.account(session, now, person, channel=WEB, external=player.account)
    if player.role is Role.ENGINEER:
        seeding.shift(session, person, starts_at=now - timedelta(days=1), ends_at=now + SHIFT_LASTS)


def _months_ago(now: datetime, months: int) -> date:
    return (now - timedelta(days=30 * months)).date()
