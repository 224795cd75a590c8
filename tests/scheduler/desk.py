"""A desk without channels: its people in tables, tickets by the real acts, the clocks' tick at any moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Kind
from desk.alarming import ring_what_is_due
from desk.alerting import sitting
from desk.reporting import Matter, report
from storage.tables import Alarm, Outbox, PromiseRow
from storage.work import Work
from tests.lifecycle.cast import NOW, Cast, cast

T = TypeVar("T")
MINUTE = timedelta(minutes=1)


@dataclass
class Desk:
    """The cast of the walk on one database."""

    work: Work
    people: Cast

    async def report(self, count: int = 1, kind: Kind = Kind.FAULT) -> list[int]:
        """So many tickets of the reporter at NOW; their ids."""
        return await self.work.run(lambda session: [self._report(session, kind) for _ in range(count)])

    def _report(self, session: Session, kind: Kind) -> int:
        matter = Matter(school_id=self.people.school, text="打不开", reported_at=NOW, kind=kind)
        who = self.people.actors["reporter"]
        house = self.people.sitting("reporter", session=session)
        ticket = report(
            house, matter, reporter_id=who.person_id, reporter_account_id=who.account_id, channel="web"
        )
        return ticket.id

    async def act(self, person: str, act: Callable[..., T], *given: object, at: datetime = NOW, **named: object) -> T:
        """One act of one person at that moment."""
        return await self.work.run(
            lambda session: act(self.people.sitting(person, at - NOW, session=session), *given, **named)
        )

    async def tick(self, at: datetime, most: int = 100) -> int:
        """One worker's tick; how many tickets it claimed in all."""
        done = 0
        while claimed := await self.work.run(lambda session: self._tick(session, at)):
            done += claimed
            assert done <= most
        return done

    def _tick(self, session: Session, at: datetime) -> int:
        return ring_what_is_due(sitting(session, self.people.rulebook, at))

    async def alarms(self) -> list[tuple[int, str, int]]:
        """(promise, stage, person) of everybody who was told, ever."""
        query = select(Alarm.promise_id, Alarm.stage, Alarm.person_id).order_by(Alarm.told_at, Alarm.promise_id)
        return await self.work.read(lambda session: [(row[0], row[1], row[2]) for row in session.execute(query)])

    async def told(self, notice: str = "alarm") -> list[tuple[int, int | None]]:
        """(person, ticket) of every message of this notice, in the order in which they wait."""
        query = select(Outbox.person_id, Outbox.ticket_id, Outbox.body).order_by(Outbox.id)
        rows = await self.work.read(lambda session: session.execute(query).all())
        return [(person, ticket) for person, ticket, body in rows if body.get("notice") == notice]

    async def clocks(self, ticket: int) -> dict[str, PromiseRow]:
        """The ticket's clocks by their names."""
        query = select(PromiseRow).where(PromiseRow.ticket_id == ticket)
        return await self.work.read(lambda session: {row.promise: row for row in session.scalars(query)})


async def open_desk(work: Work) -> Desk:
    """Seeded, empty of tickets."""
    return Desk(work, await work.run(cast))
