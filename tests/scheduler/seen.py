"""What the tables say was told, for tests of the clock."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Outbox


def told(session: Session) -> list[str]:
    """The names of all notices in the outbox, in their order."""
    return [str(body.get("notice", "")) for body in session.scalars(select(Outbox.body).order_by(Outbox.id))]
