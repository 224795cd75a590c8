"""The year goes by: people write, the desk answers, clocks run out, and twice the desk is down for three hours.

The clock jumps from one due moment to the next wish and back. While the desk is down nothing is done; what people
sent waits at the platform and is received, in order, when the desk is up again.
"""

import heapq
import itertools
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from agreement.words import Kind
from bot.clock import SetClock
from desk.alerting import sitting
from desk.rulebook import Rulebook
from scheduler.due_rows import DUE_ROWS, DueRows
from storage.tables import Ticket
from storage.work import Work
from tests.year.deeds import DEEDS, Scene
from tests.year.district import District
from tests.year.pace import next_moment
from tests.year.request import INTERJECTIONS, NEXT, Request, Weighted, Wish
from texts.refused import Refused

MOST_ROUNDS = 1000  # of one kind of row at one moment; more is a loop
MOST_DEEDS = 10  # a request
OUTAGE = timedelta(hours=3)
WEEKS_BEFORE = timedelta(weeks=3)
WAYS = ("chat",) * 7 + ("unsorted", "phone", "paper")
KINDS = (Kind.FAULT,) * 8 + (
    Kind.CONSULTATION,
    Kind.CONSULTATION,
    Kind.USABILITY,
    Kind.USABILITY,
    Kind.PERFORMANCE,
    Kind.IN_SCOPE,
    Kind.CUSTOMISED,
    Kind.CUSTOMISED,
)


@dataclass(frozen=True)
class Span:
    """From one moment to another."""

    begins_at: datetime
    ends_at: datetime


class Simulation:
    """One year of one district: acts by people, and the scheduler's rows on a clock that jumps."""

    def __init__(
        self, work: Work, rulebook: Rulebook, district: District, chance: random.Random, year: Span
    ) -> None:
        self._work = work
        self._rulebook = rulebook
        self._clock = SetClock(year.begins_at)
        self._district = district
        self._chance = chance
        self._year = year
        self._order = itertools.count()
        self._wishes: list[tuple[datetime, int, Wish]] = []
        self.requests: list[Request] = []
        self.outages: list[Span] = []
        self.counts: Counter[str] = Counter()

    def fill(self, requests: int, *, before: datetime) -> None:
        """So many matters over the year, more of them while the desk is down and in the weeks before a moment."""
        span = self._year.ends_at - self._year.begins_at
        self.outages = [
            Span(begins_at, begins_at + OUTAGE)
            for begins_at in (self._year.begins_at + span * part for part in (0.37, 0.71))
        ]
        while len(self.requests) < requests:
            at = self._year.begins_at + span * 0.97 * self._chance.random()
            if self._chance.random() < 0.1:
                at = before - WEEKS_BEFORE * self._chance.random()
            if self._chance.random() < 0.02:
                at = self._chance.choice(self.outages).begins_at + OUTAGE * self._chance.random()
            request = self._request(at)
            if self._chance.random() < 0.08:
                later = at + timedelta(minutes=40) * self._chance.random()
                request.twin = self._request(later, like=request)
                request.twin.twin = request

    def _request(self, at: datetime, like: Request | None = None) -> Request:
        chance = self._chance
        way = chance.choice(WAYS)
        request = Request(
            number=len(self.requests) + 1,
            place=like.place if like else chance.choice(self._district.places),
            kind=like.kind if like and chance.random() < 0.8 else chance.choice(KINDS),
            first_words_at=at,
            way=way,
            urgent=chance.random() < 0.15,
        )
        self.requests.append(request)
        spoken = way in {"chat", "unsorted"}
        delay = timedelta(seconds=chance.randrange(5, 180) if spoken else chance.choice([90, 600, 6000]))
        self._wish(Wish(at + delay, request, "report" if spoken else "register"))
        return request

    def _wish(self, wish: Wish) -> None:
        heapq.heappush(self._wishes, (wish.at, next(self._order), wish))

    async def run_until(self, end: datetime) -> None:
        """Everything up to a moment, in order of time; then the clock stands there."""
        while self._wishes and self._wishes[0][0] <= end:
            wish = heapq.heappop(self._wishes)[2]
            outage = next((one for one in self.outages if one.begins_at <= wish.at < one.ends_at), None)
            if outage is None:
                await self._pass_to(wish.at)
                await self._do(wish, wish.at)
            else:
                await self._pass_to(outage.begins_at)
                await self._receive_after(outage, wish)
        await self._pass_to(end)

    async def _receive_after(self, outage: Span, first: Wish) -> None:
        """Nobody works while it is down; what was sent meanwhile is received before the clocks are looked at."""
        waiting = [first]
        while self._wishes and self._wishes[0][0] < outage.ends_at:
            waiting.append(heapq.heappop(self._wishes)[2])
        self._clock.set(outage.ends_at)
        for wish in waiting:
            self.counts["received late"] += 1
            await self._do(wish, outage.ends_at)
        await self._pass_to(outage.ends_at)

    async def _pass_to(self, end: datetime) -> None:
        """Everything of the scheduler's own table that falls due until then, in order of time."""
        while await self._work.run(lambda session: self._tick(session, end)):
            pass
        self._clock.set(max(end, self._clock.now()))

    def _tick(self, session: Session, end: datetime) -> bool:
        """What falls due next, until nothing of that moment is left; False when nothing does before the end."""
        moments = [(kind.rows.soonest(session), kind) for kind in DUE_ROWS]
        due = [(at, kind) for at, kind in moments if at is not None and at <= end]
        if not due:
            return False
        now = max(min(at for at, _ in due), self._clock.now())
        self._clock.set(now)
        for at, kind in due:
            if at <= now:
                self._until_nothing_is_left(session, kind, now)
        return True

    def _until_nothing_is_left(self, session: Session, kind: DueRows, now: datetime) -> None:
        for _ in range(MOST_ROUNDS):
            if not kind.tick(sitting(session, self._rulebook, now)):
                return
            session.flush()
        raise RuntimeError(f"{kind.name} still finds rows at {now}")

    async def _do(self, wish: Wish, now: datetime) -> None:
        await self._work.run(lambda session: self._deed(session, wish, now))

    def _deed(self, session: Session, wish: Wish, now: datetime) -> None:
        scene = Scene(session, self._rulebook, self._chance, self._district, wish.request, wish.at, now)
        savepoint = session.begin_nested()
        try:
            DEEDS[wish.deed](scene)
            session.flush()
            savepoint.commit()
            fate = "done"
        except Refused:
            savepoint.rollback()
            fate = "refused"
        self.counts[fate] += 1
        self.counts[f"{wish.deed} {fate}"] += 1
        wish.request.deeds += 1
        wish.request.done.append(f"{wish.at.isoformat()} {wish.deed} {fate}")
        session.expire_all()
        if wish.request.ticket:
            self._go_on(session, wish.request, now)

    def _go_on(self, session: Session, request: Request, now: datetime) -> None:
        """What comes next on this ticket, if anything."""
        if request.deeds >= MOST_DEEDS:
            return
        ticket = session.get_one(Ticket, request.ticket)
        if request.wanted_kind is not None and self._chance.random() < 0.6:
            answer = "consent" if self._chance.random() < 0.7 else "refuse"
            self._wish(Wish(next_moment(session, self._chance, ticket.id, now), request, answer))
        elif ticket.opinion and ticket.state in {"resolved", "accepted"}:
            at = now + timedelta(hours=30) * self._chance.random()
            self._wish(
                Wish(at, request, "accept" if ticket.is_deep and ticket.state == "resolved" else "close")
            )
        elif deed := self._drawn(NEXT.get(ticket.state, ())):
            self._wish(Wish(next_moment(session, self._chance, ticket.id, now), request, deed))
        if self._chance.random() < 0.15:
            deed = self._drawn(INTERJECTIONS)
            self._wish(Wish(next_moment(session, self._chance, ticket.id, now), request, deed))

    def _drawn(self, among: Sequence[Weighted]) -> str:
        if not among:
            return ""
        return self._chance.choices([deed for _, deed in among], [weight for weight, _ in among])[0]
