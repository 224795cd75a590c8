"""Urgent tickets on New Year's Eve, while nobody knows the calendar of 2027; and the edition that comes then."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.day_files import read_days
from agreement.policy_file import DEFAULT
from agreement.words import Kind, Promise
from desk import calendar_editions, calendars, reporting
from desk.calendar_editions import Day
from desk.reporting import Matter
from desk.rulebook import Rulebook
from desk.sitting import Sitting
from storage.tables import Event, Outbox, PromiseRow
from tests.lifecycle.cast import NOW, Cast, cast

ZONE = DEFAULT.zone
NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月6日至12日放假调休，共7天。1月31日（周日）、2月14日（周日）上班。"""
EVE = datetime(2026, 12, 31, 14, 0, tzinfo=ZONE)
TOLD = {  # by plain weekends: the 1st is a Friday
    Promise.URGENT_CONTINGENCY: datetime(2027, 1, 2, tzinfo=ZONE),
    Promise.URGENT_FIX_PLAN: datetime(2027, 1, 6, tzinfo=ZONE),
}
RIGHT = {
    Promise.URGENT_CONTINGENCY: datetime(2027, 1, 5, tzinfo=ZONE),
    Promise.URGENT_FIX_PLAN: datetime(2027, 1, 7, tzinfo=ZONE),
}


def after(moment: datetime) -> timedelta:
    """How long after the cast's beginning that is."""
    return moment.astimezone(UTC) - NOW


def clock(people: Cast, session: Session, at: datetime, rulebook: Rulebook | None = None) -> Sitting:
    """The clock's sitting, in a process of its own where a rulebook is given."""
    sitting = people.sitting("", after(at))
    return Sitting(
        session=session,
        rulebook=rulebook or people.rulebook,
        actor=sitting.actor,
        at=sitting.at,
        now=sitting.now,
    )


def urgent_tickets(session: Session, count: int = 1) -> Cast:
    """The cast with so many urgent faults reported on New Year's Eve."""
    people = cast(session)
    for number in range(count):
        sitting = people.sitting("reporter", after(EVE))
        file(sitting, people, f"招生系统停了 {number}")
    return people


def file(sitting: Sitting, people: Cast, text: str) -> int:
    """An urgent fault of the reporter's school; the ticket's id."""
    matter = Matter(
        school_id=people.school, text=text, reported_at=sitting.at, kind=Kind.FAULT, urgent_at=sitting.at
    )
    actor = sitting.actor
    ticket = reporting.report(
        sitting, matter, reporter_id=actor.person_id, reporter_account_id=actor.account_id, channel="web"
    )
    return ticket.id


def publish(sitting: Sitting, text: str = NOTICE, edition: str = "2027") -> None:
    """Take the notice in."""
    read = read_days(text)
    days = _days(text, calendars.read(sitting.session).newest.years)
    calendar_editions.take_in(sitting, days, edition=edition, source="notice.txt", imported_by="周经理")
    assert read.year == 2027


def _days(text: str, years: frozenset[int]) -> dict[date, Day]:
    read = read_days(text)
    outside = {day: works for day, works in read.outside().items() if day.year in years}
    return {day: Day(works, read.name(day)) for day, works in (read.of_year() | outside).items()}


def dues(session: Session) -> list[Mapping[Promise, datetime]]:
    """The due times of the urgent plans of each ticket, in its order."""
    found: dict[int, dict[Promise, datetime]] = {}
    for row in session.scalars(select(PromiseRow).order_by(PromiseRow.ticket_id)):
        if Promise(row.promise) in TOLD:
            found.setdefault(row.ticket_id, {})[Promise(row.promise)] = row.due_at.astimezone(ZONE)
    return list(found.values())


def events(session: Session, name: str) -> list[int]:
    """Tickets with such an event, once for each."""
    return list(session.scalars(select(Event.ticket_id).where(Event.name == name).order_by(Event.id)))


def told(session: Session, notice: str) -> list[tuple[int | None, int | None]]:
    """(person, ticket) of everybody who was told so."""
    rows = session.execute(select(Outbox.person_id, Outbox.ticket_id, Outbox.body).order_by(Outbox.id))
    return [(person, ticket) for person, ticket, body in rows if body.get("notice") == notice]
