"""Policies, working days and the names of schools as the acts need them, read and remembered per process.

Policies are immutable rows, so remembering them is safe. The calendar is looked at again
after a minute, and read anew if it has changed.
"""

import hashlib
from datetime import datetime, timedelta
from importlib.resources import files

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from agreement.calendar import Workdays
from agreement.own_limits import load_for_contract, with_overrides
from agreement.policy import Policy
from agreement.policy_file import load_stored
from desk import calendars
from desk.calendars import NONE, Calendars
from desk.page_links import PageLinks
from desk.verify_links import VerifyLinks
from desk.vocabulary import Vocabulary
from storage.prepared import upsert
from storage.tables import PolicyRow

CALENDAR_AGE = timedelta(minutes=1)


class Rulebook:
    """What the agreement says for this installation. One per process, given to every sitting."""

    def __init__(self, public_url: str = "", secret_key: str = "") -> None:
        self.public_url = public_url  # where people reach the desk, without a slash at the end
        self.links = PageLinks(secret_key, public_url)
        self.vocabulary = Vocabulary()
        self.has_voice = False  # set where the installation has a voice provider
        self.verify_links = VerifyLinks(secret_key, public_url)
        self._policies: dict[int, Policy] = {}
        self._calendars: Calendars = NONE
        self._mark: object = None  # of the calendars that are remembered
        self._read_at: datetime | None = None

    def policy(self, session: Session, policy_id: int) -> Policy:
        """The policy of that row."""
        if policy_id not in self._policies:
            row = session.get_one(PolicyRow, policy_id)
            stored = load_stored(row.text, f"policy {row.id}")
            self._policies[policy_id] = with_overrides(stored, row.overrides)
        return self._policies[policy_id]

    def workdays(self, session: Session, now: datetime) -> Workdays:
        """The working days that the tables hold; an unpublished year is a value of the result."""
        return self.calendars(session, now).newest

    def calendars(self, session: Session, now: datetime) -> Calendars:
        """The same with the edition before, while the newest one is being taken in."""
        if self._read_at is None or not timedelta(0) <= now - self._read_at < CALENDAR_AGE:
            mark = calendars.mark(session)
            if mark != self._mark:
                self._calendars, self._mark = calendars.read(session), mark
            self._read_at = now
        return self._calendars

    def forget_calendar(self) -> None:
        """An edition has come: the next question reads the tables."""
        self._read_at = self._mark = None


def shipped() -> str:
    """The agreement's own limits, as a lawyer can read them."""
    return files("agreement").joinpath("default.toml").read_text(encoding="utf-8")


def store_policy(
    session: Session, *, now: datetime, text: str = "", overrides: dict[str, str] | None = None
) -> int:
    """The id of the row that holds exactly this policy; made if it is new. Raises PolicyError if it is wrong."""
    text = text or shipped()
    chosen = overrides or {}
    load_for_contract(text, "policy", chosen)
    digest = hashlib.sha256(repr((text, sorted(chosen.items()))).encode()).hexdigest()
    found = session.scalar(BY_DIGEST, {"wanted": digest})
    if found is not None:
        return found
    # Another transaction may store the same policy at this moment: whoever is second reads the first one's row.
    row = {"digest": digest, "text": text, "overrides": chosen, "created_at": now}
    made = STORED.first(session, row)
    return int(made[0]) if made is not None else session.scalars(BY_DIGEST, {"wanted": digest}).one()


BY_DIGEST = select(PolicyRow.id).where(PolicyRow.digest == bindparam("wanted"))
STORED = upsert(
    PolicyRow.__table__,
    lambda new: new.on_conflict_do_nothing(index_elements=["digest"]).returning(PolicyRow.id),
)
