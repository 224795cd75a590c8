"""A school with a contract whose deposit may be deducted from, and tickets whose promises are missed on purpose."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.books import wrongs
from agreement.words import Kind, PenaltyState
from bot.house import open_work
from bot.waking import Waking
from desk import reporting, seeding
from desk.alarming import ring_what_is_due
from desk.entries import as_booked
from desk.rulebook import shipped, store_policy
from desk.sitting import Sitting
from storage.tables import Contract, Event, Penalty, Ticket
from storage.work import Body
from tests.lifecycle.cast import NOW, Cast, cast

T = TypeVar("T")
DEPOSIT = 120_000


class Ground:
    """The cast with a contract. Moments are minutes after the story's beginning."""

    def __init__(
        self, session: Session, *, deposit_fen: int = DEPOSIT, penalised: Sequence[str] = ()
    ) -> None:
        self.cast: Cast = cast(session)
        self.session = session
        self.contract_id = seeding.contract(
            session,
            NOW,
            self.cast.school,
            accepted_on=NOW.date(),
            delivered_on=NOW.date(),
            deposit_fen=deposit_fen,
        )
        if penalised:
            names = ", ".join(f'"{one}"' for one in penalised)
            text = shipped().replace('promises = ["urgent-dispatch"]', f"promises = [{names}]")
            contract = session.get_one(Contract, self.contract_id)
            contract.policy_id = store_policy(session, now=NOW, text=text)
            session.flush()

    @staticmethod
    def dearer(session: Session) -> int:
        """Another policy: a missed dispatch costs ￥800."""
        return store_policy(session, now=NOW, text=shipped().replace('yuan = "500.00"', 'yuan = "800.00"'))

    def sitting(self, person: str, minutes: float = 0, *, heard: float | None = None) -> Sitting:
        """This person's; `heard` is when the desk had it, later than the act counts."""
        at = self.cast.sitting(person, timedelta(minutes=minutes))
        return (
            at
            if heard is None
            else Sitting(
                session=self.session,
                rulebook=at.rulebook,
                actor=at.actor,
                at=at.at,
                now=NOW + timedelta(minutes=heard),
            )
        )

    def report(
        self, minutes: float = 0, *, kind: Kind = Kind.FAULT, urgent: bool = False, school: int | None = -1
    ) -> Ticket:
        """A report of that minute, urgent from its first words or not; school None: nobody knows whose."""
        at = NOW + timedelta(minutes=minutes)
        matter = reporting.Matter(
            school_id=self.cast.school if school == -1 else school,
            text="连不上",
            reported_at=at,
            kind=kind,
            urgent_at=at if urgent else None,
        )
        return reporting.report(
            self.sitting("reporter", minutes),
            matter,
            reporter_id=self.cast.id_of("reporter"),
            reporter_account_id=self.cast.actors["reporter"].account_id,
            channel="web",
        )

    def tick(self, minutes: float) -> None:
        """The clock, until nothing is due."""
        self.session.flush()
        while ring_what_is_due(self.sitting("", minutes)):
            pass
        self.session.flush()

    def entries(self) -> list[Penalty]:
        """Every entry, the oldest first."""
        return list(self.session.scalars(select(Penalty).order_by(Penalty.id)))

    def states(self) -> list[str]:
        return [one.state for one in self.entries()]

    def events(self, ticket: Ticket) -> list[str]:
        """The names of what stands in the books of this ticket."""
        names = select(Event.name).where(Event.ticket_id == ticket.id).order_by(Event.id)
        return [
            one for one in self.session.scalars(names) if one.startswith(("penalty", "promise_b", "breach"))
        ]

    def wrongs(self) -> list[str]:
        """What does not add up."""
        deposit = self.session.get_one(Contract, self.contract_id).deposit_fen
        return wrongs(deposit, [as_booked(one) for one in self.entries()])

    def missed_dispatch(self, minutes: float = 0) -> Penalty:
        """One more claimable entry: an urgent fault of that minute, to which nobody was sent."""
        ticket = self.report(minutes, urgent=True)
        self.tick(minutes + 61)
        return self.session.scalars(select(Penalty).where(Penalty.ticket_id == ticket.id)).one()


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """What happens within is rolled back."""
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        session.expire_all()


async def on(url: str, body: Body[T]) -> T:
    """Run this body in one transaction of that database."""
    work = open_work(url, Waking())
    try:
        return await work.run(body)
    finally:
        await work.close()


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


CLAIMABLE = PenaltyState.CLAIMABLE.value
VOID = PenaltyState.VOID.value
