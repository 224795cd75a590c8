"""The head of each day: how far the chain had come by midnight. Deposited with every school, listed on a page.

A head covers every link before it, so whoever keeps one can prove all that was sealed until that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.days import ends
from agreement.policy_file import DEFAULT
from desk.sitting import Sitting
from storage.tables import ChainHead, ChainLink
from storage.talk import insert

DAY: Final = timedelta(days=1)
MOST: Final = 1000  # days in one run; after a longer downtime the next run goes on
SHORT: Final = 32  # digits on the line of a day; of fewer, two chains with one beginning could be prepared
NEWEST: Final = select(ChainHead).order_by(ChainHead.day.desc())


@dataclass(frozen=True)
class Head:
    """The last link of a day."""

    day: date
    n: int
    digest: str

    @property
    def text(self) -> str:
        """What is deposited: 128-3f9a…"""
        return f"{self.n}-{self.digest}"

    @property
    def short(self) -> str:
        """The same on the line of a day; `verify_archive.py` takes it as it stands."""
        return f"{self.n}-{self.digest[:SHORT]}"


def keep(sitting: Sitting) -> int:
    """Write the head of each day that has ended and has none yet, since the first link. Returns how many."""
    first = _first_day(sitting.session)
    if first is None:
        return 0
    today = sitting.at.astimezone(DEFAULT.zone).date()
    days = [first + DAY * number for number in range(min(MOST, (today - first).days))]
    for day in days:
        _keep(sitting, day)
    return len(days)


def _first_day(session: Session) -> date | None:
    """The day after the newest head; without one the day of the first link."""
    newest = session.scalar(NEWEST.limit(1))
    if newest is not None:
        return newest.day + DAY
    sealed_at = session.scalar(select(ChainLink.sealed_at).order_by(ChainLink.n).limit(1))
    return sealed_at.astimezone(DEFAULT.zone).date() if sealed_at is not None else None


def _keep(sitting: Sitting, day: date) -> None:
    """A day on which nothing was sealed has the head of the day before: that too is said."""
    ended_at = ends(day, DEFAULT.zone)
    query = select(ChainLink).where(ChainLink.sealed_at < ended_at).order_by(ChainLink.n.desc()).limit(1)
    last = sitting.session.scalars(query).one()
    new = insert(sitting.session)(ChainHead).values(
        day=day, n=last.n, digest=last.digest, made_at=sitting.now
    )
    sitting.session.execute(new.on_conflict_do_nothing(index_elements=["day"]))


def newest(session: Session) -> Head | None:
    """The newest head, if anything was ever sealed."""
    found = every(session, limit=1)
    return found[0] if found else None


def every(session: Session, *, limit: int | None = None) -> Sequence[Head]:
    """All heads, or so many, the newest first."""
    return [Head(one.day, one.n, one.digest) for one in session.scalars(NEWEST.limit(limit))]


def grown(session: Session, first: date, last: date) -> Sequence[Head]:
    """Heads of the days from `first` to `last` on which the chain grew, the oldest first."""
    before = session.scalar(select(ChainHead.n).where(ChainHead.day < first).order_by(ChainHead.day.desc()).limit(1))
    rows = session.scalars(select(ChainHead).where(ChainHead.day.between(first, last)).order_by(ChainHead.day)).all()
    ends = (before or 0, *(one.n for one in rows))
    return [Head(one.day, one.n, one.digest) for one, n in zip(rows, ends, strict=False) if one.n > n]
