"""News about no ticket: to people by name or by role, each thing once, on their preferred line.

Who hears what by role stands in `TO_ROLES`; the words under `notice.<name>`.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import select

from agreement.words import Role
from desk import calls
from desk.sitting import Sitting
from desk.telling import Telling, lines_of_people, put
from storage.tables import Membership
from texts.say import to_json

TO_ROLES: Final[Mapping[str, tuple[Role, ...]]] = {
    "calendar_missing": (Role.DESK, Role.MANAGER),
    "roster_gap": (Role.LEAD, Role.DESK),
    "contract_ends": (Role.LEAD, Role.DESK),
    "swap_told": (Role.DESK,),
}
INSTEAD: Final = (Role.MANAGER,)  # who is told where nobody has the roles


def to_roles(sitting: Sitting, notice: str, values: Mapping[str, object], *, key: str) -> None:
    """Tell everybody whose roles the table names."""
    people = having(sitting, TO_ROLES[notice]) or having(sitting, INSTEAD)
    to_people(sitting, people, notice, values, key=key)


def to_people(
    sitting: Sitting,
    people: Iterable[int],
    notice: str,
    values: Mapping[str, object],
    *,
    key: str,
    about: int = 0,
) -> None:
    """Tell these people. `about` is the id that the buttons of such a notice carry.

    `key` names the telling: the same one again is not told. Whoever has no line that takes messages is a call
    for a human.
    """
    wanted = list(dict.fromkeys(people))
    body = {"notice": notice, "how": "ring", "values": _written(values), "about": about}
    told = _put(sitting, wanted, body, key=key, weight="alarm", question=f"{notice}:{about}")
    for person in wanted:
        if person not in told:
            calls.book_for_desk(sitting, person_id=person, reason="no_line", ticket_id=None, school_id=None)


def in_place(
    sitting: Sitting,
    people: Iterable[int],
    notice: str,
    values: Mapping[str, object],
    *,
    key: str,
    of: str,
    about: int,
) -> None:
    """Tell these people in the place of the notice `of` with that `about`, where their channel can edit."""
    body = {"notice": notice, "how": "ring", "values": _written(values), "about": about, "edits": "yes"}
    _put(sitting, list(dict.fromkeys(people)), body, key=key, weight="reply", question=f"{of}:{about}")


def _put(
    sitting: Sitting, people: list[int], body: Mapping[str, object], *, key: str, weight: str, question: str
) -> frozenset[int]:
    """Queue it for everybody who has a line; who that is."""
    lines = lines_of_people(sitting.session, people)
    put(
        sitting.session,
        sitting.now,
        [
            Telling(line=line, key=f"{key}:{person}", weight=weight, body=body, question=question)
            for person, line in sorted(lines.items())
        ],
    )
    return frozenset(lines)


def _written(values: Mapping[str, object]) -> dict[str, object]:
    return {name: to_json(value) for name, value in values.items()}


def having(sitting: Sitting, roles: Iterable[Role]) -> list[int]:
    """Everybody of the vendor who has one of these roles, in the order of their ids."""
    query = select(Membership.person_id).where(
        Membership.role.in_([one.value for one in roles]),
        Membership.school_id.is_(None),
        Membership.until_at.is_(None),
    )
    return sorted(set(sitting.session.scalars(query)))
