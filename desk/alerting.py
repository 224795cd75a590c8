"""Alarms about the house itself: told to the desk, each once."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Role
from desk.queueing import Telling, lines_of_people, put
from desk.rulebook import Rulebook
from desk.sitting import THE_CLOCK, Sitting
from storage.tables import Membership
from texts.say import to_json


def sitting(session: Session, rulebook: Rulebook, now: datetime) -> Sitting:
    """A sitting of the clock."""
    return Sitting(session=session, rulebook=rulebook, actor=THE_CLOCK, at=now, now=now)


def alarm_desk(
    sitting: Sitting, notice: str, values: Mapping[str, object], *, key: str, ticket_id: int | None = None
) -> None:
    """Tell everybody of the desk; nobody there: the leads, then the managers."""
    people: list[int] = []
    for role in (Role.DESK, Role.LEAD, Role.MANAGER):
        people = sorted(
            set(
                sitting.session.scalars(
                    select(Membership.person_id).where(
                        Membership.role == role.value, Membership.until_at.is_(None)
                    )
                )
            )
        )
        if people:
            break
    lines = lines_of_people(sitting.session, people)
    body = {
        "notice": notice,
        "how": "ring",
        "values": {name: to_json(value) for name, value in values.items()},
    }
    put(
        sitting.session,
        sitting.now,
        [
            Telling(
                line=line,
                key=f"{key}:{line.account_id}",
                weight="alarm",
                body=body,
                ticket_id=ticket_id,
                question=f"alarm {key}",  # it is no card of the ticket
            )
            for line in lines.values()
        ],
    )
