"""The desk's own heartbeat: spans in which it was up. A gap between two spans is an outage."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Heartbeat

GAP = timedelta(minutes=3)  # longer than this without a beat is an outage


@dataclass(frozen=True)
class Outage:
    """Nobody watched the clocks between these two moments."""

    down_at: datetime
    up_at: datetime

    def covers(self, at: datetime) -> bool:
        """Whether something due then was missed."""
        return self.down_at < at <= self.up_at

    def __str__(self) -> str:
        return f"{self.down_at.isoformat()}/{self.up_at.isoformat()}"


def beat(session: Session, now: datetime) -> None:
    """Lengthen the present span, or begin a new one after a gap."""
    last = _last(session)
    if last is None or now - last.last_at > GAP:
        session.add(Heartbeat(began_at=now, last_at=now))
    elif now > last.last_at:
        last.last_at = now


def go_on(session: Session, now: datetime) -> None:
    """Lengthen the present span by whoever knows that the desk was up all the time: its clock was moved."""
    last = _last(session)
    if last is None:
        session.add(Heartbeat(began_at=now, last_at=now))
    elif now > last.last_at:
        last.last_at = now


def _last(session: Session) -> Heartbeat | None:
    return session.scalar(select(Heartbeat).order_by(Heartbeat.id.desc()).limit(1).with_for_update())


def outages(session: Session, since: datetime) -> list[Outage]:
    """The gaps that ended after this moment, oldest first."""
    later = session.scalars(select(Heartbeat).where(Heartbeat.began_at >= since).order_by(Heartbeat.id)).all()
    if not later:
        return []
    before = session.scalar(
        select(Heartbeat).where(Heartbeat.id < later[0].id).order_by(Heartbeat.id.desc()).limit(1)
    )
    spans = [*([before] if before else []), *later]
    return [Outage(one.last_at, two.began_at) for one, two in pairwise(spans)]
