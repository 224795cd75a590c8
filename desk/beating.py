"""The desk's own heartbeat: spans in which it was up. A gap between two spans is an outage."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Heartbeat

GAP = timedelta(minutes=3)  # longer than this without a beat is an outage


def beat(session: Session, now: datetime) -> None:
    """Lengthen the present span, or begin a new one after a gap."""
    last = session.scalar(select(Heartbeat).order_by(Heartbeat.id.desc()).limit(1).with_for_update())
    if last is None or now - last.last_at > GAP:
        session.add(Heartbeat(began_at=now, last_at=now))
    elif now > last.last_at:
        last.last_at = now
